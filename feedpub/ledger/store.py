"""ledger.jsonl: what must be remembered and can't be worked out again; append-only, kept in git.

The first line states the version. Every other line is an event that holds the whole state of one
entry or one feed at the moment `at`; of several with one id the latest counts, so that the lines
of two branches may stand in any order.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from ..errors import Diagnostic, LedgerError
from ..files import file_diagnostic
from ..model import FeedRecord, Record
from .line import event_of, line_of, parse_timestamp, record_of

LEDGER_VERSION = 1
"""The version of the format, which the first line states."""

TIMESTAMP_STEP = timedelta(seconds=1)
"""By how much an event is later than the one before it: what timestamps are written in."""

RESTORE_LEDGER = (
    "Restore the file from git or a backup; feedpub never rewrites it. Where there is neither, put "
    "it aside, and `feedpub ledger rebuild` makes it anew."
)

CONFLICT_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>")
RESOLVE_CONFLICT = (
    "It is a mark of a git conflict: keep the lines of both sides, and take the marks out."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The newest state of every entry, by id, and of every feed, by name; oldest change first.

    `newest` is the timestamp of the newest event, None if there is none.
    """

    entries: Mapping[str, Record] = field(default_factory=dict)
    feeds: Mapping[str, FeedRecord] = field(default_factory=dict)
    newest: datetime | None = None

    def next_timestamp(self, now: datetime) -> datetime:
        """The timestamp of an event that is added `now`: later than all others, whatever the clock
        says."""
        return now if self.newest is None else max(now, self.newest + TIMESTAMP_STEP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the ledger: the whole state of one entry or feed since `at`, in UTC.

    `line` counts from 1.
    """

    at: datetime
    record: Record | FeedRecord
    line: int = 0


def read_ledger(file: Path) -> Ledger:
    """Reads the ledger, empty if there is none; raises LedgerError with every line that is wrong.

    A last line without its end was being written when a build was killed, and is ignored.
    """
    return newest_states(read_events(file))


def newest_states(events: Sequence[Event]) -> Ledger:
    """The ledger that holds `events`, which are in the order of time."""
    entries: dict[str, Record] = {}
    feeds: dict[str, FeedRecord] = {}
    for record in (event.record for event in events):
        if isinstance(record, FeedRecord):
            feeds[record.name] = record
        else:
            old = entries.pop(record.id, record)
            entries[record.id] = merge_states(old, record)
    return Ledger(newest=events[-1].at if events else None, entries=entries, feeds=feeds)


def merge_states(old: Record, new: Record) -> Record:
    """The state of an entry whose state was `old` after an event that says `new`.

    A branch may have gone on without the withdrawal, or the restoring, that another wrote down: of
    all withdrawals and restorings the latest counts.
    """
    if not (old.withdrawn or old.restored):
        return new
    restored = max((each.restored for each in (old, new) if each.restored), default=None)
    withdrawals = [
        (each.withdrawn, each.reason)
        for each in (old, new)
        if each.withdrawn and not (restored and restored >= each.withdrawn)
    ]
    if not withdrawals:
        return replace(new, withdrawn=None, reason="", restored=restored)
    withdrawn, reason = max(withdrawals)
    left = new.left_at or withdrawn
    return replace(new, withdrawn=withdrawn, reason=reason, restored=restored, left_at=left)


def read_events(file: Path) -> tuple[Event, ...]:
    """Reads the whole history, oldest first; raises LedgerError as `read_ledger` does."""
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise LedgerError(file_diagnostic(file, "read", error)) from None
    return events_in(raw, file)


def events_in(raw: bytes, file: Path) -> tuple[Event, ...]:
    """The history that `raw` holds, the bytes of the ledger `file`; raises LedgerError."""
    lines = whole_lines(raw).splitlines()
    parsed = [_parse_line(line, number, file) for number, line in enumerate(lines, 1) if line]
    if diagnostics := [each for each in parsed if isinstance(each, Diagnostic)]:
        raise LedgerError(*diagnostics)
    events = (each for each in parsed if isinstance(each, Event))
    # Two machines may have written at the same moment: their lines may stand either way.
    return tuple(sorted(events, key=lambda event: (event.at, lines[event.line - 1])))


def whole_lines(raw: bytes) -> bytes:
    """The bytes of a ledger without a last line that was being written when a build was killed."""
    end = raw.rfind(b"\n") + 1
    try:
        json.loads(raw[end:])
    except ValueError:
        return raw[:end]
    return raw


def append(file: Path, records: Iterable[Record | FeedRecord], at: datetime) -> None:
    """Adds one event for each record and returns when they are on the disk; raises LedgerError."""
    lines = [line_of(event_of(record, at)) for record in records]
    if not lines:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a+b") as stream:
            stream.seek(0)
            raw = stream.read()
            whole = whole_lines(raw)
            stream.truncate(len(whole))
            if not whole:
                lines.insert(0, line_of({"ledger": LEDGER_VERSION}))
            elif not whole.endswith(b"\n"):
                lines.insert(0, b"\n")
            stream.write(b"".join(lines))
            stream.flush()
            os.fsync(stream.fileno())
        _flush_folder(file.parent)
    except OSError as error:
        remedy = "No feed was written either. Make room or give yourself the right to write."
        raise LedgerError(file_diagnostic(file, "written", error, remedy)) from None


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _parse_line(line: bytes, number: int, file: Path) -> Event | Diagnostic | None:
    """The event of a line, or what is wrong with it; None where it states the version."""
    try:
        event = json.loads(line)
        if not isinstance(event, dict):
            raise ValueError
        if "ledger" in event:
            return _other_version(event["ledger"], number, file)
        return Event(at=parse_timestamp(event["at"]), record=record_of(event), line=number)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Diagnostic(
            code="ledger-line-invalid",
            place=str(file),
            line=number,
            problem="this is not a line of a ledger",
            remedy=RESOLVE_CONFLICT if line.startswith(CONFLICT_MARKERS) else RESTORE_LEDGER,
        )


def _other_version(version: object, number: int, file: Path) -> Diagnostic | None:
    if version == LEDGER_VERSION:
        return None
    return Diagnostic(
        code="ledger-version-unknown",
        place=str(file),
        line=number,
        problem=f"was written by another feedpub (version {version} of the ledger)",
        remedy="Install the newest feedpub.",
    )
