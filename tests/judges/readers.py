"""Two parsers that readers are built on: what a subscriber sees of a feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import atoma  # type: ignore[import-untyped]
import feedparser  # type: ignore[import-untyped]
from lxml import etree

from .names import DC


@dataclass(frozen=True)
class Seen:
    """What a reader shows of a feed, entry by entry."""

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    summaries: tuple[str, ...]
    contents: tuple[str, ...]


def read_with_feedparser(content: bytes) -> Any:
    """What the most used parser makes of it; `bozo` is 0 where it has nothing to say against it."""
    return feedparser.parse(content)


def read_with_atoma(content: bytes) -> Seen:
    """What a strict, typed parser makes of it; raises where it refuses the feed."""
    if b"<rss" in content[:200]:
        return _seen_in_rss(content)
    feed = atoma.parse_atom_bytes(content)
    shared = [person.name for person in feed.authors]
    return Seen(
        ids=tuple(entry.id_ for entry in feed.entries),
        titles=tuple(entry.title.value for entry in feed.entries),
        authors=tuple(
            name for entry in feed.entries for name in ([p.name for p in entry.authors] or shared)
        ),
        tags=tuple(tag.term for entry in feed.entries for tag in entry.categories),
        summaries=tuple(entry.summary.value for entry in feed.entries if entry.summary),
        contents=tuple(entry.content.value for entry in feed.entries if entry.content),
    )


def _seen_in_rss(content: bytes) -> Seen:
    feed = atoma.parse_rss_bytes(content)
    # atoma does not know dc:creator.
    creators = etree.fromstring(content).findall(f"channel/item/{DC}creator")
    return Seen(
        ids=tuple(item.guid or "" for item in feed.items),
        titles=tuple(item.title or "" for item in feed.items),
        authors=tuple(creator.text or "" for creator in creators),
        tags=tuple(tag for item in feed.items for tag in item.categories),
        summaries=tuple(item.description or "" for item in feed.items),
        contents=tuple(item.content_encoded or "" for item in feed.items),
    )
