"""What each article of a folder is: published, held back, left out and why, withdrawn, gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ..build import Prepared
from ..errors import Diagnostic
from ..ledger.store import Event, Ledger
from ..model import Article, Feed, Record
from ..parsing.dates import end
from ..settings import FeedSettings, Settings


class ArticleState(StrEnum):
    """What an article is, in the order in which its curator wants to know."""

    LEFT_OUT = "left out"
    NEW = "new"
    HELD_BACK = "held back"
    DRAFT = "draft"
    PUBLISHED = "published"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleStatus:
    """One article, or what is left of one that is gone.

    `since` is the moment of publication, or that of leaving the feeds, None if the next build will
    set it; `until` is when the article is due, or expires. `id` is empty if it was never published,
    `title` if the file can't be read. `feeds` are the names of those that it stands in;
    `diagnostics` say why it is left out, `reason` why it was withdrawn.
    """

    state: ArticleState
    path: str
    title: str = ""
    id: str = ""
    since: datetime | None = None
    updated: datetime | None = None
    until: datetime | None = None
    feeds: tuple[str, ...] = ()
    reason: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def name(self) -> str:
        """Its path, or its id where no path of it is known."""
        return self.path or self.id


def article_statuses(
    settings: Settings, ledger: Ledger, prepared: Prepared
) -> tuple[ArticleStatus, ...]:
    """What the articles are in the eyes of `prepared`; by state, and then newest first."""
    return tuple(sorted(_StatusReader(settings, ledger, prepared).articles(), key=_order))


def find_article(
    names: Sequence[str], articles: Sequence[ArticleStatus], events: Iterable[Event]
) -> ArticleStatus | None:
    """The article whose path or id is the first of `names` that is one, or else the last one that
    had such a path; None if there is no such."""
    for name in names:
        for each in articles:
            if name in (each.path, each.id):
                return each
    held = {each.id: each for each in articles}
    former: ArticleStatus | None = None
    for event in events:
        if isinstance(event.record, Record) and event.record.path in names:
            former = held.get(event.record.id, former)
    return former


class _StatusReader:
    """Says of each article what it is."""

    def __init__(self, settings: Settings, ledger: Ledger, prepared: Prepared) -> None:
        self._prepared = prepared
        self._ledger = ledger
        self._faults: dict[str, list[Diagnostic]] = defaultdict(list)
        for fault in prepared.faults:
            self._faults[fault.place].append(fault)
        self._known = prepared.decision.known
        self._published = {each.article.path: each.record for each in prepared.decision.published}
        self._held_back = {each.path: each.until for each in prepared.decision.held_back}
        self._feeds = _feeds_by_id(prepared.feeds, settings.feeds)

    def articles(self) -> Iterator[ArticleStatus]:
        read = [self._article(article) for article in self._prepared.articles]
        seen = {each.id for each in read}
        unread = list(self._unreadable({each.path for each in read}, seen))
        seen |= {each.id for each in unread}
        yield from (*read, *unread)
        for record in self._ledger.entries.values():
            if record.id not in seen:
                yield _withdrawn(record) if record.withdrawn else _away(ArticleState.GONE, record)

    def _unreadable(self, read: Collection[str], seen: Collection[str]) -> Iterator[ArticleStatus]:
        records = {r.path: r for r in self._ledger.entries.values() if r.id not in seen}
        for path in self._faults.keys() - read:
            yield self._left_out(path, records.get(path))

    def _article(self, article: Article) -> ArticleStatus:
        path = article.path
        record = self._known.get(path)
        if path in self._faults:
            return replace(self._left_out(path, record), title=article.title)
        if record and record.withdrawn:
            return replace(_withdrawn(record), path=path, title=article.title)
        if published := self._published.get(path):
            return self._standing(article, published)
        away = replace(_away(ArticleState.EXPIRED, record), path=path, title=article.title)
        if path in self._held_back:
            until = self._held_back[path]
            state = ArticleState.DRAFT if until is None else ArticleState.HELD_BACK
            return replace(away, state=state, until=until)
        return replace(away, since=_expiry(article))

    def _standing(self, article: Article, record: Record) -> ArticleStatus:
        return ArticleStatus(
            state=ArticleState.PUBLISHED if record.id in self._ledger.entries else ArticleState.NEW,
            path=article.path,
            title=article.title,
            id=record.id,
            since=record.published,
            updated=record.updated,
            until=_expiry(article),
            feeds=self._feeds.get(record.id, ()),
        )

    def _left_out(self, path: str, record: Record | None) -> ArticleStatus:
        away = _away(ArticleState.LEFT_OUT, record)
        return replace(away, path=path, diagnostics=tuple(self._faults[path]))


def _away(state: ArticleState, record: Record | None) -> ArticleStatus:
    if record is None:
        return ArticleStatus(state=state, path="")
    return ArticleStatus(
        state=state,
        path=record.path,
        id=record.id,
        since=record.left_at,
        updated=record.updated,
    )


def _withdrawn(record: Record) -> ArticleStatus:
    away = _away(ArticleState.WITHDRAWN, record)
    return replace(away, since=record.withdrawn, reason=record.reason)


def _expiry(article: Article) -> datetime | None:
    expires = article.metadata.expires
    return None if expires is None else end(expires)


def _order(each: ArticleStatus) -> tuple[int, float, str]:
    rank = tuple(ArticleState).index(each.state)
    if each.state is ArticleState.HELD_BACK and each.until:
        return rank, each.until.timestamp(), each.path
    return rank, -each.since.timestamp() if each.since else 0, each.path


def _feeds_by_id(
    feeds: Iterable[Feed], settings: Iterable[FeedSettings]
) -> Mapping[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for feed, said in zip(feeds, settings, strict=True):
        for entry in feed.entries:
            names[entry.id] += (said.ledger_name,)
    return names
