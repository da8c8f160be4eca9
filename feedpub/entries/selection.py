"""What is published to feeds: which entries stand in one, its id, and when it changed last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..ledger.store import Ledger
from ..model import Article, Channel, Entry, Feed, FeedRecord, Record, Tombstone
from ..settings import FeedSettings, Settings, Site
from ..text.urls import host
from .decision import Decision, Published
from .tag_uri import tag


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSelection:
    """What stands in one feed: its `members`, and the `tombstones` of entries that would be among
    them if they had not been withdrawn, both newest first."""

    settings: FeedSettings
    record: FeedRecord
    members: tuple[Published, ...]
    tombstones: tuple[Tombstone, ...] = ()


def select_feed(
    feed: FeedSettings, decision: Decision, ledger: Ledger, settings: Settings, *, now: datetime
) -> FeedSelection:
    """Chooses the members of `feed` and dates it; config.toml may want no tombstones."""
    members = _members(decision.published, feed)
    departed = _departed_members(feed, members, decision)
    return FeedSelection(
        settings=feed,
        record=_feed_record(feed, members, departed, ledger, site=settings.site, now=now),
        members=members,
        tombstones=_tombstones(departed) if settings.tombstones else (),
    )


def _members(published: Iterable[Published], feed: FeedSettings) -> tuple[Published, ...]:
    matching = tuple(each for each in published if _has_tag_of(feed, each.article))
    return matching[: feed.limit] if feed.limit else matching


def _has_tag_of(feed: FeedSettings, article: Article) -> bool:
    tags = {tag.casefold() for tag in article.metadata.tags or ()}
    return not feed.tags or not feed.tags.isdisjoint(tags)


def _departed_members(
    feed: FeedSettings, members: Sequence[Published], decision: Decision
) -> tuple[Record, ...]:
    """The records of entries that have left the feeds and would still stand in `feed`; of a file
    that is gone nobody knows the tags any more."""
    oldest = members[-1].record.published if members and feed.limit == len(members) else None
    return tuple(
        record
        for record in decision.departed
        if (oldest is None or record.published >= oldest)
        and (
            record.id not in decision.departed_articles
            or _has_tag_of(feed, decision.departed_articles[record.id])
        )
    )


def _feed_record(
    feed: FeedSettings,
    members: Sequence[Published],
    departed: Iterable[Record],
    ledger: Ledger,
    *,
    site: Site,
    now: datetime,
) -> FeedRecord:
    """The id of a feed, minted once, and the time of its newest change, which never goes back: an
    entry that is new or changed, one that left, or one that came back."""
    name = feed.ledger_name
    old = ledger.feeds.get(name)
    moments = [each.record.updated for each in members]
    if old is not None:
        moments.append(old.updated)
        moments += [each.left_at for each in departed if each.left_at]
        if any(_had_left(ledger.entries.get(each.record.id)) for each in members):
            moments.append(ledger.next_timestamp(now))
    day = now.astimezone(site.zone).date()
    return FeedRecord(
        name=name,
        id=old.id if old else f"{tag(host(site.url), day)}:feed/{name}",
        updated=max(moments, default=now),
    )


def _had_left(record: Record | None) -> bool:
    return record is not None and record.left_at is not None


def _tombstones(departed: Iterable[Record]) -> tuple[Tombstone, ...]:
    tombstones = [
        Tombstone(id=record.id, when=record.withdrawn, reason=record.reason)
        for record in departed
        if record.withdrawn
    ]
    return tuple(sorted(tombstones, key=lambda each: (each.when, each.id), reverse=True))


def compose_feed(selection: FeedSelection, entries: Iterable[Entry], settings: Settings) -> Feed:
    """The feed of `selection`, whose members are rendered as `entries`, in their order."""
    feed, record, site = selection.settings, selection.record, settings.site
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
    return Feed(channel=channel, entries=tuple(entries), tombstones=selection.tombstones)
