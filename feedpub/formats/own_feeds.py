"""What a feed that feedpub has written says: its ids, dates and texts, read back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """An entry as subscribers have it; `updated` is None where the format does not state it.

    `content` is HTML, or the summary where there is nothing else; `authors` are their names.
    """

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime | None
    content: str
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTombstone:
    """A withdrawn entry as subscribers are told of it (RFC 6721)."""

    id: str
    when: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFeed:
    """A feed as subscribers have it.

    `id` and `tombstones` are None where the format has no place for the id of a feed, or for
    entries that were withdrawn.
    """

    id: str | None
    title: str
    updated: datetime
    entries: tuple[ShownEntry, ...]
    tombstones: tuple[ShownTombstone, ...] | None
