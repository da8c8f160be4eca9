"""Whether ledger, articles and feeds agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..entries.selection import FeedSelection
from ..errors import Diagnostic
from ..folder_state import FolderState
from ..formats.own_feeds import ShownEntry, ShownFeed
from ..ledger.conflicts import find_conflicts
from ..ledger.store import Event
from ..model import FeedRecord, Record
from ..output.built import BUILD, BuiltFeed, built_feeds
from ..parsing.dates import in_utc
from ..settings import Settings

RESTORE_LINES = "The ledger has lost lines: restore it from git or a backup before the next build."


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """How far ledger, articles and feeds agree: errors where they don't, notes where they do and a
    look is worth while; and how many lines, entries and documents were compared."""

    diagnostics: tuple[Diagnostic, ...]
    lines: int
    entries: int
    documents: int


def audit(settings: Settings, events: Sequence[Event], state: FolderState) -> Audit:
    """Compares the ledger, which holds `events`, with the articles, as they are in `state`, and
    with the feeds in the output folder."""
    built = tuple(built_feeds(settings))
    due = {each.settings: each for each in state.feeds}
    return Audit(
        diagnostics=(
            *find_conflicts(events),
            *_unwritten(state),
            *(error for each in built for error in _document(each, due[each.settings], state)),
        ),
        lines=len(events),
        entries=len(state.ledger.entries),
        documents=len(built),
    )


def _unwritten(state: FolderState) -> Iterator[Diagnostic]:
    ledger = state.ledger
    for record in state.events:
        if isinstance(record, FeedRecord):
            is_known, place = record.name in ledger.feeds, f"the feed {record.name}"
        else:
            is_known, place = record.id in ledger.entries, record.path or record.id
        code = "ledger-outdated" if is_known else "ledger-record-missing"
        problem = "is not as the ledger says" if is_known else "is not in the ledger"
        yield Diagnostic(code=code, place=place, problem=problem, remedy=BUILD)


def _document(built: BuiltFeed, due: FeedSelection, state: FolderState) -> Iterator[Diagnostic]:
    if built.shown is None:
        if built.error is not None:
            yield built.error
        return
    ledger, written = state.ledger, built.format.written_id
    records = {written(record.id): record for record in ledger.entries.values()}
    for problem in (
        *_wrong_entries(built.shown, records, {written(each.record.id) for each in due.members}),
        *_wrong_head(built.shown, ledger.feeds.get(built.settings.ledger_name)),
        *_wrong_tombstones(built.shown, {written(each.id): each.when for each in due.tombstones}),
    ):
        yield Diagnostic(code="feed-outdated", place=built.path, problem=problem, remedy=BUILD)
    for uri in (entry.id for entry in built.shown.entries if entry.id not in records):
        code, problem = "feed-entry-unknown", f"shows {uri}, which the ledger does not know"
        yield Diagnostic(code=code, place=built.path, problem=problem, remedy=RESTORE_LINES)


def _wrong_entries(shown: ShownFeed, records: Mapping[str, Record], due: set[str]) -> Iterator[str]:
    for uri, times in Counter(entry.id for entry in shown.entries).items():
        if times > 1:
            yield f"shows {uri} {times} times"
    for entry in shown.entries:
        if record := records.get(entry.id):
            yield from _wrong_entry(entry, record, due)
    for uri in due.intersection(records).difference(entry.id for entry in shown.entries):
        yield f"does not show {records[uri].path} ({uri})"


def _wrong_entry(entry: ShownEntry, record: Record, due: set[str]) -> Iterator[str]:
    what = f"{record.path or entry.title} ({entry.id})"
    if record.withdrawn is not None:
        yield f"shows {what}, which was withdrawn"
    elif record.left_at is not None:
        yield f"shows {what}, which has left the feeds"
    elif entry.id not in due:
        yield f"shows {what}, which does not belong there"
    for word, here, there in (
        ("published", entry.published, record.published),
        ("updated", entry.updated, record.updated),
    ):
        if here is not None and here != there:
            yield f"shows {what} as {word} {in_utc(here)}, and the ledger says {in_utc(there)}"


def _wrong_head(shown: ShownFeed, record: FeedRecord | None) -> Iterator[str]:
    if record is None:
        return
    if shown.id is not None and shown.id != record.id:
        yield f"has the id {shown.id}, and the ledger says {record.id}"
    if shown.updated != record.updated:
        here, there = in_utc(shown.updated), in_utc(record.updated)
        yield f"was updated {here}, and the ledger says {there}"


def _wrong_tombstones(shown: ShownFeed, there: Mapping[str, datetime]) -> Iterator[str]:
    if shown.tombstones is None:
        return
    here = {each.id: each.when for each in shown.tombstones}
    for uri in sorted(here.keys() | there.keys()):
        if here.get(uri) != there.get(uri):
            does = "has a wrong" if uri in here and uri in there else "lacks the"
            yield f"{does if uri in there else 'has a needless'} tombstone of {uri}"
