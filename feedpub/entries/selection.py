"""What is published to feeds: which entries stand in one, its id, and when it changed last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from ..ledger.store import Ledger
from ..model import Article, Channel, Entry, Feed, FeedRecord, Record, Tombstone
from ..settings import FeedSettings, Settings, Site
from ..text.urls import host
from .decision import Decision, Published
from .tag_uri import tag


def select_entries(published: Iterable[Published], feed: FeedSettings) -> tuple[Published, ...]:
    """Those that stand in `feed`, newest first."""
    matching = tuple(each for each in published if _belongs(each.article, feed))
    return matching[: feed.limit] if feed.limit else matching


def _belongs(article: Article, feed: FeedSettings) -> bool:
    tags = {tag.casefold() for tag in article.metadata.tags or ()}
    return not feed.tags or not feed.tags.isdisjoint(tags)


def _missed(
    feed: FeedSettings, entries: Sequence[Published], decision: Decision
) -> tuple[Record, ...]:
    """Those that left the feeds and would still stand in `feed`, which has `entries`; of a file
    that is gone nobody knows the tags any more."""
    oldest = entries[-1].record.published if entries and feed.limit == len(entries) else None
    return tuple(
        record
        for record in decision.departed
        if (oldest is None or record.published >= oldest)
        and (
            record.id not in decision.departed_articles
            or _belongs(decision.departed_articles[record.id], feed)
        )
    )


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
    name = feed.ledger_name
    old = ledger.feeds.get(name)
    moments = [each.record.updated for each in entries]
    if old is not None:
        moments.append(old.updated)
        moments += [each.left_at for each in _missed(feed, entries, decision) if each.left_at]
        if any(_was_away(ledger.entries.get(each.record.id)) for each in entries):
            moments.append(ledger.next_timestamp(now))
    day = now.astimezone(site.zone).date()
    return FeedRecord(
        name=name,
        id=old.id if old else f"{tag(host(site.url), day)}:feed/{name}",
        updated=max(moments, default=now),
    )


def _was_away(record: Record | None) -> bool:
    return record is not None and record.left_at is not None


def tombstones(
    feed: FeedSettings, entries: Sequence[Published], decision: Decision
) -> tuple[Tombstone, ...]:
    """Those of entries that would still stand in `feed` if they had not been withdrawn, newest
    first; `entries` are those that do."""
    buried = [
        Tombstone(id=record.id, when=record.withdrawn, reason=record.reason)
        for record in _missed(feed, entries, decision)
        if record.withdrawn
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
