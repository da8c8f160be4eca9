"""RSS 2.0, with the namespaces that carry what it has no words for."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..model import Channel, Entry, Feed
from .feedgen_fixes import Attributes, new_entry, new_feed, rss_head, rss_item
from .format import FeedMetadata, Format
from .own_feeds import ShownEntry, ShownFeed
from .xml import ATOM, CONTENT, DC, MEDIA, Element, child, document, put_in_order
from .xml_read import metadata_of, root_or_none, text_of, xml_root

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as ReadElement

# The RSS profile knows no other pictures for a channel.
IMAGE_ENDINGS = (".gif", ".jpg", ".jpeg", ".png")
CHANNEL_ORDER = (
    "title",
    "link",
    "description",
    f"{{{ATOM}}}link",
    "language",
    "copyright",
    "lastBuildDate",
    "generator",
    "docs",
    "image",
)
ITEM_ORDER = (
    "title",
    "link",
    "guid",
    "pubDate",
    f"{{{DC}}}creator",
    "category",
    "source",
    "enclosure",
    f"{{{MEDIA}}}thumbnail",
    # Validators want the description first.
    "description",
    f"{{{CONTENT}}}encoded",
)
# RSS 1.0 has its channel beside the items, in a namespace of its own.
RSS1_CHANNEL = "{http://purl.org/rss/1.0/}channel"
PLAIN_TEXT = re.compile(rb"<(title|category|copyright|source|dc:creator)\b[^>]*>[^<]*</\1>")


def write_rss(feed: Feed, url: str) -> bytes:
    """`feed` as it stands at `url`."""
    root = _head(feed, {"rel": "self", "type": RSS_FORMAT.media_type, "href": url})
    written = document(root[0], (_item(entry, feed.channel) for entry in feed.entries))
    # The same character, so written that validators don't take a `<` before a letter for markup.
    return PLAIN_TEXT.sub(lambda text: text[0].replace(b"&lt;", b"&#x3C;"), written)


def _head(feed: Feed, self_link: Attributes) -> Element:
    channel = feed.channel
    made = new_feed(channel)
    made.description(escape(channel.subtitle or channel.title, quote=False))
    if _has_picture(channel):
        made.image(url=channel.logo, title=channel.title, link=channel.link)
    hubs = ({"rel": "hub", "href": hub} for hub in channel.hubs)
    root = rss_head(made, channel.link, (self_link, *hubs), _namespaces(feed))
    put_in_order(root[0], CHANNEL_ORDER)
    return root


def _has_picture(channel: Channel) -> bool:
    return PurePosixPath(channel.logo).suffix.lower() in IMAGE_ENDINGS


def _namespaces(feed: Feed) -> dict[str, str]:
    authored = feed.channel.authors or any(entry.authors for entry in feed.entries)
    authors = {"dc": DC} if authored else {}
    images = {"media": MEDIA} if any(entry.image for entry in feed.entries) else {}
    return {**authors, **images}


def _item(entry: Entry, channel: Channel) -> Element:
    made = new_entry(entry)
    if entry.summary:
        # A description is HTML.
        made.summary(escape(entry.summary, quote=False))
    if entry.source is not None and entry.source.link:
        made.source(url=entry.source.link, title=entry.source.title)
    for enclosure in entry.enclosures[:1]:
        made.enclosure(enclosure.url, str(enclosure.length), enclosure.type)
    # As in Atom, an entry without authors has those of its feed.
    authors = entry.authors or channel.authors
    element = rss_item(made, entry.published, (person.name for person in authors))
    if entry.image:
        child(element, f"{{{MEDIA}}}thumbnail", url=entry.image)
    put_in_order(element, ITEM_ORDER)
    return element


def read_rss(content: bytes) -> ShownFeed:
    """The feed that `write_rss` wrote; raises ValueError where `content` is none."""
    channel = xml_root(content).find("channel")
    if channel is None:
        raise ValueError("this is not RSS")
    return ShownFeed(
        id=None,
        title=text_of(channel, "title"),
        updated=_moment(text_of(channel, "lastBuildDate")),
        entries=tuple(_shown_item(each) for each in channel.findall("item")),
        tombstones=None,
    )


def _shown_item(item: ReadElement) -> ShownEntry:
    return ShownEntry(
        id=text_of(item, "guid"),
        title=text_of(item, "title"),
        link=text_of(item, "link"),
        published=_moment(text_of(item, "pubDate")),
        updated=None,
        content=text_of(item, f"{{{CONTENT}}}encoded") or text_of(item, "description"),
        authors=tuple(each.text or "" for each in item.findall(f"{{{DC}}}creator")),
        tags=tuple(each.text or "" for each in item.findall("category")),
    )


def _moment(text: str) -> datetime:
    # Most commands know the formats, and read none.
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(text).astimezone(UTC)


def read_rss_metadata(content: bytes) -> FeedMetadata | None:
    """What the feed `content` says of itself, None where it is not RSS, of any version."""
    root = root_or_none(content)
    if root is None:
        return None
    channels = (root.find(tag) for tag in ("channel", RSS1_CHANNEL))
    channel = next((each for each in channels if each is not None), None)
    return None if channel is None else metadata_of(channel, content)


RSS_FORMAT = Format(
    name="rss",
    file_name="rss.xml",
    endings=(".xml", ".rss"),
    media_type="application/rss+xml",
    # Browsers open application/xml and offer the usual type for download.
    served_as="application/xml; charset=utf-8",
    accepted=("application/xml", "application/rss+xml", "text/xml"),
    write=write_rss,
    read=read_rss,
    read_metadata=read_rss_metadata,
)
