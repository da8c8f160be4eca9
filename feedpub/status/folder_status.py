"""What there is to say of a folder: each article, each feed, the next build, what comes after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..entries.selection import FeedSelection
from ..folder_state import FolderState
from ..model import Record
from ..settings import Settings
from .article_status import ArticleState, ArticleStatus, article_statuses
from .documents import DocumentStatus, document_statuses
from .history import EntryChange, changes_between

MONTHS_SHOWN = 24
"""Two years: the same month of the year before is always among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStatus:
    """One feed as the next build makes it; `newest` is when its newest entry was published."""

    name: str
    title: str
    id: str
    updated: datetime
    entries: int
    newest: datetime | None = None
    newest_title: str = ""
    documents: tuple[DocumentStatus, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NextBuild:
    """What the next build would do if it ran now; `writes` are paths below the output folder."""

    changes: tuple[EntryChange, ...]
    writes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An article that time alone will publish, or take out of the feeds, at the moment `at`."""

    at: datetime
    path: str
    becomes: ArticleState


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How many entries were published in a month, such as 2026-06, of the site's zone."""

    month: str
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """All of it at the moment `at`; `coming` is in the order of time, the last month is the present
    one."""

    at: datetime
    title: str
    articles: tuple[ArticleStatus, ...]
    feeds: tuple[FeedStatus, ...]
    next_build: NextBuild
    coming: tuple[Coming, ...]
    months: tuple[Month, ...]


def compose_status(settings: Settings, state: FolderState, *, now: datetime) -> Status:
    """The status of a folder that is in `state` at the moment `now`; reads the output folder."""
    articles = article_statuses(state)
    documents = document_statuses(settings, state)
    return Status(
        at=now,
        title=settings.site.title,
        articles=articles,
        feeds=tuple(_feed(each, documents[each.record.name]) for each in state.feeds),
        next_build=NextBuild(
            changes=tuple(_next_changes(state)),
            writes=tuple(
                each.path
                for of_feed in documents.values()
                for each in of_feed
                if state.has_begun and not each.written
            ),
        ),
        coming=tuple(sorted(_coming(articles), key=lambda each: (each.at, each.path))),
        months=_months(state, settings, now),
    )


def _feed(selection: FeedSelection, documents: Sequence[DocumentStatus]) -> FeedStatus:
    newest = selection.members[0] if selection.members else None
    return FeedStatus(
        name=selection.record.name,
        title=selection.settings.title,
        id=selection.record.id,
        updated=selection.record.updated,
        entries=len(selection.members),
        newest=newest.record.published if newest else None,
        newest_title=newest.article.title if newest else "",
        documents=tuple(documents),
    )


def _next_changes(state: FolderState) -> Iterator[EntryChange]:
    for record in state.events:
        if isinstance(record, Record):
            yield from changes_between(state.ledger.entries.get(record.id), record, state.timestamp)


def _coming(articles: Iterable[ArticleStatus]) -> Iterator[Coming]:
    for each in articles:
        if each.until is not None:
            due = each.state is ArticleState.HELD_BACK
            becomes = ArticleState.PUBLISHED if due else ArticleState.EXPIRED
            yield Coming(at=each.until, path=each.path, becomes=becomes)


def _months(state: FolderState, settings: Settings, now: datetime) -> tuple[Month, ...]:
    zone = settings.site.zone
    counts = Counter(
        _month_number(each.record.published.astimezone(zone)) for each in state.decision.published
    )
    present = _month_number(now.astimezone(zone))
    return tuple(
        Month(month=f"{month // 12}-{month % 12 + 1:02}", entries=counts[month])
        for month in range(present - MONTHS_SHOWN + 1, present + 1)
    )


def _month_number(moment: datetime) -> int:
    """The months since the year 0, so that they can be counted over the turn of a year."""
    return moment.year * 12 + moment.month - 1
