"""What each article of a folder is: published, held back, left out and why, withdrawn, gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ..entries.selection import FeedSelection
from ..errors import ConfigError, Diagnostic, Severity, with_severity
from ..folder_state import FolderState
from ..ledger.store import Event
from ..model import Article, Record
from ..parsing.dates import end
from ..text.wording import nearest


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

    `since` is when it was published, or when it left the feeds, None if the next build will set it;
    `until` is when it is due, or expires; all times are in UTC. `id` is empty if it was never
    published, `title` if the file can't be read. `feeds` are the names of those that it stands in;
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


def article_statuses(state: FolderState) -> tuple[ArticleStatus, ...]:
    """What every article of a folder is, gone ones too; by state, and then newest first."""
    return tuple(sorted(_StatusReader(state).articles(), key=_order))


def find_article(
    names: Sequence[str], articles: Sequence[ArticleStatus], events: Iterable[Event]
) -> ArticleStatus:
    """The article whose path or id is the first of `names` that is one, or else the last one that
    had such a path by `events`; raises ConfigError if there is no such."""
    for name in filter(None, names):
        for each in articles:
            if name in (each.path, each.id):
                return each
    by_id = {each.id: each for each in articles}
    former: ArticleStatus | None = None
    for event in events:
        if isinstance(event.record, Record) and event.record.path in names:
            former = by_id.get(event.record.id, former)
    if former is None:
        raise _unknown(names, articles)
    return former


def _unknown(names: Sequence[str], articles: Iterable[ArticleStatus]) -> ConfigError:
    near = nearest(names[0], [each.path for each in articles])
    return ConfigError(
        Diagnostic(
            code="article-unknown",
            place=names[-1] or "FILE",
            problem="there is no article with this path or id, and there was none",
            remedy=f"Did you mean {near}?" if near else "`feedpub status --all` names all of them.",
        )
    )


class _StatusReader:
    """Says of each article what it is."""

    def __init__(self, state: FolderState) -> None:
        decision = state.decision
        self._articles = state.articles
        self._ledger = state.ledger
        self._errors: dict[str, list[Diagnostic]] = defaultdict(list)
        for error in with_severity(state.diagnostics, Severity.ERROR):
            self._errors[error.place].append(error)
        self._known = decision.known
        self._published = {each.article.path: each.record for each in decision.published}
        self._held_back = {each.path: each.until for each in decision.held_back}
        self._feeds = _feeds_by_id(state.feeds)

    def articles(self) -> Iterator[ArticleStatus]:
        read = [self._article(article) for article in self._articles]
        seen = {each.id for each in read}
        unread = list(self._unreadable({each.path for each in read}, seen))
        seen |= {each.id for each in unread}
        yield from (*read, *unread)
        for record in self._ledger.entries.values():
            if record.id not in seen:
                yield _withdrawn(record) if record.withdrawn else _absent(ArticleState.GONE, record)

    def _unreadable(self, read: Collection[str], seen: Collection[str]) -> Iterator[ArticleStatus]:
        records = {r.path: r for r in self._ledger.entries.values() if r.id not in seen}
        for path in self._errors.keys() - read:
            yield self._left_out(path, records.get(path))

    def _article(self, article: Article) -> ArticleStatus:
        path = article.path
        record = self._known.get(path)
        if path in self._errors:
            return replace(self._left_out(path, record), title=article.title)
        if record and record.withdrawn:
            return replace(_withdrawn(record), path=path, title=article.title)
        if published := self._published.get(path):
            return self._published_status(article, published)
        status = replace(_absent(ArticleState.EXPIRED, record), path=path, title=article.title)
        if path in self._held_back:
            until = self._held_back[path]
            state = ArticleState.DRAFT if until is None else ArticleState.HELD_BACK
            return replace(status, state=state, until=until)
        return replace(status, since=_expiry(article))

    def _published_status(self, article: Article, record: Record) -> ArticleStatus:
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
        status = _absent(ArticleState.LEFT_OUT, record)
        return replace(status, path=path, diagnostics=tuple(self._errors[path]))


def _absent(state: ArticleState, record: Record | None) -> ArticleStatus:
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
    status = _absent(ArticleState.WITHDRAWN, record)
    return replace(status, since=record.withdrawn, reason=record.reason)


def _expiry(article: Article) -> datetime | None:
    expires = article.metadata.expires
    return None if expires is None else end(expires)


def _order(each: ArticleStatus) -> tuple[int, float, str]:
    rank = tuple(ArticleState).index(each.state)
    if each.state is ArticleState.HELD_BACK and each.until:
        return rank, each.until.timestamp(), each.path
    return rank, -each.since.timestamp() if each.since else 0, each.path


def _feeds_by_id(feeds: Iterable[FeedSelection]) -> Mapping[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for feed in feeds:
        for member in feed.members:
            names[member.record.id] += (feed.record.name,)
    return names
