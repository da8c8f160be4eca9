"""XML that comes from a file or a host, read without the libraries that write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .format import FeedMetadata
from .xml import ATOM

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DECLARED_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding=[\"']([\w.:-]+)")


def xml_root(content: bytes) -> Element:
    """The root element of `content`; raises ValueError where that is broken XML."""
    # Most commands know the formats, and read none.
    from xml.etree import ElementTree

    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError) as error:
        raise ValueError(str(error)) from None


def root_or_none(content: bytes) -> Element | None:
    """As `xml_root`, None for broken XML."""
    try:
        return xml_root(content)
    except ValueError:
        return None


def text_of(parent: Element, tag: str) -> str:
    """The text of the first `tag` in `parent`, without white space around it, "" for none."""
    return (parent.findtext(tag) or "").strip()


def metadata_of(head: Element, content: bytes) -> FeedMetadata:
    """What the feed `content` says of itself, in links of Atom that stand in its element `head`."""
    declared = DECLARED_ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
    links = [(link.get("rel"), link.get("href", "")) for link in head.findall(f"{{{ATOM}}}link")]
    return FeedMetadata(
        encoding=declared[1].decode().lower() if declared else "utf-8",
        self_link=next((href for rel, href in links if rel == "self"), ""),
        hubs=tuple(href for rel, href in links if rel == "hub"),
    )
