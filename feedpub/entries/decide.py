"""Articles and the ledger to what is published: which entries, with which ids and dates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ..errors import Diagnostic
from ..ledger.store import Ledger
from ..model import Article, Record
from ..settings import Site
from ..text.urls import host
from .dating import TakenTimes, contradiction, date_new, due, expired, redate
from .decision import Decision, HeldBack, Published, Renamed
from .identity import mint, recognise


def decide(
    articles: Sequence[Article],
    ledger: Ledger,
    *,
    paths: Collection[str],
    site: Site,
    now: datetime,
) -> Decision:
    """Decides which articles are published, and their ids and dates, once; `paths` are all article
    files, those that could not be read too."""
    found = recognise(articles, ledger.entries, paths)
    faults = (*found.faults, *_contradictions(articles, found.known, now))
    refused = {fault.place for fault in faults}
    withdrawn = {path for path, record in found.known.items() if record.withdrawn}
    held, over, ready = _sorted_out(
        [each for each in articles if each.path not in refused | withdrawn], found.known, now
    )
    calendar = TakenTimes(record.updated for record in ledger.entries.values())
    known = [
        Published(article=article, record=_returned(article, record, calendar, now))
        for article in ready
        if (record := found.known.get(article.path))
    ]
    new = [article for article in ready if article.path not in found.known]
    published = sorted((*known, *_newcomers(new, ledger, calendar, site, now)), key=_newest_first)
    staying = {each.record.id for each in published}
    left = _leavers(ledger, found.known, paths, staying, ledger.next_timestamp(now))
    return Decision(
        published=tuple(published),
        known=found.known,
        new=tuple(each.path for each in new),
        changed=tuple(_changed(known, found.known)),
        renamed=tuple(_renamed(found.known)),
        held_back=tuple(held),
        expired=tuple(over),
        withdrawn=tuple(sorted(withdrawn)),
        gone=tuple(_newly_gone(left, ledger, paths)),
        departed=tuple(left),
        departed_articles=_away(articles, found.known, staying),
        faults=faults,
    )


def _contradictions(
    articles: Iterable[Article], known: Mapping[str, Record], now: datetime
) -> Iterator[Diagnostic]:
    for article in articles:
        record = known.get(article.path)
        # What was published once is no matter of the future, though the clock went backwards.
        latest = max(now, record.updated) if record else now
        if fault := contradiction(article, latest):
            yield fault


def _sorted_out(
    articles: Iterable[Article], known: Mapping[str, Record], now: datetime
) -> tuple[list[HeldBack], list[str], list[Article]]:
    held, over, ready = [], [], []
    for article in articles:
        until = due(article, known.get(article.path), now)
        if article.metadata.draft:
            held.append(HeldBack(path=article.path))
        elif until is not None:
            held.append(HeldBack(path=article.path, until=until))
        elif expired(article, known.get(article.path), now):
            over.append(article.path)
        else:
            ready.append(article)
    return held, over, ready


def _returned(article: Article, record: Record, calendar: TakenTimes, now: datetime) -> Record:
    return replace(redate(article, record, calendar, now), left_at=None, file_gone_at=None)


def _newcomers(
    articles: Sequence[Article], ledger: Ledger, calendar: TakenTimes, site: Site, now: datetime
) -> list[Published]:
    taken = {*ledger.entries, *(feed.id for feed in ledger.feeds.values())}
    taken |= {article.metadata.id for article in articles if article.metadata.id}
    moments = date_new(articles, ledger.entries.values(), calendar, now)
    newcomers = []
    for article in articles:
        moment = moments[article.path]
        uri = article.metadata.id
        if uri is None:
            day = moment.published if moment.published.year >= 1990 else now
            uri = mint(host(site.url), day.astimezone(site.zone).date(), article.path, taken)
            taken.add(uri)
        record = Record(
            id=uri,
            path=article.path,
            published=moment.published,
            updated=moment.updated,
            fingerprints=article.fingerprints,
        )
        newcomers.append(Published(article=article, record=record))
    return newcomers


def _leavers(
    ledger: Ledger,
    known: Mapping[str, Record],
    paths: Collection[str],
    staying: Collection[str],
    at: datetime,
) -> list[Record]:
    here = {record.id: path for path, record in known.items()}
    # A file that can't be read may be that of the entry still.
    unsure = set(paths) - known.keys()
    return [
        replace(
            record,
            path=here.get(record.id, record.path),
            left_at=record.left_at or at,
            file_gone_at=None if record.id in here else _gone(record, unsure, at),
        )
        for record in ledger.entries.values()
        if record.id not in staying
    ]


def _changed(published: Iterable[Published], known: Mapping[str, Record]) -> Iterator[str]:
    for each in published:
        path = each.article.path
        if each.record.fingerprints.source != known[path].fingerprints.source:
            yield path


def _renamed(known: Mapping[str, Record]) -> Iterator[Renamed]:
    for path, record in sorted(known.items()):
        if record.path != path:
            yield Renamed(old=record.path, new=path)


def _newly_gone(left: Iterable[Record], ledger: Ledger, paths: Collection[str]) -> Iterator[str]:
    for record in left:
        if record.path not in paths and ledger.entries[record.id].left_at is None:
            yield record.path


def _away(
    articles: Iterable[Article], known: Mapping[str, Record], staying: Collection[str]
) -> dict[str, Article]:
    return {
        record.id: article
        for article in articles
        if (record := known.get(article.path)) and record.id not in staying
    }


def _gone(record: Record, unsure: Collection[str], at: datetime) -> datetime | None:
    return record.file_gone_at or (at if record.path and record.path not in unsure else None)


def _newest_first(each: Published) -> tuple[float, str]:
    return -each.record.published.timestamp(), each.record.id
