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

VERSION = 1
SECOND = timedelta(seconds=1)
RESTORE = (
    "Restore the file from git or a backup; feedpub never rewrites it. Where there is neither, put "
    "it aside, and `feedpub ledger rebuild` makes it anew."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The newest state of every entry, by id, and of every feed, by name; oldest change first.

    `newest` is the moment of the newest event, None if there is none.
    """

    entries: Mapping[str, Record] = field(default_factory=dict)
    feeds: Mapping[str, FeedRecord] = field(default_factory=dict)
    newest: datetime | None = None

    def next_timestamp(self, now: datetime) -> datetime:
        """When what happens `now` is written down: after all that was, though a clock is wrong."""
        return now if self.newest is None else max(now, self.newest + SECOND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the ledger: the whole state of one entry or feed since the moment `at`; `line`
    counts from 1."""

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
            entries[record.id] = after(old, record)
    return Ledger(newest=events[-1].at if events else None, entries=entries, feeds=feeds)


def after(old: Record, new: Record) -> Record:
    """The state that an event with `new` leads to from `old`.

    A branch may have gone on without the withdrawal, or the restoring, that another wrote down.
    """
    if not (old.withdrawn or old.restored):
        return new
    restored = max((each.restored for each in (old, new) if each.restored), default=None)
    burials = [
        (each.withdrawn, each.reason)
        for each in (old, new)
        if each.withdrawn and not (restored and restored >= each.withdrawn)
    ]
    if not burials:
        return replace(new, withdrawn=None, reason="", restored=restored)
    withdrawn, reason = max(burials)
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
    events, faults = _events(file, lines)
    if faults:
        raise LedgerError(*faults)
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
                lines.insert(0, line_of({"ledger": VERSION}))
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


def _events(file: Path, lines: list[bytes]) -> tuple[list[Event], list[Diagnostic]]:
    events: list[Event] = []
    faults: list[Diagnostic] = []
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            event = json.loads(line)
            if not isinstance(event, dict):
                raise ValueError
            if "ledger" in event:
                faults += _of_another_version(file, number, event["ledger"])
            else:
                events.append(
                    Event(at=parse_timestamp(event["at"]), record=record_of(event), line=number)
                )
        except (ValueError, KeyError, TypeError, AttributeError):
            faults.append(
                Diagnostic(
                    place=str(file),
                    line=number,
                    problem="this is not a line of a ledger",
                    remedy=RESTORE
                    if line[:7] not in (b"<<<<<<<", b"=======", b">>>>>>>")
                    else "It is a mark of a git conflict: keep the lines of both sides, "
                    "and take the marks out.",
                )
            )
    return events, faults


def _of_another_version(file: Path, line: int, version: object) -> list[Diagnostic]:
    if version == VERSION:
        return []
    problem = f"was written by another feedpub (version {version} of the ledger)"
    return [
        Diagnostic(
            place=str(file), line=line, problem=problem, remedy="Install the newest feedpub."
        )
    ]
