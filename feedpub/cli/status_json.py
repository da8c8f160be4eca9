"""`feedpub status --json`: all of it as plain values, under keys that never change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from ..status.history import (
    EntryLeft,
    EntryPublished,
    EntryRestored,
    EntryReturned,
    EntryUpdated,
    EntryWithdrawn,
    MinorEdit,
    PathChanged,
    PublishedChanged,
    RenderedAgain,
)

if TYPE_CHECKING:
    from ..status.article_status import ArticleStatus
    from ..status.folder_status import Status
    from ..status.history import EntryChange


Value = str | datetime | None


def status_json(status: Status) -> dict[str, object]:
    """All that there is to say of a folder."""
    return _fields(status) | {
        "articles": [article_fields(each) for each in status.articles],
        "next_build": {
            "changes": [_change_json(each) for each in status.next_build.changes],
            "writes": status.next_build.writes,
        },
    }


def article_json(
    article: ArticleStatus, past: Iterable[EntryChange], ahead: Iterable[EntryChange]
) -> dict[str, object]:
    """One article, what has happened to it, and what the next build would do."""
    return {
        "article": article_fields(article),
        "history": [_change_json(each) for each in past],
        "next_build": [_change_json(each) for each in ahead],
    }


def article_fields(article: ArticleStatus) -> dict[str, object]:
    """One article, and why it is left out under the key `faults`."""
    values = _fields(article)
    return values | {"faults": values.pop("diagnostics")}


def _fields(value: Status | ArticleStatus) -> dict[str, object]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _change_json(change: EntryChange) -> dict[str, object]:
    old: Value = None
    new: Value = None
    match change:
        case EntryPublished():
            kind, new = "new", change.published
        case PathChanged():
            kind, old, new = "renamed", change.old_path, change.path
        case PublishedChanged():
            kind, old, new = "redated", change.old, change.new
        case EntryUpdated():
            kind, new = "edited", change.updated
        case MinorEdit():
            kind = "minor edit"
        case RenderedAgain():
            kind = "rendered anew"
        case EntryWithdrawn():
            kind, new = "withdrawn", change.reason or None
        case EntryLeft():
            kind = "left"
        case EntryRestored():
            kind = "restored"
        case EntryReturned():
            kind = "came back"
        case _:
            assert_never(change)
    return {"at": change.at, "path": change.path, "kind": kind, "old": old, "new": new}
