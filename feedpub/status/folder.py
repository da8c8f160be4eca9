"""What there is to say of a folder: each article, each feed, the next build, what comes after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from ..build import Prepared
from ..ledger.store import Ledger
from ..model import Document, Feed, Record
from ..output.write import Written
from ..settings import FeedSettings, Settings
from .article import ArticleState, ArticleStatus, article_statuses
from .history import EntryChange, changes_between

MONTHS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStatus:
    """One document of a feed: its size in bytes, and whether the output folder holds it as it is
    to be."""

    path: str
    size: int
    written: bool


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
    """An article that time alone will publish or take out of the feeds."""

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
    """All of it at the moment `at`; `coming` is in the order of time, the last month is now."""

    at: datetime
    title: str
    articles: tuple[ArticleStatus, ...]
    feeds: tuple[FeedStatus, ...]
    next_build: NextBuild
    coming: tuple[Coming, ...]
    months: tuple[Month, ...]


def compose_status(
    settings: Settings, ledger: Ledger, prepared: Prepared, foreseen: Written, *, now: datetime
) -> Status:
    """The status of a folder whose next build is `prepared` and would write `foreseen`."""
    articles = article_statuses(settings, ledger, prepared)
    return Status(
        at=now,
        title=settings.site.title,
        articles=articles,
        feeds=tuple(
            _feed(feed, said, prepared.documents, foreseen)
            for feed, said in zip(prepared.feeds, settings.feeds, strict=True)
        ),
        next_build=NextBuild(
            changes=tuple(_foreseen_changes(prepared, ledger)), writes=foreseen.written
        ),
        coming=tuple(sorted(_coming(articles), key=lambda each: (each.at, each.path))),
        months=_months(prepared, settings, now),
    )


def _feed(
    feed: Feed, said: FeedSettings, documents: Iterable[Document], foreseen: Written
) -> FeedStatus:
    newest = feed.entries[0] if feed.entries else None
    return FeedStatus(
        name=said.ledger_name,
        title=feed.channel.title,
        id=feed.channel.id,
        updated=feed.channel.updated,
        entries=len(feed.entries),
        newest=newest.published if newest else None,
        newest_title=newest.title if newest else "",
        documents=tuple(
            DocumentStatus(
                path=each.path,
                size=len(each.content),
                written=each.path not in foreseen.written,
            )
            for each in documents
            if PurePosixPath(each.path).parent == PurePosixPath(said.name)
        ),
    )


def _foreseen_changes(prepared: Prepared, ledger: Ledger) -> Iterator[EntryChange]:
    for record in prepared.events:
        if isinstance(record, Record):
            yield from changes_between(ledger.entries.get(record.id), record, prepared.at)


def _coming(articles: Iterable[ArticleStatus]) -> Iterator[Coming]:
    for each in articles:
        if each.until is not None:
            due = each.state is ArticleState.HELD_BACK
            becomes = ArticleState.PUBLISHED if due else ArticleState.EXPIRED
            yield Coming(at=each.until, path=each.path, becomes=becomes)


def _months(prepared: Prepared, settings: Settings, now: datetime) -> tuple[Month, ...]:
    zone = settings.site.zone
    counts = Counter(
        _month(each.record.published.astimezone(zone)) for each in prepared.decision.published
    )
    present = _month(now.astimezone(zone))
    return tuple(
        Month(month=f"{month // 12}-{month % 12 + 1:02}", entries=counts[month])
        for month in range(present - MONTHS + 1, present + 1)
    )


def _month(moment: datetime) -> int:
    return moment.year * 12 + moment.month - 1
