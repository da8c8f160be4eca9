"""One adoption: first the plan, which changes nothing, then what it writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..articles.folder import ArticleFile
from ..articles.read import Reader
from ..entries.identity import match_records
from ..errors import ArticleError, Diagnostic
from ..ledger.store import Ledger, append, read_ledger
from ..model import FeedRecord, Kind, Record
from ..progress import Progress
from ..settings import Settings
from .article_file import imported_article, write_article
from .corpus import ArticleCorpus
from .left_out import left_out_articles, left_out_notes
from .match import Certainty, Match, Matching, find_matches
from .notes import adoption_notes
from .old_feed import OldEntry, OldFeed
from .records import AdoptedRecord, adopted_records, ledger_events


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionPlan:
    """Which entry of `feed` is which article, and what the ledger gets of it; nothing is written.

    `adopted` are the records of the matches, in their order. `importable` are the entries without
    an article that were not withdrawn here, but those whose article is merely left out. `events` is
    what `ledger` gets. `diagnostics` has an error for each article that can't be read, warnings and
    notes.
    """

    feed: OldFeed
    matching: Matching
    adopted: tuple[AdoptedRecord, ...]
    importable: tuple[OldEntry, ...]
    events: tuple[Record | FeedRecord, ...]
    ledger: Ledger
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionResult:
    """What was written: how many lines of the ledger, and the article files of which paths.

    `diagnostics` has an error for each entry that could not be made an article.
    """

    lines: int
    imported: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def plan_adoption(
    settings: Settings, feed: OldFeed, *, now: datetime, progress: Progress
) -> AdoptionPlan:
    """Matches `feed` to the articles; raises ConfigError and LedgerError."""
    ledger = read_ledger(settings.ledger_file)
    corpus = ArticleCorpus(settings)
    matched = match_records(corpus.articles, ledger.entries, corpus.paths)
    left = _left(ledger, matched.known)
    matching = find_matches(
        [entry for entry in feed.entries if entry.id not in left],
        corpus.with_texts(progress, matched.known),
        zone=settings.site.zone,
    )
    left_out = left_out_articles(matching.without_article, corpus.unreadable)
    adopted = adopted_records(matching.matches, ledger, matched.known, now=now)
    out = left | _withdrawn(adopted)
    return AdoptionPlan(
        feed=feed,
        matching=matching,
        adopted=adopted,
        importable=tuple(
            entry
            for entry in matching.without_article
            if entry.id not in ledger.entries and entry.id not in left_out
        ),
        events=tuple(ledger_events(adopted, feed, ledger, now=now)),
        ledger=ledger,
        diagnostics=(
            *corpus.diagnostics,
            *matched.diagnostics,
            *feed.diagnostics,
            *left_out_notes(matching.without_article, left_out),
            *adoption_notes(feed, matching, adopted, out, settings),
        ),
    )


def _left(ledger: Ledger, known: Mapping[str, Record]) -> set[str]:
    """The ids of entries that have left the feeds here, and that no article is."""
    held = {record.id for record in known.values()}
    # What an adoption has replaced has no path, and may be adopted again.
    return {
        record.id
        for record in ledger.entries.values()
        if record.left_at is not None and record.path and record.id not in held
    }


def _withdrawn(adopted: Iterable[AdoptedRecord]) -> set[str]:
    return {each.record.id for each in adopted if each.record.withdrawn is not None}


def write_adoption(
    settings: Settings, plan: AdoptionPlan, imports: Sequence[OldEntry], *, now: datetime
) -> AdoptionResult:
    """Makes article files of `imports`, then writes all ids and dates into the ledger at once.

    Raises LedgerError and OutputError.
    """
    imported, diagnostics = _import(settings, imports)
    records = adopted_records(imported, plan.ledger, {}, now=now)
    events = (*plan.events, *(each.record for each in records))
    append(settings.ledger_file, events, plan.ledger.next_timestamp(now))
    return AdoptionResult(
        lines=len(events),
        imported=tuple(each.article.path for each in imported),
        diagnostics=tuple(diagnostics),
    )


def _import(
    settings: Settings, entries: Sequence[OldEntry]
) -> tuple[list[Match], list[Diagnostic]]:
    reader = Reader(settings)
    imported: list[Match] = []
    diagnostics: list[Diagnostic] = []
    # Oldest first, so that of two with one name the older one gets it plain.
    for entry in reversed(entries):
        path = write_article(settings.articles, imported_article(entry, zone=settings.site.zone))
        file = settings.articles / path
        try:
            article = reader.article(ArticleFile(path=path, file=file, kind=Kind.HTML))
        except ArticleError as error:
            file.unlink()
            diagnostics += [replace(each, place=f"“{entry.name}”") for each in error.diagnostics]
        else:
            certain = Certainty.CERTAIN
            match = Match(entry=entry, article=article, certainty=certain, why=("imported",))
            imported.append(match)
    return imported, diagnostics
