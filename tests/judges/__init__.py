"""Who says whether a feed is right: two parsers, the schema of RFC 4287, a strict HTML parser, and
the rules of feed validators that can be checked without fetching anything.

Each `complaints_…` is a list of sentences, empty where there is nothing to complain of: errors,
warnings and informative remarks alike.
"""

from .atom import complaints_about_atom
from .html import complaints_about_html
from .readers import Seen, read_with_atoma, read_with_feedparser
from .rss import complaints_about_rss
from .texts import markup_in_plain_text

__all__ = [
    "Seen",
    "complaints_about_atom",
    "complaints_about_html",
    "complaints_about_rss",
    "markup_in_plain_text",
    "read_with_atoma",
    "read_with_feedparser",
]
