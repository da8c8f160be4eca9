"""What a feed that feedpub has written says: its ids, dates and texts, read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape
from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONES = "{http://purl.org/atompub/tombstones/1.0}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """An entry as subscribers have it; RSS does not say when it was updated.

    `content` is HTML, or the summary where there is nothing else.
    """

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime | None
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTombstone:
    """A withdrawn entry as subscribers of Atom are told of it."""

    id: str
    when: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFeed:
    """A feed as subscribers have it; RSS knows no id of a feed."""

    id: str
    updated: datetime
    entries: tuple[ShownEntry, ...]
    tombstones: tuple[ShownTombstone, ...] = ()


def read_shown(content: bytes) -> ShownFeed:
    """Reads a feed of our own making; raises ValueError where it is none."""
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from None
    if root.tag == f"{ATOM}feed":
        return _atom(root)
    channel = root.find("channel")
    if channel is None:
        raise ValueError("this is neither Atom nor RSS")
    return _rss(channel)


def _atom(root: ElementTree.Element) -> ShownFeed:
    return ShownFeed(
        id=_text(root, f"{ATOM}id"),
        updated=_moment(_text(root, f"{ATOM}updated")),
        entries=tuple(_atom_entries(root)),
        tombstones=tuple(
            ShownTombstone(
                id=each.get("ref", ""),
                when=_moment(each.get("when", "")),
                reason=_text(each, f"{TOMBSTONES}comment"),
            )
            for each in root.findall(f"{TOMBSTONES}deleted-entry")
        ),
    )


def _atom_entries(root: ElementTree.Element) -> Iterator[ShownEntry]:
    for entry in root.findall(f"{ATOM}entry"):
        links = (each for each in entry.findall(f"{ATOM}link") if each.get("rel") == "alternate")
        yield ShownEntry(
            id=_text(entry, f"{ATOM}id"),
            title=_text(entry, f"{ATOM}title"),
            link=next((each.get("href", "") for each in links), ""),
            published=_moment(_text(entry, f"{ATOM}published")),
            updated=_moment(_text(entry, f"{ATOM}updated")),
            content=_text(entry, f"{ATOM}content") or escape(_text(entry, f"{ATOM}summary")),
        )


def _rss(channel: ElementTree.Element) -> ShownFeed:
    return ShownFeed(
        id="",
        updated=_rss_moment(_text(channel, "lastBuildDate")),
        entries=tuple(
            ShownEntry(
                id=_text(item, "guid"),
                title=_text(item, "title"),
                link=_text(item, "link"),
                published=_rss_moment(_text(item, "pubDate")),
                updated=None,
                content=_text(item, ENCODED) or _text(item, "description"),
            )
            for item in channel.findall("item")
        ),
    )


def _text(parent: ElementTree.Element, tag: str) -> str:
    return (parent.findtext(tag) or "").strip()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _rss_moment(text: str) -> datetime:
    return parsedate_to_datetime(text).astimezone(UTC)
