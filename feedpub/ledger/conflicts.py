"""What two branches have written into one ledger that can't both be so, with the lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from ..errors import Diagnostic, Severity
from ..model import FeedRecord, Fingerprints, Record
from ..settings import LEDGER_FILE
from .store import Event

SETTLED = "feedpub sees to it that all machines choose the same; there is nothing to do."


def find_conflicts(events: Sequence[Event]) -> tuple[Diagnostic, ...]:
    """What is wrong with a ledger that holds `events`, which are in the order of time.

    Errors await the next build. Notes are settled, and stay since no line is ever taken out.
    """
    histories: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        histories[_subject(event.record)].append(event)
    settled = (
        note
        for subject, history in histories.items()
        for older, newer in pairwise(history)
        for note in _settled_conflicts(subject, older, newer)
    )
    return (*_files_with_two_entries(histories), *settled)


def _subject(record: Record | FeedRecord) -> str:
    return f"the feed {record.name}" if isinstance(record, FeedRecord) else record.id


def _settled_conflicts(subject: str, older: Event, newer: Event) -> Iterator[Diagnostic]:
    if older.at == newer.at:
        if older.record == newer.record:
            problem = f"says the same as line {older.line}"
            yield _note("ledger-line-duplicate", newer, problem)
        else:
            yield _note(
                "ledger-state-conflict",
                newer,
                f"gives {subject} another state than line {older.line}, at the same moment; this "
                "one counts",
            )
    elif _are_of_different_articles(older.record, newer.record):
        yield _note(
            "ledger-id-conflict",
            newer,
            f"gives {subject} to {_path(newer)}, and line {older.line} gives it to {_path(older)}, "
            "which has another text",
            "Two branches have minted the same id: the later line counts, and the other file gets "
            "an id of its own.",
        )


def _note(code: str, event: Event, problem: str, remedy: str = SETTLED) -> Diagnostic:
    return Diagnostic(
        code=code,
        severity=Severity.NOTE,
        place=str(LEDGER_FILE),
        line=event.line,
        problem=problem,
        remedy=remedy,
    )


def _are_of_different_articles(one: Record | FeedRecord, other: Record | FeedRecord) -> bool:
    # A file that is renamed keeps some of its text, or feedpub does not know it again.
    if isinstance(one, FeedRecord) or isinstance(other, FeedRecord):
        return False
    if one.path == other.path or not (one.path and other.path):
        return False
    return _digests(one.fingerprints).isdisjoint(_digests(other.fingerprints))


def _digests(fingerprints: Fingerprints) -> set[str]:
    return {fingerprints.source, fingerprints.content, *fingerprints.sketch}


def _path(event: Event) -> str:
    return event.record.path if isinstance(event.record, Record) else ""


def _files_with_two_entries(histories: Mapping[str, Sequence[Event]]) -> Iterator[Diagnostic]:
    holders: dict[str, list[Event]] = defaultdict(list)
    for newest in (history[-1] for history in histories.values()):
        record = newest.record
        if isinstance(record, Record) and record.path and record.left_at is None:
            holders[record.path].append(newest)
    for path, events in holders.items():
        if len(events) > 1:
            yield _two_entries(path, events)


def _two_entries(path: str, events: Iterable[Event]) -> Diagnostic:
    first, *others = sorted(events, key=lambda event: event.line)
    names = " and ".join(f"{_subject(each.record)} (line {each.line})" for each in others)
    return Diagnostic(
        code="ledger-path-conflict",
        place=str(LEDGER_FILE),
        line=first.line,
        problem=f"gives {path} the id {_subject(first.record)}, and it has {names} too",
        remedy="Run `feedpub build`: the one that was published first stays.",
    )
