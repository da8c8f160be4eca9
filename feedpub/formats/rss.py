"""RSS 2.0, with the namespaces that carry what it has no words for."""

from __future__ import annotations

import re
from html import escape
from pathlib import PurePosixPath

from ..model import Channel, Entry, Feed
from .feedgen_fixes import Attributes, new_entry, new_feed, rss_head, rss_item
from .xml import ATOM, CONTENT, DC, MEDIA, Element, child, document, put_in_order

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
PLAIN_TEXT = re.compile(rb"<(title|category|copyright|source|dc:creator)\b[^>]*>[^<]*</\1>")


def write(feed: Feed, url: str, media_type: str) -> bytes:
    """`feed` as it stands at `url`."""
    root = _head(feed, {"rel": "self", "type": media_type, "href": url})
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
