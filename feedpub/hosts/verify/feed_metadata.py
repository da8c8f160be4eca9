"""What a feed says of itself: its own address, its hubs, its encoding."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
RSS1 = "{http://purl.org/rss/1.0/}"
DECLARED = re.compile(rb"<\?xml[^>]*\bencoding=[\"']([\w.:-]+)")
WEB_PAGE = re.compile(rb"<!doctype html|<html", re.IGNORECASE)


class NotAFeed(ValueError):
    """What was read is no feed; the text is the end of a sentence that says what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMetadata:
    """`form` is "atom", "rss" or "json"; `encoding` in small letters; `self_link` "" if none."""

    form: str
    encoding: str
    self_link: str
    hubs: tuple[str, ...]


def read_feed_metadata(content: bytes) -> FeedMetadata:
    """What the feed `content` says of itself; raises NotAFeed."""
    return _of_json(content) if content.lstrip()[:1] == b"{" else _of_xml(content)


def _of_json(content: bytes) -> FeedMetadata:
    try:
        feed = json.loads(content)
    except ValueError as error:
        raise NotAFeed(f"is broken JSON: {error}") from None
    if not isinstance(feed, dict) or "jsonfeed.org/version/" not in str(feed.get("version")):
        raise NotAFeed("is JSON, but no JSON Feed")
    hubs = tuple(
        str(hub.get("url"))
        for hub in feed.get("hubs") or ()
        if isinstance(hub, dict) and str(hub.get("type")).lower() == "websub"
    )
    return FeedMetadata(
        form="json", encoding="utf-8", self_link=str(feed.get("feed_url") or ""), hubs=hubs
    )


def _of_xml(content: bytes) -> FeedMetadata:
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        if WEB_PAGE.search(content[:1000]):
            raise NotAFeed("shows a web page, not a feed") from None
        raise NotAFeed(f"is broken XML: {error}") from None
    form, head = _head(root)
    declared = DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    links = [(link.get("rel"), link.get("href", "")) for link in head.findall(f"{ATOM}link")]
    return FeedMetadata(
        form=form,
        encoding=declared[1].decode().lower() if declared else "utf-8",
        self_link=next((href for rel, href in links if rel == "self"), ""),
        hubs=tuple(href for rel, href in links if rel == "hub"),
    )


def _head(root: ElementTree.Element) -> tuple[str, ElementTree.Element]:
    if root.tag == f"{ATOM}feed":
        return "atom", root
    for tag in ("channel", f"{RSS1}channel"):
        channel = root.find(tag)
        if channel is not None:
            return "rss", channel
    if root.tag.rpartition("}")[2] == "html":
        raise NotAFeed("shows a web page, not a feed")
    raise NotAFeed(f"is XML, but neither Atom nor RSS: it begins with <{root.tag}>")
