"""The first trip: articles to documents in the output folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from .articles.folder import ArticleFile, find_articles
from .articles.read import Reader
from .entries.decide import decide
from .entries.decision import Decision, Published
from .entries.render import compose_entry
from .entries.selection import compose_feed, feed_record, select_entries, tombstones
from .errors import ArticleError, Diagnostic, LedgerError
from .formats import FORMATS, outputs
from .ledger.store import Ledger, append, read_ledger
from .model import Amount, Article, Document, Entry, Feed, FeedRecord, Record
from .output.built import orphaned
from .output.write import Written, compare_documents, write_documents
from .progress import Progress, unwatched
from .settings import LEDGER_FILE, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Everything that a build is going to do, and nothing done yet; `at` is the moment that the
    ledger is going to name."""

    at: datetime
    documents: tuple[Document, ...]
    events: tuple[Record | FeedRecord, ...]
    articles: tuple[Article, ...]
    decision: Decision
    feeds: tuple[Feed, ...]
    faults: tuple[Diagnostic, ...]
    remarks: tuple[Diagnostic, ...]


def prepare(settings: Settings, *, now: datetime, progress: Progress = unwatched) -> Prepared:
    """Reads the articles and decides what is published at `now`; raises ConfigError and
    LedgerError. An article that can't be published is one of the `faults`."""
    files, unusable = find_articles(settings.articles)
    ledger = read_ledger(settings.ledger_file)
    _refuse_without_ledger(settings, ledger)
    reader = Reader(settings)
    articles, faulty = _read(reader, files, progress)
    paths = {file.path for file in files}
    decision = decide(articles, ledger, paths=paths, site=settings.site, now=now)
    renderer = _EntryRenderer(settings, reader, files)
    feeds, records = _feeds(settings, decision, ledger, renderer, now)
    return Prepared(
        at=ledger.next_timestamp(now),
        documents=tuple(_documents(settings, feeds)),
        events=tuple(_events(decision, records, ledger)),
        articles=tuple(articles),
        decision=decision,
        feeds=feeds,
        faults=(*unusable, *faulty, *decision.diagnostics, *renderer.faults),
        remarks=(
            *_unsaid(settings),
            *orphaned(settings, ledger),
            *_remarks(articles),
            *reader.unused_tables(),
        ),
    )


def write(settings: Settings, prepared: Prepared) -> Written:
    """The ledger first, then the documents whose bytes differ; raises LedgerError, OutputError."""
    append(settings.ledger_file, prepared.events, prepared.at)
    return write_documents(settings.output, prepared.documents)


def foresee(settings: Settings, prepared: Prepared) -> Written:
    """What `write` would write."""
    return compare_documents(settings.output, prepared.documents)


def _read(
    reader: Reader, files: Sequence[ArticleFile], progress: Progress
) -> tuple[list[Article], list[Diagnostic]]:
    articles: list[Article] = []
    faults: list[Diagnostic] = []
    for number, file in enumerate(files, 1):
        try:
            articles.append(reader.article(file))
        except ArticleError as error:
            faults.extend(error.diagnostics)
        progress(number, len(files))
    return articles, faults


class _EntryRenderer:
    """Composes entries, each once for each amount; what can't be read again is a fault."""

    def __init__(self, settings: Settings, reader: Reader, files: Sequence[ArticleFile]) -> None:
        self.faults: list[Diagnostic] = []
        self._settings = settings
        self._reader = reader
        self._files = {file.path: file for file in files}
        self._entries: dict[tuple[str, Amount], Entry] = {}

    def entry(self, each: Published, amount: Amount) -> Entry | None:
        key = each.record.id, amount
        if key not in self._entries:
            try:
                self._entries[key] = self._compose(each, amount)
            except ArticleError as error:
                self.faults.extend(error.diagnostics)
        return self._entries.get(key)

    def _compose(self, each: Published, amount: Amount) -> Entry:
        markup = self._reader.markup(self._files[each.article.path])
        site = self._settings.site
        return compose_entry(each.article, each.record, markup, site=site, amount=amount)


def _feeds(
    settings: Settings, decision: Decision, ledger: Ledger, renderer: _EntryRenderer, now: datetime
) -> tuple[tuple[Feed, ...], list[FeedRecord]]:
    feeds, records = [], []
    for feed in settings.feeds:
        members = select_entries(decision.published, feed)
        record = feed_record(feed, members, decision, ledger, site=settings.site, now=now)
        entries = [e for each in members if (e := renderer.entry(each, feed.content)) is not None]
        graves = tombstones(feed, members, decision)
        feeds.append(compose_feed(feed, record, entries, graves, settings))
        records.append(record)
    return tuple(feeds), records


def _documents(settings: Settings, feeds: Sequence[Feed]) -> Iterator[Document]:
    for feed, said in zip(feeds, settings.feeds, strict=True):
        for output in outputs(said, settings):
            yield FORMATS[output.format].render(feed, output)


def _events(
    decision: Decision, records: Sequence[FeedRecord], ledger: Ledger
) -> Iterator[Record | FeedRecord]:
    for record in (*(each.record for each in decision.published), *decision.departed):
        if ledger.entries.get(record.id) != record:
            yield record
    for feed in records:
        if ledger.feeds.get(feed.name) != feed:
            yield feed


def _unsaid(settings: Settings) -> Iterator[Diagnostic]:
    if not settings.site.language:
        yield Diagnostic(
            place=settings.file.name,
            problem="does not say in which language the articles are, and readers want to know",
            remedy='Write language = "en" or the like under [site].',
        )


def _remarks(articles: Sequence[Article]) -> Iterator[Diagnostic]:
    for article in articles:
        for remark in article.remarks:
            yield Diagnostic(place=article.path, problem=remark)


def _refuse_without_ledger(settings: Settings, ledger: Ledger) -> None:
    # Every article would be new again, and readers would be flooded.
    main = outputs(settings.feeds[0], settings)
    built = any((settings.output / output.path).is_file() for output in main)
    if built and not ledger.entries and not ledger.feeds:
        raise LedgerError(
            Diagnostic(
                place=str(LEDGER_FILE),
                problem="is not there, though feeds were built before, and their ids are in it",
                remedy="Restore it from git, a backup or the host (`feedpub pull`), or make it "
                f"anew from {settings.output_name}/ with `feedpub ledger rebuild`. If nobody reads "
                "these feeds, delete them.",
            )
        )
