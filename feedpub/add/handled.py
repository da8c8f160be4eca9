"""sources.jsonl: which entries of the sources were handled, so that none ever comes again.

A line is a JSON object with `at`, `source`, `id` and `link`. Lines are only ever added, and may
stand in any order, so that git merges branches by keeping both sides.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..errors import Diagnostic, LedgerError
from ..files import file_diagnostic
from ..ledger.store import whole_lines
from ..parsing.dates import in_utc

SOURCES_FILE = Path(".feedpub", "sources.jsonl")
"""The path of the file, relative to the folder of config.toml."""

_RESTORE = "Restore the file from git or a backup, keeping the lines of both sides of a conflict."


@dataclass(frozen=True, slots=True, kw_only=True)
class HandledEntry:
    """An entry of the feed at the address `source`."""

    source: str
    id: str
    link: str


class HandledEntries:
    """The entries that were handled: by id within one source, by link wherever they come from."""

    def __init__(self, entries: Iterable[HandledEntry]) -> None:
        known = tuple(entries)
        self._ids = {(each.source, each.id) for each in known if each.id}
        self._links = {each.link for each in known}

    def __contains__(self, entry: HandledEntry) -> bool:
        return (entry.source, entry.id) in self._ids or entry.link in self._links


def read_handled(file: Path) -> HandledEntries:
    """Reads `file`, nothing if there is none; raises LedgerError with every line that is wrong.

    A last line without its end was being written when a run was killed, and is ignored.
    """
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        raw = b""
    except OSError as error:
        raise LedgerError(file_diagnostic(file, "read", error)) from None
    lines = enumerate(whole_lines(raw).splitlines(), 1)
    parsed = [_parse(line, number, file) for number, line in lines if line.strip()]
    if errors := [each for each in parsed if isinstance(each, Diagnostic)]:
        raise LedgerError(*errors)
    return HandledEntries(each for each in parsed if isinstance(each, HandledEntry))


def append_handled(file: Path, entries: Iterable[HandledEntry], at: datetime) -> None:
    """Adds a line for each entry and returns when they are on the disk; raises LedgerError."""
    lines = b"".join(_line(each, at) for each in entries)
    if not lines:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a+b") as stream:
            stream.seek(0)
            whole = whole_lines(stream.read())
            stream.truncate(len(whole))
            stream.write((b"\n" if whole and not whole.endswith(b"\n") else b"") + lines)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise LedgerError(file_diagnostic(file, "written", error)) from None


def _line(entry: HandledEntry, at: datetime) -> bytes:
    fields = {"at": in_utc(at), "source": entry.source, "id": entry.id, "link": entry.link}
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def _parse(line: bytes, number: int, file: Path) -> HandledEntry | Diagnostic:
    try:
        fields = json.loads(line)
        return HandledEntry(
            source=str(fields["source"]), id=str(fields["id"]), link=str(fields["link"])
        )
    except (ValueError, KeyError, TypeError):
        problem = "this is not a line of this file"
        return Diagnostic(
            code="sources-line-invalid",
            place=str(file),
            line=number,
            problem=problem,
            remedy=_RESTORE,
        )
