"""Withdraws an entry for good, and takes that back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from .build import prepare
from .errors import ConfigError, Fault
from .ledger import FILE, Ledger, append, read_ledger
from .model import Record, Settings
from .values import nearest


def retract(settings: Settings, query: str, *, reason: str, now: datetime) -> Record:
    """Withdraws the entry that `query` names: a file, or an id.

    Raises ConfigError where it names none, or one that is withdrawn; LedgerError.
    """
    ledger = read_ledger(settings.root / FILE)
    record = find(settings, ledger, query, now=now)
    if record.withdrawn:
        raise _refusal(query, "is withdrawn already", "`feedpub restore` would undo that.")
    at = ledger.moment(now)
    gone = replace(record, left=record.left or at, withdrawn=at, reason=" ".join(reason.split()))
    append(settings.root / FILE, [gone], at)
    return gone


def restore(settings: Settings, query: str, *, now: datetime) -> Record:
    """Takes the withdrawal of an entry back; the next build publishes it as it was, if its article
    is there. Raises as `retract` does."""
    ledger = read_ledger(settings.root / FILE)
    record = find(settings, ledger, query, now=now)
    if not record.withdrawn:
        raise _refusal(query, "is not withdrawn", "There is nothing to undo.")
    at = ledger.moment(now)
    back = replace(record, withdrawn=None, reason="", restored=at)
    append(settings.root / FILE, [back], at)
    return back


def find(settings: Settings, ledger: Ledger, query: str, *, now: datetime) -> Record:
    """The record of an id, a path below the articles folder, or a file; raises ConfigError."""
    if record := ledger.entries.get(query):
        return record
    path = _path(settings, query)
    found = [record for record in ledger.entries.values() if record.path == path]
    if not found and (settings.articles / path).is_file():
        found = _renamed(settings, ledger, path, now)
    if not found:
        near = nearest(path, [record.path for record in ledger.entries.values()])
        remedy = f"Did you mean {near}?" if near else "`feedpub status` lists what is published."
        raise _refusal(query, "names no entry: nothing of it was ever published", remedy)
    # A file that took the name of another: the entry that is published, else the newest.
    return min(found, key=lambda each: (each.left is not None, -each.published.timestamp()))


def _renamed(settings: Settings, ledger: Ledger, path: str, now: datetime) -> list[Record]:
    """The record of a file that has another name than at the last build."""
    published = prepare(settings, now=now).decision.published
    return [
        each.record
        for each in published
        if each.article.path == path and each.record.id in ledger.entries
    ]


def _path(settings: Settings, query: str) -> str:
    file = Path(query).absolute()
    if file.is_relative_to(settings.articles):
        return file.relative_to(settings.articles).as_posix()
    return Path(query).as_posix()


def _refusal(query: str, problem: str, remedy: str) -> ConfigError:
    return ConfigError(Fault(place=query or "FILE", problem=problem, remedy=remedy))
