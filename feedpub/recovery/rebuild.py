"""A lost ledger rebuilt from the feeds that were built with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from ..adopt.corpus import ArticleCorpus
from ..entries.dating import SECOND, TakenTimes
from ..entries.tag_uri import is_named_after, mint
from ..errors import Diagnostic, LedgerError
from ..formats.ids import uri_of
from ..formats.own_feeds import ShownEntry, ShownTombstone
from ..html import plain_text
from ..ledger.store import append, read_events
from ..model import Article, Entry, FeedRecord, Fingerprints, Record
from ..output.built import BuiltFeed, built_feeds
from ..progress import Progress
from ..settings import LEDGER_FILE, Settings
from ..text.urls import host
from .match_entries import match_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuiltLedger:
    """What a lost ledger held, not written yet.

    `sources` are the paths of the feeds that it comes from. `matched` are the records of entries
    whose article is there, `unmatched` those of the others, withdrawn ones among them.
    `presumed_old` are the records of articles that have no date, and that no feed shows.
    """

    sources: tuple[str, ...]
    matched: tuple[Record, ...]
    unmatched: tuple[Record, ...]
    presumed_old: tuple[Record, ...]
    feeds: tuple[FeedRecord, ...]


def rebuild_ledger(settings: Settings, *, now: datetime, progress: Progress) -> RebuiltLedger:
    """Works out what the lost ledger held.

    Raises LedgerError where there is one, where there is no feed, where an article can't be read,
    since its entry would be lost, and where an entry may be one of several articles.
    """
    _require_no_ledger(settings)
    built = _readable_feeds(settings)
    corpus = ArticleCorpus(settings)
    if corpus.diagnostics:
        raise LedgerError(*corpus.diagnostics)
    entries, tombstones = _entries(built), _tombstones(built)
    pairs = match_entries(entries, corpus, settings, progress)
    free = [each for each in corpus.articles if each.path not in pairs.values()]
    withdrawn = [_withdrawn(each, free) for each in tombstones]
    taken = {*pairs.values(), *(record.path for record in withdrawn)}
    unshown = [each for each in corpus.articles if each.path not in taken]
    return RebuiltLedger(
        sources=tuple(each.path for each in built),
        matched=tuple(
            _matched(each, corpus.by_path[path], corpus, settings)
            for each in entries
            if (path := pairs.get(each.id))
        ),
        unmatched=(*(_departed(each, now) for each in entries if each.id not in pairs), *withdrawn),
        presumed_old=tuple(_presumed_old(unshown, built[0], settings)),
        feeds=tuple(_feed_records(built)),
    )


def write_ledger(settings: Settings, rebuilt: RebuiltLedger, *, now: datetime) -> None:
    """Writes a ledger where there is none; raises LedgerError."""
    entries = (*rebuilt.unmatched, *rebuilt.presumed_old, *rebuilt.matched)
    append(settings.ledger_file, [*entries, *rebuilt.feeds], now)


def _require_no_ledger(settings: Settings) -> None:
    if read_events(settings.ledger_file):
        raise LedgerError(
            Diagnostic(
                code="ledger-exists",
                place=str(LEDGER_FILE),
                problem="is there, and is never overwritten",
                remedy="`feedpub ledger check` says whether it is right.",
            )
        )


def _readable_feeds(settings: Settings) -> list[BuiltFeed]:
    built = [each for each in built_feeds(settings) if each.shown is not None]
    if not built:
        raise LedgerError(
            Diagnostic(
                code="feed-missing",
                place=str(LEDGER_FILE),
                problem="can't be made anew: there is no feed to make it from",
                remedy=f"Put the feeds that were served last into {settings.output_name}/.",
            )
        )
    return built


def _entries(built: Sequence[BuiltFeed]) -> list[ShownEntry]:
    # A format that wants URIs can't carry an id that is none; another says what it was, but may
    # not say when its entry was updated.
    shown = [(each.format, entry) for each in built if each.shown for entry in each.shown.entries]
    guids = {uri_of(entry.id): entry.id for its, entry in shown if not its.ids_are_uris}
    entries: dict[str, ShownEntry] = {}
    for _, entry in shown:
        uri = guids.get(entry.id, entry.id)
        if uri not in entries or entries[uri].updated is None:
            entries[uri] = replace(entry, id=uri)
    return list(entries.values())


def _tombstones(built: Sequence[BuiltFeed]) -> list[ShownTombstone]:
    shown = (each.shown for each in built if each.shown)
    return list({each.id: each for feed in shown for each in feed.tombstones or ()}.values())


def _matched(
    entry: ShownEntry, article: Article, corpus: ArticleCorpus, settings: Settings
) -> Record:
    record = Record(
        id=entry.id,
        path=article.path,
        published=entry.published,
        updated=entry.updated or entry.published,
        fingerprints=article.fingerprints,
    )
    amounts = {article.metadata.content or feed.content for feed in settings.feeds}
    rendered = (corpus.entry(article, record, amount) for amount in amounts)
    if any(_has_same_text(entry, each) for each in rendered):
        return record
    # It was changed since: the next build must see that.
    return replace(record, fingerprints=replace(article.fingerprints, source="", content=""))


def _has_same_text(shown: ShownEntry, rendered: Entry) -> bool:
    contents = (shown.content, rendered.content or escape(rendered.summary))
    before, now = (" ".join(plain_text(each).split()) for each in contents)
    return before == now and shown.title == rendered.title


def _departed(entry: ShownEntry, now: datetime) -> Record:
    return Record(
        id=entry.id,
        path="",
        published=entry.published,
        updated=entry.updated or entry.published,
        fingerprints=Fingerprints(source="", content=""),
        left_at=now,
    )


def _withdrawn(tombstone: ShownTombstone, articles: Iterable[Article]) -> Record:
    named = [each for each in articles if is_named_after(tombstone.id, each.path)]
    article = named[0] if len(named) == 1 else None
    return Record(
        id=tombstone.id,
        path=article.path if article else "",
        published=tombstone.when,
        updated=tombstone.when,
        fingerprints=article.fingerprints if article else Fingerprints(source="", content=""),
        left_at=tombstone.when,
        withdrawn=tombstone.when,
        reason=tombstone.reason,
    )


def _presumed_old(
    articles: Iterable[Article], main: BuiltFeed, settings: Settings
) -> Iterator[Record]:
    """Articles without a date, where the main feed is so full that older ones do not stand in it;
    as new articles they would be its newest."""
    entries = main.shown.entries if main.shown else ()
    if not main.settings.limit or len(entries) < main.settings.limit:
        return
    published = TakenTimes(each.published for each in entries)
    oldest = min(each.published for each in entries)
    ids = {each.id for each in entries}
    for article in sorted(articles, key=lambda each: each.path, reverse=True):
        if article.metadata.published or article.day or article.metadata.draft:
            continue
        moment = published.last_until(oldest - SECOND)
        day = moment.astimezone(settings.site.zone).date()
        uri = article.metadata.id or mint(host(settings.site.url), day, article.path, ids)
        ids.add(uri)
        yield Record(
            id=uri,
            path=article.path,
            published=moment,
            updated=moment,
            fingerprints=article.fingerprints,
        )


def _feed_records(built: Iterable[BuiltFeed]) -> Iterator[FeedRecord]:
    for each in built:
        if each.shown is not None and each.shown.id:
            name = each.settings.ledger_name
            yield FeedRecord(name=name, id=each.shown.id, updated=each.shown.updated)
