"""Articles and the ledger to what is published: which entries, with which ids and dates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from ..articles.git_dates import CommitDates
from ..errors import Diagnostic
from ..ledger.store import Ledger
from ..model import Article, Record
from ..settings import Site
from ..text.urls import host
from .dating import Moments, TakenTimes, contradiction, date_new, due, expired, update_record
from .decision import Decision, HeldBack, Published, Renamed
from .identity import match_records
from .links import link_entries
from .tag_uri import mint

FIRST_YEAR_OF_IDS = 1990
"""RFC 4151 §2.1: who mints an id held its domain on the day that the id names. Nobody did for a web
site before there was a web; the day of the build takes the place of earlier ones."""


def decide(
    articles: Sequence[Article],
    ledger: Ledger,
    *,
    paths: Collection[str],
    site: Site,
    now: datetime,
    link_pattern: str = "",
    commits: Mapping[str, CommitDates] = MappingProxyType({}),
) -> Decision:
    """Decides which articles are published, and their ids, dates and links, once.

    `paths` are all article files, those that could not be read too. `commits` are those of articles
    without a date, by path; `link_pattern` is in the normal form.
    """
    matched = match_records(articles, ledger.entries, paths)
    known = matched.known
    diagnostics = (*matched.diagnostics, *_contradictions(articles, known, now))
    refused = {each.place for each in diagnostics}
    withdrawn = {path for path, record in known.items() if record.withdrawn}
    candidates = [each for each in articles if each.path not in refused | withdrawn]
    held_back, over, publishable = _sort_out(candidates, known, now)
    updated = TakenTimes(record.updated for record in ledger.entries.values())
    old = [
        Published(article=article, record=_current_record(article, record, updated, now))
        for article in publishable
        if (record := known.get(article.path))
    ]
    new = [article for article in publishable if article.path not in known]
    dates = date_new(new, ledger.entries.values(), updated, now, commits)
    linked = link_entries(
        (*old, *_new_entries(new, dates, ledger, site, now)),
        known,
        link_pattern,
        site.zone,
    )
    published = sorted(linked.published, key=_newest_first)
    published_ids = {each.record.id for each in published}
    departed = _departed(ledger, known, paths, published_ids, ledger.next_timestamp(now))
    return Decision(
        published=tuple(published),
        known=known,
        new=tuple(each.article.path for each in linked.published if each.article.path not in known),
        changed=tuple(_changed(linked.published, known)),
        renamed=tuple(_renamed(known)),
        held_back=tuple(held_back),
        expired=tuple(over),
        withdrawn=tuple(sorted(withdrawn)),
        gone=tuple(_newly_gone(departed, ledger, paths)),
        departed=tuple(departed),
        departed_articles=_departed_articles(articles, known, published_ids),
        diagnostics=(*diagnostics, *linked.diagnostics),
    )


def _contradictions(
    articles: Iterable[Article], known: Mapping[str, Record], now: datetime
) -> Iterator[Diagnostic]:
    for article in articles:
        record = known.get(article.path)
        # What was published once is no matter of the future, though the clock went backwards.
        latest = max(now, record.updated) if record else now
        if diagnostic := contradiction(article, latest):
            yield diagnostic


def _sort_out(
    articles: Iterable[Article], known: Mapping[str, Record], now: datetime
) -> tuple[list[HeldBack], list[str], list[Article]]:
    """Those that are held back, the paths of those that are expired, and those to publish."""
    held_back, over, publishable = [], [], []
    for article in articles:
        record = known.get(article.path)
        until = due(article, record, now)
        if article.metadata.draft:
            held_back.append(HeldBack(path=article.path))
        elif until is not None:
            held_back.append(HeldBack(path=article.path, until=until))
        elif expired(article, record, now):
            over.append(article.path)
        else:
            publishable.append(article)
    return held_back, over, publishable


def _current_record(article: Article, record: Record, updated: TakenTimes, now: datetime) -> Record:
    return replace(update_record(article, record, updated, now), left_at=None, file_gone_at=None)


def _new_entries(
    articles: Sequence[Article],
    dates: Mapping[str, Moments],
    ledger: Ledger,
    site: Site,
    now: datetime,
) -> Iterator[Published]:
    taken = {*ledger.entries, *(feed.id for feed in ledger.feeds.values())}
    taken |= {article.metadata.id for article in articles if article.metadata.id}
    for article in articles:
        moments = dates[article.path]
        uri = article.metadata.id or _minted(article, moments, site, taken, now)
        taken.add(uri)
        record = Record(
            id=uri,
            path=article.path,
            published=moments.published,
            updated=moments.updated,
            fingerprints=article.fingerprints,
        )
        yield Published(article=article, record=record)


def _minted(
    article: Article, moments: Moments, site: Site, taken: Collection[str], now: datetime
) -> str:
    day = moments.published if moments.published.year >= FIRST_YEAR_OF_IDS else now
    return mint(host(site.url), day.astimezone(site.zone).date(), article.path, taken)


def _departed(
    ledger: Ledger,
    known: Mapping[str, Record],
    paths: Collection[str],
    published_ids: Collection[str],
    at: datetime,
) -> list[Record]:
    present = {record.id: path for path, record in known.items()}
    # A file that can't be read may be that of the entry still.
    unsure = set(paths) - known.keys()
    return [
        replace(
            record,
            path=present.get(record.id, record.path),
            left_at=record.left_at or at,
            file_gone_at=None if record.id in present else _gone_at(record, unsure, at),
        )
        for record in ledger.entries.values()
        if record.id not in published_ids
    ]


def _gone_at(record: Record, unsure: Collection[str], at: datetime) -> datetime | None:
    return record.file_gone_at or (at if record.path and record.path not in unsure else None)


def _changed(published: Iterable[Published], known: Mapping[str, Record]) -> Iterator[str]:
    for each in published:
        record = known.get(each.article.path)
        if record and each.record.fingerprints.source != record.fingerprints.source:
            yield each.article.path


def _renamed(known: Mapping[str, Record]) -> Iterator[Renamed]:
    for path, record in sorted(known.items()):
        if record.path != path:
            yield Renamed(old=record.path, new=path)


def _newly_gone(
    departed: Iterable[Record], ledger: Ledger, paths: Collection[str]
) -> Iterator[str]:
    for record in departed:
        if record.path not in paths and ledger.entries[record.id].left_at is None:
            yield record.path


def _departed_articles(
    articles: Iterable[Article], known: Mapping[str, Record], published_ids: Collection[str]
) -> dict[str, Article]:
    return {
        record.id: article
        for article in articles
        if (record := known.get(article.path)) and record.id not in published_ids
    }


def _newest_first(each: Published) -> tuple[float, str]:
    return -each.record.published.timestamp(), each.record.id
