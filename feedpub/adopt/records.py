"""Matches to records of the ledger: the ids and dates of the old feed, and what they replace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..entries.dating import Moments, TakenTimes, date_new
from ..formats.ids import is_uri
from ..ledger.store import Ledger
from ..model import FeedRecord, Fingerprints, Record
from ..settings import MAIN
from .match import Match
from .old_feed import OldFeed


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedRecord:
    """The record of an article whose entry is adopted.

    `replaced` is the record with another id that the article had, None if there was none.
    `is_new` tells whether the ledger lacks `record` as it is.
    """

    record: Record
    replaced: Record | None
    is_new: bool


def adopted_records(
    matches: Sequence[Match], ledger: Ledger, known: Mapping[str, Record], *, now: datetime
) -> tuple[AdoptedRecord, ...]:
    """The records of `matches`, in their order; `known` are those that the ledger has, by path.

    An entry without a date gets that which its article has, or `now`.
    """
    undated = [each.article for each in matches if each.entry.published is None]
    calendar = TakenTimes(record.updated for record in ledger.entries.values())
    moments = date_new(undated, ledger.entries.values(), calendar, now)
    return tuple(
        _adopted(
            each,
            same=ledger.entries.get(each.entry.id),
            known=known.get(each.article.path),
            moments=moments.get(each.article.path),
        )
        for each in matches
    )


def _adopted(
    match: Match, *, same: Record | None, known: Record | None, moments: Moments | None
) -> AdoptedRecord:
    if same is not None and same == known:
        record = _with_dates(same, match)
        return AdoptedRecord(record=record, replaced=None, is_new=record != same)
    entry = match.entry
    published = entry.published or _first_seen(known, moments)
    record = Record(
        id=entry.id,
        path=match.article.path,
        published=published,
        updated=entry.updated or published,
        fingerprints=match.article.fingerprints,
    )
    if known is not None and known.withdrawn is not None:
        # Another id does not bring back what was withdrawn for good.
        record = replace(
            record, left_at=known.left_at, withdrawn=known.withdrawn, reason=known.reason
        )
    return AdoptedRecord(record=record, replaced=known, is_new=True)


def _first_seen(known: Record | None, moments: Moments | None) -> datetime:
    if known is not None:
        return known.published
    if moments is None:
        raise AssertionError("an entry without a date has been given one")
    return moments.published


def _with_dates(record: Record, match: Match) -> Record:
    """The record of an article that has this id already, with the dates of the old feed, unless the
    article was edited since."""
    published, updated = match.entry.published, match.entry.updated
    if published is None or updated is None:
        return record
    if published == record.published and updated <= record.updated:
        return record
    return replace(
        record,
        published=published,
        updated=updated,
        path=match.article.path,
        fingerprints=match.article.fingerprints,
    )


def ledger_events(
    adopted: Iterable[AdoptedRecord], feed: OldFeed, ledger: Ledger, *, now: datetime
) -> Iterator[Record | FeedRecord]:
    """What an adoption appends to `ledger`: retired records, new ones, and that of the feed."""
    for each in adopted:
        if each.replaced is not None:
            yield _retired(each.replaced, now)
        if each.is_new:
            yield each.record
    record = _feed_record(feed, ledger.feeds.get(MAIN), now)
    if record is not None:
        yield record


def _retired(record: Record, now: datetime) -> Record:
    # Without a path and digests, no article is ever taken for it.
    nothing = Fingerprints(source="", content="")
    return replace(record, path="", fingerprints=nothing, left_at=record.left_at or now)


def _feed_record(feed: OldFeed, known: FeedRecord | None, now: datetime) -> FeedRecord | None:
    if not is_uri(feed.id) or (known is not None and known.id == feed.id):
        return None
    moments = [feed.updated, known.updated if known else None]
    updated = max((moment for moment in moments if moment is not None), default=now)
    return FeedRecord(name=MAIN, id=feed.id, updated=updated)
