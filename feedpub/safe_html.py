"""The one door to nh3: HTML that any reader may show, with every address absolute."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

import nh3

from feedpub.characters import clean_characters, one_line
from feedpub.scriptless import TRACKER, scriptless
from feedpub.urls import SCHEMES, absolute

_BLOCKS = (
    "address article aside blockquote br caption center dd details div dl dt figcaption figure"
    " footer h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td"
    " tfoot th thead tr ul"
)
_INLINE = (
    "a abbr acronym b bdi bdo big cite code col colgroup del dfn em i img ins kbd mark picture q rp"
    " rt ruby s samp small source span strike strong sub sup time tt u var wbr"
)
# Left out with all that is inside them; any other tag goes and leaves its content.
_DROPPED = (
    "button canvas datalist embed frame frameset head iframe math noembed noframes noscript object"
    " option param script select style svg template textarea title"
)
_ATTRIBUTES = {
    "*": "id lang dir title",
    "a": "href hreflang",
    "abbr": "title",
    "blockquote": "cite",
    "col": "span",
    "colgroup": "span",
    "del": "cite datetime",
    "img": "src srcset sizes alt width height",
    "ins": "cite datetime",
    "li": "value",
    "ol": "start reversed type",
    "q": "cite",
    "source": "srcset sizes media type width height",
    "td": "colspan rowspan align",
    "th": "colspan rowspan align scope abbr",
    "time": "datetime",
}
_CLEANER = nh3.Cleaner(
    tags={*_BLOCKS.split(), *_INLINE.split()},
    clean_content_tags=set(_DROPPED.split()),
    attributes={tag: set(names.split()) for tag, names in _ATTRIBUTES.items()},
    url_schemes=set(SCHEMES),
    link_rel=None,
)
_PASSES: Final = 8

# These hold for what nh3 writes: every value is quoted, and no "<" stands outside a tag.
_START_TAG = re.compile(r'<([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")+)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_WRAPPER = re.compile(r"<(/?)(\w+)([^>]*)>")
_PRE_START = re.compile(r"(<pre(?: [^>]*)?>)\n+")
_NUMBER = re.compile(r"\s*(-?\d{1,9})(?:\.\d*)?\s*(?:px)?\s*", re.ASCII)
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:,|\s+([\d.]+[wxh])?[^,]*(?:,|$)|$)")


def safe(html: str, *, base: str, id_prefix: str) -> str:
    """`html` by an allow-list, well formed, without anything that runs, tracks or is hidden.

    `base` is the absolute address of the page. Links within the text keep working in a reader:
    their targets' ids start with `id_prefix`, made of letters, digits and "-"; other ids go.
    """
    html = scriptless(_shallow(clean_characters(html)), base)
    ...
