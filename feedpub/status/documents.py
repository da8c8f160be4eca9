"""The documents in the output folder, and whether they show what is decided, without rendering."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ..entries.decision import Published
from ..entries.selection import FeedSelection
from ..folder_state import FolderState
from ..formats import Format, outputs
from ..formats.own_feeds import ShownEntry, ShownFeed
from ..model import Record
from ..output.built import BuiltFeed, built_feeds
from ..settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStatus:
    """One document of a feed, at `path` below the output folder.

    `size` is that of the file in bytes, 0 where there is none; `written` is whether the file shows
    what is decided, so that the next build has no need to write it.
    """

    path: str
    size: int
    written: bool


def document_statuses(
    settings: Settings, state: FolderState
) -> Mapping[str, Sequence[DocumentStatus]]:
    """Every document that a build makes, by the name of its feed in the ledger, in the order of
    config.toml."""
    selections = {each.settings: each for each in state.feeds}
    edited = _edited(state)
    statuses = defaultdict(list)
    paths = (each.path for feed in settings.feeds for each in outputs(feed, settings))
    for path, built in zip(paths, built_feeds(settings), strict=True):
        status = DocumentStatus(
            path=path,
            size=_size(settings.output / path),
            written=_is_current(built, selections[built.settings], edited),
        )
        statuses[built.settings.ledger_name].append(status)
    return statuses


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _edited(state: FolderState) -> frozenset[str]:
    """The ids of entries that show something else since the last build, though with the same dates
    and title."""
    old = state.ledger.entries
    return frozenset(
        record.id
        for record in state.events
        if isinstance(record, Record)
        and record.id in old
        and record.fingerprints != old[record.id].fingerprints
    )


def _is_current(built: BuiltFeed, due: FeedSelection, edited: Collection[str]) -> bool:
    shown = built.shown
    return (
        shown is not None
        and _has_head(shown, due)
        and len(shown.entries) == len(due.members)
        and all(map(partial(_shows, built.format), shown.entries, due.members))
        and _has_tombstones(built.format, shown, due)
        and not any(member.record.id in edited for member in due.members)
    )


def _has_head(shown: ShownFeed, due: FeedSelection) -> bool:
    return (
        shown.title == due.settings.title
        and shown.updated == due.record.updated
        and shown.id in (None, due.record.id)
    )


def _shows(form: Format, entry: ShownEntry, member: Published) -> bool:
    record = member.record
    return (
        entry.id == form.written_id(record.id)
        and entry.title == member.article.title
        and entry.link == (member.article.metadata.link or "")
        and entry.published == record.published
        and entry.updated in (None, record.updated)
    )


def _has_tombstones(form: Format, shown: ShownFeed, due: FeedSelection) -> bool:
    if shown.tombstones is None:
        return True
    here = [(each.id, each.when, each.reason) for each in shown.tombstones]
    return here == [(form.written_id(each.id), each.when, each.reason) for each in due.tombstones]
