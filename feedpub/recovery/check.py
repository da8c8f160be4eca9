"""Whether ledger, articles and feeds agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..build import Prepared
from ..errors import Diagnostic, Severity, with_severity
from ..formats.own_feeds import ShownEntry, ShownFeed
from ..ledger.conflicts import find_conflicts
from ..ledger.store import Event, Ledger, newest_states
from ..model import Feed, FeedRecord, Record
from ..output.built import BUILD, BuiltFeed, built_feeds
from ..parsing.dates import in_utc
from ..settings import Settings

RESTORE = "The ledger has lost lines: restore it from git or a backup before the next build."


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What does not agree, what does but deserves a look, and how much there was to look at."""

    faults: tuple[Diagnostic, ...]
    remarks: tuple[Diagnostic, ...]
    lines: int
    entries: int
    documents: int


def audit(settings: Settings, events: Sequence[Event], prepared: Prepared) -> Audit:
    """Compares the ledger that holds `events` with the articles, which are as `prepared` found
    them, and with the feeds in the output folder."""
    ledger = newest_states(events)
    found = find_conflicts(events)
    built = tuple(built_feeds(settings))
    due = dict(zip(settings.feeds, prepared.feeds, strict=True))
    return Audit(
        faults=(
            *with_severity(found, Severity.ERROR),
            *_unwritten(prepared.events, ledger),
            *(fault for each in built for fault in _document(each, due[each.settings], ledger)),
        ),
        remarks=with_severity(found, Severity.NOTE),
        lines=len(events),
        entries=len(ledger.entries),
        documents=len(built),
    )


def _unwritten(events: Iterable[Record | FeedRecord], ledger: Ledger) -> Iterator[Diagnostic]:
    for record in events:
        if isinstance(record, FeedRecord):
            known, place = record.name in ledger.feeds, f"the feed {record.name}"
        else:
            known, place = record.id in ledger.entries, record.path or record.id
        problem = "is not as the ledger says" if known else "is not in the ledger"
        yield Diagnostic(place=place, problem=problem, remedy=BUILD)


def _document(built: BuiltFeed, due: Feed, ledger: Ledger) -> Iterator[Diagnostic]:
    if built.shown is None:
        if built.error is not None:
            yield built.error
        return
    written = built.format.written_id
    records = {written(record.id): record for record in ledger.entries.values()}
    for problem in (
        *_wrong_entries(built.shown, records, {written(entry.id) for entry in due.entries}),
        *_wrong_head(built.shown, ledger.feeds.get(built.settings.ledger_name)),
        *_wrong_tombstones(built.shown, {written(each.id): each.when for each in due.tombstones}),
    ):
        yield Diagnostic(place=built.path, problem=problem, remedy=BUILD)
    for uri in (entry.id for entry in built.shown.entries if entry.id not in records):
        problem = f"shows {uri}, which the ledger does not know"
        yield Diagnostic(place=built.path, problem=problem, remedy=RESTORE)


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
