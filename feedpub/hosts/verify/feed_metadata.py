"""Which type of feed a host shows, and what the feed says of itself."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

from ...formats import FeedMetadata, FeedType, feed_types

# A page that is broken XML is known by its beginning.
WEB_PAGE = re.compile(rb"<!doctype html|<html", re.IGNORECASE)
BEGINNING = 1000
"""Bytes that surely hold the first tag of a web page."""


class NotAFeed(ValueError):
    """The content is no feed; the text is the end of a sentence that says what it is."""


def read_feed_metadata(content: bytes) -> tuple[FeedType, FeedMetadata]:
    """The type of the feed `content`, and what it says of itself; raises NotAFeed."""
    for feed_type in feed_types():
        metadata = feed_type.read_metadata(content)
        if metadata is not None:
            return feed_type, metadata
    raise NotAFeed(_json_problem(content) if _is_json(content) else _xml_problem(content))


def _is_json(content: bytes) -> bool:
    return content.lstrip()[:1] == b"{"


def _json_problem(content: bytes) -> str:
    try:
        json.loads(content)
    except ValueError as error:
        return f"is broken JSON: {error}"
    return "is JSON, but no JSON Feed"


def _xml_problem(content: bytes) -> str:
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        if WEB_PAGE.search(content[:BEGINNING]):
            return "shows a web page, not a feed"
        return f"is broken XML: {error}"
    if root.tag.rpartition("}")[2] == "html":
        return "shows a web page, not a feed"
    return f"is XML, but neither Atom nor RSS: it begins with <{root.tag}>"
