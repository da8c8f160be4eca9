"""What has become of an entry: the changes that lie between its states in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from ..ledger.store import Event, merge_states
from ..model import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """Something that happened to the entry of the article at `path`; the ledger knows it since
    `at`, in UTC."""

    at: datetime
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPublished(_Change):
    """It was published for the first time, as of `published`."""

    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PathChanged(_Change):
    """Its article was renamed or moved from `old_path`."""

    old_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedChanged(_Change):
    """The curator corrected when it was published."""

    old: datetime
    new: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryUpdated(_Change):
    """It was edited, and subscribers are told so by `updated`."""

    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MinorEdit(_Change):
    """It was edited, and `updated` is as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedAgain(_Change):
    """Its article is as it was, and a newer feedpub or another config.toml shows it otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWithdrawn(_Change):
    """It was withdrawn for good; `reason` is empty where none was given."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLeft(_Change):
    """It left the feeds, and may come back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRestored(_Change):
    """Its withdrawal was undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryReturned(_Change):
    """It came back into the feeds."""


EntryChange = (
    EntryPublished
    | PathChanged
    | PublishedChanged
    | EntryUpdated
    | MinorEdit
    | RenderedAgain
    | EntryWithdrawn
    | EntryLeft
    | EntryRestored
    | EntryReturned
)


def changes_between(old: Record | None, new: Record, at: datetime) -> Iterator[EntryChange]:
    """What lies between two states of one entry, of which `new` counts since `at`; an entry without
    an old state was published then."""
    path = new.path
    if old is None:
        yield EntryPublished(at=at, path=path, published=new.published)
        return
    if old.path != path:
        yield PathChanged(at=at, path=path, old_path=old.path)
    if old.published != new.published:
        yield PublishedChanged(at=at, path=path, old=old.published, new=new.published)
    yield from _edits(old, new, at)
    yield from _departures_and_returns(old, new, at)


def _edits(old: Record, new: Record, at: datetime) -> Iterator[EntryChange]:
    if old.updated != new.updated:
        yield EntryUpdated(at=at, path=new.path, updated=new.updated)
    elif old.fingerprints.source != new.fingerprints.source:
        yield MinorEdit(at=at, path=new.path)
    elif old.fingerprints != new.fingerprints:
        yield RenderedAgain(at=at, path=new.path)


def _departures_and_returns(old: Record, new: Record, at: datetime) -> Iterator[EntryChange]:
    if new.withdrawn and not old.withdrawn:
        yield EntryWithdrawn(at=at, path=new.path, reason=new.reason)
    elif new.left_at and not old.left_at:
        yield EntryLeft(at=at, path=new.path)
    if old.withdrawn and not new.withdrawn:
        yield EntryRestored(at=at, path=new.path)
    if old.left_at and not new.left_at:
        yield EntryReturned(at=at, path=new.path)


def entry_history(uri: str, events: Iterable[Event]) -> tuple[EntryChange, ...]:
    """All that happened to the entry with the id `uri`, oldest first, as `events` are."""
    found: list[EntryChange] = []
    state: Record | None = None
    for event in events:
        if isinstance(event.record, Record) and event.record.id == uri:
            new = merge_states(state, event.record) if state else event.record
            found += changes_between(state, new, event.at)
            state = new
    return tuple(found)
