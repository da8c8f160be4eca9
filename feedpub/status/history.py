"""What has become of an entry: the changes that lie between its states in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..ledger.store import Event, merge_states
from ..model import Record


class ChangeKind(StrEnum):
    """What can happen to an entry.

    An edit moves `updated`, a minor edit does not; an entry is rendered anew where its article is
    as it was and a newer feedpub shows it otherwise.
    """

    NEW = "new"
    RENAMED = "renamed"
    REDATED = "redated"
    EDITED = "edited"
    MINOR_EDIT = "minor edit"
    RENDERED_ANEW = "rendered anew"
    LEFT = "left"
    CAME_BACK = "came back"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that happened to the entry of the article at `path`.

    `old` and `new` are its paths where it was renamed, its dates of publication where it was
    redated. `new` alone is set where it is new: `published`; edited: `updated`; withdrawn: why.
    """

    at: datetime
    path: str
    kind: ChangeKind
    old: str | datetime | None = None
    new: str | datetime | None = None


def changes(old: Record | None, new: Record, at: datetime) -> Iterator[Change]:
    """What lies between two states of one entry, the second of which is that since `at`."""
    if old is None:
        yield Change(at=at, path=new.path, kind=ChangeKind.NEW, new=new.published)
        return
    if old.path != new.path:
        yield Change(at=at, path=new.path, kind=ChangeKind.RENAMED, old=old.path, new=new.path)
    if old.published != new.published:
        dates = old.published, new.published
        yield Change(at=at, path=new.path, kind=ChangeKind.REDATED, old=dates[0], new=dates[1])
    if old.updated != new.updated:
        yield Change(at=at, path=new.path, kind=ChangeKind.EDITED, new=new.updated)
    elif old.fingerprints.source != new.fingerprints.source:
        yield Change(at=at, path=new.path, kind=ChangeKind.MINOR_EDIT)
    elif old.fingerprints != new.fingerprints:
        yield Change(at=at, path=new.path, kind=ChangeKind.RENDERED_ANEW)
    if new.withdrawn and not old.withdrawn:
        yield Change(at=at, path=new.path, kind=ChangeKind.WITHDRAWN, new=new.reason or None)
    elif new.left_at and not old.left_at:
        yield Change(at=at, path=new.path, kind=ChangeKind.LEFT)
    if old.withdrawn and not new.withdrawn:
        yield Change(at=at, path=new.path, kind=ChangeKind.RESTORED)
    if old.left_at and not new.left_at:
        yield Change(at=at, path=new.path, kind=ChangeKind.CAME_BACK)


def history(uri: str, events: Iterable[Event]) -> tuple[Change, ...]:
    """All that happened to the entry with the id `uri`, oldest first, as `events` are."""
    found: list[Change] = []
    state: Record | None = None
    for event in events:
        if isinstance(event.record, Record) and event.record.id == uri:
            new = merge_states(state, event.record) if state else event.record
            found += changes(state, new, event.at)
            state = new
    return tuple(found)
