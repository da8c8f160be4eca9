"""Withdraws an entry for good, and takes that back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from .articles.folder import find_articles, paths_meant
from .errors import ConfigError, Diagnostic
from .folder_state import decide_folder
from .ledger.store import Ledger, append
from .model import Record
from .settings import Settings
from .text.wording import nearest


def withdraw_entry(
    settings: Settings, ledger: Ledger, query: str, *, reason: str, now: datetime
) -> Record:
    """Withdraws the entry that `query` names: an id, a path below the articles folder, or a file.

    `ledger` is what the ledger file holds. Raises ConfigError where `query` names no entry, or one
    that is withdrawn; LedgerError.
    """
    record = _find_record(settings, ledger, query, now)
    if record.withdrawn:
        raise _refusal(
            "entry-withdrawn",
            query,
            "is withdrawn already",
            "`feedpub restore` would undo that.",
        )
    at = ledger.next_timestamp(now)
    withdrawn = replace(
        record,
        left_at=record.left_at or at,
        file_gone_at=record.file_gone_at or (None if has_file(settings, record) else at),
        withdrawn=at,
        reason=" ".join(reason.split()),
    )
    append(settings.ledger_file, [withdrawn], at)
    return withdrawn


def restore_entry(settings: Settings, ledger: Ledger, query: str, *, now: datetime) -> Record:
    """Takes a withdrawal back: the next build publishes the entry again, if its article is there.

    Takes and raises what `withdraw_entry` does.
    """
    record = _find_record(settings, ledger, query, now)
    if not record.withdrawn:
        raise _refusal(
            "entry-not-withdrawn", query, "is not withdrawn", "There is nothing to undo."
        )
    at = ledger.next_timestamp(now)
    restored = replace(record, withdrawn=None, reason="", restored=at)
    append(settings.ledger_file, [restored], at)
    return restored


def has_file(settings: Settings, record: Record) -> bool:
    """Whether there is an article file where that of `record` was; raises ConfigError."""
    return record.path in _article_paths(settings)


def _find_record(settings: Settings, ledger: Ledger, query: str, now: datetime) -> Record:
    if record := ledger.entries.get(query):
        return record
    paths = paths_meant(query, settings.articles)
    present = _article_paths(settings).intersection(paths)
    if path := next((each for each in paths if each in present), ""):
        found = _records_of_file(settings, ledger, path, now)
    else:
        found = _records_of_missing_file(ledger, paths)
    if not found:
        near = nearest(paths[0], [record.path for record in ledger.entries.values()])
        remedy = f"Did you mean {near}?" if near else "`feedpub status` lists what is published."
        problem = "names no entry: nothing of it was ever published"
        raise _refusal("entry-unknown", query, problem, remedy)
    # A file that took the name of another: the entry that is published, else the newest.
    return min(found, key=lambda each: (each.left_at is not None, -each.published.timestamp()))


def _records_of_file(settings: Settings, ledger: Ledger, path: str, now: datetime) -> list[Record]:
    """Those of the file at `path`, which may have had another name at the last build."""
    known = decide_folder(settings, ledger, now=now).decision.known
    if record := known.get(path):
        return [replace(record, path=path, file_gone_at=None)]
    # It can't be read, or it is new and has the name of one that is gone.
    taken = {record.id for record in known.values()}
    return [
        record
        for record in _records_at(path, ledger)
        if record.file_gone_at is None and record.id not in taken
    ]


def _records_of_missing_file(ledger: Ledger, paths: Iterable[str]) -> list[Record]:
    return next((found for path in paths if (found := _records_at(path, ledger))), [])


def _records_at(path: str, ledger: Ledger) -> list[Record]:
    return [record for record in ledger.entries.values() if record.path == path]


def _article_paths(settings: Settings) -> frozenset[str]:
    files, _ = find_articles(settings.articles, include=settings.include, exclude=settings.exclude)
    return frozenset(file.path for file in files)


def _refusal(code: str, query: str, problem: str, remedy: str) -> ConfigError:
    return ConfigError(Diagnostic(code=code, place=query or "FILE", problem=problem, remedy=remedy))
