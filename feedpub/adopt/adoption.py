"""One adoption: everything that is going to be done about an old feed, and then doing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from ..text.wording import abridged
from .article_file import article_text, write_new
from .corpus import ArticleCorpus
from .match import Certainty, Match, Matching, match
from .old_feed import OldEntry, OldFeed
from .takeover import Takeover, events, take_over
from .warnings import adoption_warnings


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What an old feed and the articles are to each other, and nothing done about it yet.

    `takeovers` stand in the order of the matches. `importable` are the entries without an article
    that were not withdrawn here. `events` is what the ledger would be told. `faults` names articles
    that can't be read, `remarks` what deserves a look.
    """

    feed: OldFeed
    matching: Matching
    takeovers: tuple[Takeover, ...]
    importable: tuple[OldEntry, ...]
    events: tuple[Record | FeedRecord, ...]
    ledger: Ledger
    faults: tuple[Diagnostic, ...]
    remarks: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What was done: how many lines the ledger got, and the article files that were made."""

    lines: int
    imported: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


def prepare(settings: Settings, feed: OldFeed, *, now: datetime, progress: Progress) -> Adoption:
    """Matches `feed` to the articles; raises ConfigError and LedgerError."""
    ledger = read_ledger(settings.ledger_file)
    corpus = ArticleCorpus(settings)
    matched = match_records(corpus.articles, ledger.entries, corpus.paths)
    gone = _gone(ledger, matched.known)
    matching = match(
        [entry for entry in feed.entries if entry.id not in gone],
        corpus.readables(progress, matched.known),
        zone=settings.site.zone,
    )
    takeovers = take_over(matching.matches, ledger, matched.known, now=now)
    limit = settings.feeds[0].limit
    return Adoption(
        feed=feed,
        matching=matching,
        takeovers=takeovers,
        importable=tuple(
            entry for entry in matching.without_article if entry.id not in ledger.entries
        ),
        events=tuple(events(takeovers, feed, ledger, now=now)),
        ledger=ledger,
        faults=(*corpus.faults, *matched.diagnostics),
        remarks=(
            *feed.remarks,
            *adoption_warnings(feed, matching, takeovers, limit=limit),
            *_gone_remarks(feed, gone | _withdrawn(takeovers)),
        ),
    )


def _gone(ledger: Ledger, known: Mapping[str, Record]) -> set[str]:
    """The ids of entries that have left the feeds here, and that no article is."""
    held = {record.id for record in known.values()}
    # What an adoption has replaced has no path, and may be adopted again.
    return {
        record.id
        for record in ledger.entries.values()
        if record.left_at is not None and record.path and record.id not in held
    }


def _withdrawn(takeovers: Iterable[Takeover]) -> set[str]:
    return {each.record.id for each in takeovers if each.record.withdrawn is not None}


def _gone_remarks(feed: OldFeed, gone: set[str]) -> Iterator[Diagnostic]:
    names = [f"“{entry.name}”" for entry in feed.entries if entry.id in gone]
    if names:
        problem = f"has entries that have left the feeds here: {abridged(names)}"
        yield Diagnostic(place=feed.place, problem=problem, remedy="They stay out.")


def write(
    settings: Settings, adoption: Adoption, imports: Sequence[OldEntry], *, now: datetime
) -> Adopted:
    """Makes article files of `imports`, then writes all ids and dates into the ledger at once.

    Raises LedgerError and OutputError. What can't be an article is one of the `faults`.
    """
    made, faults = _make_files(settings, imports)
    files = take_over(made, adoption.ledger, {}, now=now)
    told = (*adoption.events, *(each.record for each in files))
    append(settings.ledger_file, told, adoption.ledger.next_timestamp(now))
    return Adopted(
        lines=len(told), imported=tuple(each.article.path for each in made), faults=tuple(faults)
    )


def _make_files(
    settings: Settings, imports: Sequence[OldEntry]
) -> tuple[list[Match], list[Diagnostic]]:
    reader = Reader(settings)
    made: list[Match] = []
    faults: list[Diagnostic] = []
    # Oldest first, so that of two with one name the older one gets it plain.
    for entry in reversed(imports):
        path = write_new(settings.articles, article_text(entry, zone=settings.site.zone))
        file = settings.articles / path
        try:
            article = reader.article(ArticleFile(path=path, file=file, kind=Kind.HTML))
        except ArticleError as error:
            file.unlink()
            faults += [replace(fault, place=f"“{entry.name}”") for fault in error.diagnostics]
        else:
            certain = Certainty.CERTAIN
            made.append(Match(entry=entry, article=article, certainty=certain, why=("imported",)))
    return made, faults
