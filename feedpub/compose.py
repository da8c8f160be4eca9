"""Articles and the ledger to what is published: which entries, with which ids and dates, in which
feed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from .errors import Fault
from .identity import mint, recognise, tag
from .ledger import Ledger
from .model import (
    Article,
    Channel,
    Entry,
    Feed,
    FeedRecord,
    FeedSettings,
    Record,
    Settings,
    Site,
    Tombstone,
)
from .timeline import Calendar, contradiction, date_new, due, expired, redate
from .urls import host


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An article that stands in feeds, and its record."""

    article: Article
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """An article that is not published yet: a draft where `until` is None."""

    path: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """An article whose file was renamed or moved."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is published, and what has become of every article; all but `published` are paths."""

    published: tuple[Published, ...] = ()
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    expired: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    left: tuple[Record, ...] = ()
    faults: tuple[Fault, ...] = ()


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
    calendar = Calendar(record.updated for record in ledger.entries.values())
    known = [
        Published(article=article, record=_returned(article, record, calendar, now))
        for article in ready
        if (record := found.known.get(article.path))
    ]
    new = [article for article in ready if article.path not in found.known]
    fresh = _newcomers(new, ledger, calendar, site, now)
    published = sorted((*known, *fresh), key=_newest_first)
    staying = {each.record.id for each in published}
    left = _leavers(ledger.entries.values(), found.known, staying, ledger.moment(now))
    return Decision(
        published=tuple(published),
        new=tuple(each.path for each in new),
        changed=tuple(
            each.article.path
            for each in known
            if each.record.digests.source != found.known[each.article.path].digests.source
        ),
        renamed=tuple(
            Renamed(old=record.path, new=path)
            for path, record in sorted(found.known.items())
            if record.path != path
        ),
        held_back=tuple(held),
        expired=tuple(over),
        withdrawn=tuple(sorted(withdrawn)),
        gone=tuple(
            each.path
            for each in left
            if each.path not in paths and ledger.entries[each.id].left is None
        ),
        left=tuple(left),
        faults=faults,
    )


def _contradictions(
    articles: Iterable[Article], known: Mapping[str, Record], now: datetime
) -> Iterator[Fault]:
    for article in articles:
        record = known.get(article.path)
        # What was published once is no matter of the future, though the clock went backwards.
        latest = max(now, record.updated) if record else now
        if problem := contradiction(article.metadata, latest):
            remedy = "Correct `updated`, or leave it out: feedpub sees by itself what changes."
            yield Fault(place=article.path, problem=problem, remedy=remedy)


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


def _returned(article: Article, record: Record, calendar: Calendar, now: datetime) -> Record:
    return replace(redate(article, record, calendar, now), left=None)


def _newcomers(
    articles: Sequence[Article], ledger: Ledger, calendar: Calendar, site: Site, now: datetime
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
            digests=article.digests,
        )
        newcomers.append(Published(article=article, record=record))
    return newcomers


def _leavers(
    records: Iterable[Record], known: Mapping[str, Record], staying: Collection[str], at: datetime
) -> list[Record]:
    paths = {record.id: path for path, record in known.items()}
    return [
        replace(record, path=paths.get(record.id, record.path), left=record.left or at)
        for record in records
        if record.id not in staying
    ]


def _newest_first(each: Published) -> tuple[float, str]:
    return -each.record.published.timestamp(), each.record.id


def chosen(published: Iterable[Published], feed: FeedSettings) -> tuple[Published, ...]:
    """Those that stand in `feed`, newest first."""
    matching = tuple(
        each
        for each in published
        if not feed.tags
        or feed.tags.intersection(tag.casefold() for tag in each.article.metadata.tags or ())
    )
    return matching[: feed.limit] if feed.limit else matching


def feed_record(
    feed: FeedSettings,
    entries: Sequence[Published],
    decision: Decision,
    ledger: Ledger,
    *,
    site: Site,
    now: datetime,
) -> FeedRecord:
    """The id of a feed, minted once, and the time of its newest change, which never goes back: an
    entry that is new or changed, one that left, or one that came back."""
    name = feed.name or "main"
    old = ledger.feeds.get(name)
    moments = [each.record.updated for each in entries]
    if old is not None:
        moments.append(old.updated)
        oldest = entries[-1].record.published if entries and feed.limit == len(entries) else None
        moments += [
            record.left
            for record in decision.left
            if record.left and (oldest is None or record.published >= oldest)
        ]
        if any(_was_away(ledger.entries.get(each.record.id)) for each in entries):
            moments.append(ledger.moment(now))
    day = now.astimezone(site.zone).date()
    return FeedRecord(
        name=name,
        id=old.id if old else f"{tag(host(site.url), day)}:feed/{name}",
        updated=max(moments, default=now),
    )


def _was_away(record: Record | None) -> bool:
    return record is not None and record.left is not None


def tombstones(
    feed: FeedSettings, entries: Sequence[Published], decision: Decision
) -> tuple[Tombstone, ...]:
    """Those of entries that would still stand in `feed` if they had not been withdrawn, newest
    first; `entries` are those that do."""
    oldest = entries[-1].record.published if entries and feed.limit == len(entries) else None
    buried = [
        Tombstone(id=record.id, when=record.withdrawn, reason=record.reason)
        for record in decision.left
        if record.withdrawn and (oldest is None or record.published >= oldest)
    ]
    return tuple(sorted(buried, key=lambda each: (each.when, each.id), reverse=True))


def compose_feed(
    feed: FeedSettings,
    record: FeedRecord,
    entries: Iterable[Entry],
    graves: tuple[Tombstone, ...],
    settings: Settings,
) -> Feed:
    """The channel of `feed`, its entries, which are in order, and the tombstones of others."""
    site = settings.site
    channel = Channel(
        id=record.id,
        title=feed.title,
        link=site.url,
        updated=record.updated,
        subtitle=feed.description,
        authors=site.authors,
        language=site.language,
        rights=site.rights,
        logo=site.logo,
        icon=site.icon,
        hubs=settings.hubs,
    )
    shown = graves if settings.tombstones else ()
    return Feed(channel=channel, entries=tuple(entries), tombstones=shown)
