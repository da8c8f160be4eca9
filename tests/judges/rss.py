"""RSS 2.0, under its specification, the RSS profile and what validators add."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from lxml import etree

from .document import complaints_about_blanks, complaints_about_document, complaints_about_links
from .html import complaints_about_html
from .names import ATOM, CONTENT, DC, MEDIA, repeated, text, texts, words
from .texts import LANGUAGE, MEDIA_TYPE, WEB, complaints_about_id, complaints_about_time

OWN_TYPE = "application/rss+xml"
IN_CHANNEL = {
    *words("title link description language copyright lastBuildDate generator docs image item"),
    *(f"{ATOM}link", f"{DC}creator"),
}
IN_ITEM = {
    *words("title link guid pubDate category source enclosure description"),
    *(f"{DC}creator", f"{CONTENT}encoded", f"{MEDIA}thumbnail"),
}
MANY = frozenset((f"{DC}creator", "category", f"{ATOM}link", "item"))
PICTURE = re.compile(r"https?://\S+\.(gif|jpe?g|png)", re.IGNORECASE)
RFC_2822 = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000")
LOOKS_LIKE_A_TAG = re.compile(
    rb"<(title|category|copyright|source|dc:creator)\b[^>]*>[^<]*&lt;[A-Za-z/]"
)


def complaints_about_rss(content: bytes, url: str, now: datetime | None = None) -> list[str]:
    """What is wrong with an RSS feed that stands at `url`; `now` is for dates of the future."""
    root = etree.fromstring(content)
    channel = root.find("channel")
    assert channel is not None
    items = channel.findall("item")
    said = list(complaints_about_document(content, root))
    said += complaints_about_blanks(root)
    said += complaints_about_links(channel, url, OWN_TYPE)
    said += _about_channel(channel, items)
    said += repeated("guid", (text(item, "guid") for item in items))
    for item in items:
        name = text(item, "guid")
        said += (f"{name}: {each}" for each in _about_item(item))
    for moment in (*texts(root, ".//pubDate"), *texts(root, ".//lastBuildDate")):
        said += _about_date(moment, now)
    for found in LOOKS_LIKE_A_TAG.finditer(content):
        said.append(f"a < that validators take for markup in {found[1].decode()}")
    return said


def _about_channel(channel: Any, items: list[Any]) -> Iterator[str]:
    tags = [str(child.tag) for child in channel]
    yield from repeated("channel element", (tag for tag in tags if tag not in MANY))
    if strange := set(tags) - IN_CHANNEL:
        yield f"channel with {strange}"
    for part in ("title", "link", "description", "lastBuildDate"):
        if part not in tags:
            yield f"channel without {part}"
    if not LANGUAGE.fullmatch(text(channel, "language")):
        yield "no language"
    if any(child.tag != "item" for child in channel[len(channel) - len(items) :]):
        yield "metadata after items"
    if not WEB.fullmatch(text(channel, "link")):
        yield "the channel's link is not a web address"
    for image in channel.findall("image"):
        for part in ("title", "link"):
            if text(image, part) != text(channel, part):
                yield f"the {part} of the image is not that of the channel"
        if not PICTURE.fullmatch(text(image, "url")):
            yield "the image is no picture that RSS knows"


def _about_item(item: Any) -> Iterator[str]:
    tags = [str(child.tag) for child in item]
    yield from repeated("element", (tag for tag in tags if tag not in MANY))
    if strange := set(tags) - IN_ITEM:
        yield f"item with {strange}"
    yield from _about_guid(item)
    if "title" not in tags and "description" not in tags:
        yield "neither title nor description"
    if f"{CONTENT}encoded" in tags and "description" not in tags[: tags.index(f"{CONTENT}encoded")]:
        yield "content without a description before it"
    for address in (*texts(item, "link"), *(each.get("url") for each in item.findall("source"))):
        if not WEB.fullmatch(address or ""):
            yield f"{address} is not a web address"
    for enclosure in item.findall("enclosure"):
        if not WEB.fullmatch(enclosure.get("url", "")) or not enclosure.get("length", "").isdigit():
            yield "enclosure without url or length"
        if not MEDIA_TYPE.fullmatch(enclosure.get("type", "")):
            yield "enclosure without type"
    for html in (*texts(item, "description"), *texts(item, f"{CONTENT}encoded")):
        yield from complaints_about_html(html)


def _about_guid(item: Any) -> Iterator[str]:
    guid = item.find("guid")
    if guid is None or guid.get("isPermaLink") not in ("true", "false"):
        yield "guid without isPermaLink"
        return
    if (guid.get("isPermaLink") == "true") != (guid.text == text(item, "link")):
        yield "isPermaLink is wrong"
    yield from complaints_about_id(guid.text or "")


def _about_date(moment: str, now: datetime | None) -> Iterator[str]:
    if not RFC_2822.fullmatch(moment):
        yield f"{moment} is not a date of RFC 2822 in UTC"
        return
    read = parsedate_to_datetime(moment).astimezone(UTC)
    if format_datetime(read) != moment:
        yield f"{moment} is another day of the week"
    yield from complaints_about_time(read, now)
