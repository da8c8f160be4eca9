"""Withdraws an entry for good, and takes that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from .articles.folder import find_articles, paths_meant
from .build import prepare
from .errors import ConfigError, Diagnostic
from .ledger.store import Ledger, append, read_ledger
from .model import Record
from .settings import Settings
from .text.wording import nearest


def retract(settings: Settings, query: str, *, reason: str, now: datetime) -> Record:
    """Withdraws the entry that `query` names: a file, or an id.

    Raises ConfigError where it names none, or one that is withdrawn; LedgerError.
    """
    ledger = read_ledger(settings.ledger_file)
    record = find(settings, ledger, query, now=now)
    if record.withdrawn:
        raise _refusal(query, "is withdrawn already", "`feedpub restore` would undo that.")
    at = ledger.next_timestamp(now)
    withdrawn = replace(
        record,
        left_at=record.left_at or at,
        file_gone_at=record.file_gone_at or (None if is_there(settings, record) else at),
        withdrawn=at,
        reason=" ".join(reason.split()),
    )
    append(settings.ledger_file, [withdrawn], at)
    return withdrawn


def is_there(settings: Settings, record: Record) -> bool:
    """Whether there is an article file where that of `record` was; raises ConfigError."""
    return record.path in _paths(settings)


def restore(settings: Settings, query: str, *, now: datetime) -> Record:
    """Takes the withdrawal of an entry back; the next build publishes it as it was, if its article
    is there. Raises as `retract` does."""
    ledger = read_ledger(settings.ledger_file)
    record = find(settings, ledger, query, now=now)
    if not record.withdrawn:
        raise _refusal(query, "is not withdrawn", "There is nothing to undo.")
    at = ledger.next_timestamp(now)
    back = replace(record, withdrawn=None, reason="", restored=at)
    append(settings.ledger_file, [back], at)
    return back


def find(settings: Settings, ledger: Ledger, query: str, *, now: datetime) -> Record:
    """The record of an id, a path below the articles folder, or a file; raises ConfigError."""
    if record := ledger.entries.get(query):
        return record
    paths = paths_meant(query, settings.articles)
    here = [path for path in paths if path in _paths(settings)]
    found = _there(settings, ledger, here[0], now) if here else _gone(ledger, paths)
    if not found:
        near = nearest(paths[0], [record.path for record in ledger.entries.values()])
        remedy = f"Did you mean {near}?" if near else "`feedpub status` lists what is published."
        raise _refusal(query, "names no entry: nothing of it was ever published", remedy)
    # A file that took the name of another: the entry that is published, else the newest.
    return min(found, key=lambda each: (each.left_at is not None, -each.published.timestamp()))


def _there(settings: Settings, ledger: Ledger, path: str, now: datetime) -> list[Record]:
    """The record of the file at `path`, which may have had another name at the last build."""
    known = prepare(settings, now=now).decision.known
    if record := known.get(path):
        return [replace(record, path=path, file_gone_at=None)]
    # It can't be read, or it is new and has the name of one that is gone.
    taken = {record.id for record in known.values()}
    return [
        record
        for record in ledger.entries.values()
        if record.path == path and record.file_gone_at is None and record.id not in taken
    ]


def _gone(ledger: Ledger, paths: Sequence[str]) -> list[Record]:
    for path in paths:
        if found := [each for each in ledger.entries.values() if each.path == path]:
            return found
    return []


def _paths(settings: Settings) -> set[str]:
    files, _ = find_articles(settings.articles)
    return {file.path for file in files}


def _refusal(query: str, problem: str, remedy: str) -> ConfigError:
    return ConfigError(Diagnostic(place=query or "FILE", problem=problem, remedy=remedy))
