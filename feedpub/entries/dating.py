"""When entries were published and updated: fixed at first sight, told apart by the second."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType

from ..articles.git_dates import CommitDates
from ..errors import Diagnostic
from ..model import Article, Day, Record
from ..parsing.dates import end, start

SECOND = timedelta(seconds=1)
"""The least by which two dates of a feed differ: RFC 822 dates in RSS have no fractions."""

NOON = time(12)
"""The local time of a day without a time: it is the same day in almost every other zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """When an entry was published, and when it changed last."""

    published: datetime
    updated: datetime


class TakenTimes:
    """The seconds that are taken, in UTC; no two entries get the same one."""

    def __init__(self, taken: Iterable[datetime]) -> None:
        self._taken = set(taken)
        self._nearest: dict[tuple[datetime, timedelta], datetime] = {}

    def take(self, moment: datetime) -> datetime:
        """Marks `moment` as taken, whether it was or not, and returns it."""
        self._taken.add(moment)
        return moment

    def first_from(self, moment: datetime) -> datetime:
        """Takes the first free second at or after `moment`."""
        return self.take(self._free(moment, SECOND))

    def last_until(self, moment: datetime) -> datetime:
        """Takes the last free second at or before `moment`."""
        return self.take(self._free(moment, -SECOND))

    def latest_between(self, old: datetime, now: datetime) -> datetime:
        """Takes the last free second until `now`, or if none is after `old`, the first that is."""
        moment = self._free(now, -SECOND)
        return self.take(moment) if moment > old else self.first_from(old + SECOND)

    def _free(self, moment: datetime, step: timedelta) -> datetime:
        # Thousands may ask from one moment on: what was taken then is taken still.
        free = self._nearest.get((moment, step), moment)
        while free in self._taken:
            free += step
        self._nearest[moment, step] = free
        return free


def due(article: Article, record: Record | None, now: datetime) -> datetime | None:
    """The moment that holds `article` back, None if it may be published.

    What was published once stays so when the clock goes backwards.
    """
    if record is None:
        when = stated_date(article)
        return start(when) if when is not None and start(when) > now else None
    stated = article.metadata.published
    if stated is None or start(stated) <= now or matches(stated, record.published):
        return None
    return start(stated)


def expired(article: Article, record: Record | None, now: datetime) -> bool:
    """Whether the article is past its `expires`; a day counts to its end.

    What was past it when it left the feeds stays so when the clock goes backwards.
    """
    expires = article.metadata.expires
    latest = max(now, record.left_at) if record is not None and record.left_at else now
    return expires is not None and end(expires) <= latest


def contradiction(article: Article, now: datetime) -> Diagnostic | None:
    """What is impossible about the dates that an article states, None if nothing is."""
    metadata = article.metadata
    published, updated, expires = metadata.published, metadata.updated, metadata.expires
    remedy = "Correct `updated`, or leave it out: feedpub sees by itself what changes."
    if expires and published and end(expires) <= start(published):
        problem, remedy = "says that it expires before it is published", "Correct one of the two."
    elif updated and start(updated) > now:
        problem = "says that it was updated in the future"
    elif updated and published and end(updated) <= start(published):
        problem = "says that it was updated before it was published"
    else:
        return None
    code = "article-dates-contradictory"
    return Diagnostic(code=code, place=article.path, problem=problem, remedy=remedy)


def date_new(
    articles: Sequence[Article],
    records: Iterable[Record],
    updated: TakenTimes,
    now: datetime,
    commits: Mapping[str, CommitDates] = MappingProxyType({}),
) -> Mapping[str, Moments]:
    """Dates articles that were never seen before, by path; of equal ones the later path is newer.

    A day without a time gets the first free second from noon on, or the last free one before `now`
    if noon is still to come. No date at all means the last free second until the first of its
    `commits`, which are those of such articles by path, or just now where there is none.
    """
    published = TakenTimes(record.published for record in records)
    return {
        article.path: _with_updated(article, moment, updated, commits.get(article.path))
        for article, moment in _publication_times(articles, published, now, commits)
    }


def _publication_times(
    articles: Sequence[Article],
    taken: TakenTimes,
    now: datetime,
    commits: Mapping[str, CommitDates],
) -> list[tuple[Article, datetime]]:
    in_order = sorted(articles, key=lambda article: article.path)
    dated: list[tuple[Article, datetime]] = []
    latest: list[tuple[Article, datetime]] = []
    for article in in_order:
        when = stated_date(article)
        if isinstance(when, datetime):
            dated.append((article, taken.take(when)))
        elif when is None:
            commit = commits.get(article.path)
            latest.append((article, commit.first if commit else now))
        elif _noon(when) > now:
            latest.append((article, now))
    for article in in_order:
        when = stated_date(article)
        if isinstance(when, Day) and _noon(when) <= now:
            dated.append((article, taken.first_from(_noon(when))))
    dated += [(article, taken.last_until(moment)) for article, moment in reversed(latest)]
    return sorted(dated, key=lambda pair: (pair[1], pair[0].path))


def stated_date(article: Article) -> datetime | Day | None:
    """The date of publication that the article or the name of its file states."""
    return article.metadata.published or article.day


def _with_updated(
    article: Article, published: datetime, taken: TakenTimes, commit: CommitDates | None
) -> Moments:
    stated = article.metadata.updated
    if stated is None and commit is not None and commit.first < commit.last:
        changed = taken.latest_between(published, commit.last)
        return Moments(published=published, updated=changed)
    updated = max(published, _noon(stated)) if stated is not None else published
    return Moments(published=published, updated=taken.first_from(updated))


def update_record(article: Article, record: Record, updated: TakenTimes, now: datetime) -> Record:
    """The record of an article seen before: its dates move only where the curator moved them.

    `updated` moves where what the curator wrote and what subscribers see have both changed, so that
    neither a newer feedpub nor a new tag does it.
    """
    kept = replace(record, path=article.path, fingerprints=article.fingerprints)
    if article.fingerprints.source == record.fingerprints.source:
        return kept
    published = _corrected_published(article.metadata.published, record, now)
    kept = replace(kept, published=published)
    stated = article.metadata.updated
    if stated is not None:
        if matches(stated, record.updated):
            return kept
        return replace(kept, updated=updated.first_from(max(_noon(stated), published)))
    if article.fingerprints.content != record.fingerprints.content and not article.metadata.minor:
        return replace(kept, updated=updated.latest_between(record.updated, now))
    if record.updated < published:
        return replace(kept, updated=updated.first_from(published))
    return kept


def _corrected_published(stated: datetime | Day | None, record: Record, now: datetime) -> datetime:
    if stated is None or matches(stated, record.published):
        return record.published
    return stated if isinstance(stated, datetime) else min(_noon(stated), max(start(stated), now))


def matches(stated: datetime | Day, moment: datetime) -> bool:
    """Whether `moment` may come of the date `stated`: the same time, or any time of that day in its
    zone, as equal times of several entries were moved apart."""
    if isinstance(stated, Day):
        return moment.astimezone(stated.zone).date() == stated.date
    return stated == moment


def _noon(when: datetime | Day) -> datetime:
    if isinstance(when, datetime):
        return when
    return datetime.combine(when.date, NOON, when.zone).astimezone(UTC)
