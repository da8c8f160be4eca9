"""What a folder holds, and what is decided of it: read, and nothing rendered or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from .articles.folder import ArticleFile, find_articles
from .articles.git_dates import CommitDates, GitError, commit_dates
from .articles.read import Reader
from .entries.dating import stated_date
from .entries.decide import decide
from .entries.decision import Decision
from .entries.selection import FeedSelection, select_feed
from .errors import ArticleError, Diagnostic, LedgerError, Severity
from .formats import outputs
from .init.example import is_unedited_example
from .ledger.store import Ledger
from .model import Article, FeedRecord, Record
from .output.built import orphaned
from .progress import Progress, unwatched
from .settings import LEDGER_FILE, Settings
from .text.wording import counted

ARTICLES_MISSING = "articles-missing"
"""The code of the diagnostic of a folder that has no article yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderState:
    """The articles of a folder and what is decided of them, as of the `ledger`.

    `files` are all article files, `articles` those that could be read. `feeds` are in the order of
    config.toml. `events` are what the ledger lacks, and `timestamp`, in UTC, is when they happen.
    `commits` are those of articles without a date, by path, where config.toml asks for them.
    `diagnostics` are errors for the articles that are left out, warnings and notes.
    """

    ledger: Ledger
    timestamp: datetime
    files: tuple[ArticleFile, ...]
    articles: tuple[Article, ...]
    commits: Mapping[str, CommitDates]
    decision: Decision
    feeds: tuple[FeedSelection, ...]
    events: tuple[Record | FeedRecord, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_begun(self) -> bool:
        """Whether there is or was an article; before the first, nothing is written."""
        return bool(self.files or self.ledger.entries or self.ledger.feeds)


def decide_folder(
    settings: Settings, ledger: Ledger, *, now: datetime, progress: Progress = unwatched
) -> FolderState:
    """Reads the articles and decides what is published at `now`, in UTC.

    Raises ConfigError where the articles folder can't be read, and LedgerError where feeds stand in
    the output folder whose ledger is lost.
    """
    found, unusable = find_articles(
        settings.articles, include=settings.include, exclude=settings.exclude
    )
    files = tuple(each for each in found if not is_unedited_example(each.file))
    _require_ledger(settings, ledger)
    reader = Reader(settings)
    articles, unreadable = _read_articles(reader, files, progress)
    paths = {file.path for file in files}
    commits, without_commits = _commits(settings, articles, ledger, now)
    decision = decide(
        articles,
        ledger,
        paths=paths,
        site=settings.site,
        now=now,
        link_pattern=settings.link_pattern,
        commits=commits,
    )
    feeds = tuple(select_feed(feed, decision, ledger, settings, now=now) for feed in settings.feeds)
    return FolderState(
        ledger=ledger,
        timestamp=ledger.next_timestamp(now),
        files=files,
        articles=tuple(articles),
        commits=commits,
        decision=decision,
        feeds=feeds,
        events=tuple(_events(decision, feeds, ledger)),
        diagnostics=(
            *_missing_articles(settings, files, ledger),
            *_unedited_examples(found, files),
            *unusable,
            *unreadable,
            *decision.diagnostics,
            *without_commits,
            *_missing_language(settings),
            *_missing_links(settings, decision),
            *orphaned(settings, ledger),
            *(note for article in articles for note in article.diagnostics),
            *reader.unused_tables(),
        ),
    )


def _missing_articles(
    settings: Settings, files: Sequence[ArticleFile], ledger: Ledger
) -> Iterator[Diagnostic]:
    # Of files that are gone, the report of what is decided tells.
    if not files and not ledger.entries:
        yield Diagnostic(
            code=ARTICLES_MISSING,
            severity=Severity.WARNING,
            place=str(settings.articles.name),
            problem="there is no article in it",
            remedy="Put a .txt, .md or .html file there, and build again.",
        )


def _unedited_examples(
    found: Iterable[ArticleFile], files: Sequence[ArticleFile]
) -> Iterator[Diagnostic]:
    for each in found:
        if each not in files:
            yield Diagnostic(
                code="example-unedited",
                severity=Severity.NOTE,
                place=each.path,
                problem="is the example of `feedpub init`, and is published once it is edited",
                remedy="Edit or delete it.",
            )


def _require_ledger(settings: Settings, ledger: Ledger) -> None:
    # Every article would be new again, and readers would be flooded.
    main = outputs(settings.feeds[0], settings)
    built = any((settings.output / output.path).is_file() for output in main)
    if built and not ledger.entries and not ledger.feeds:
        raise LedgerError(
            Diagnostic(
                code="ledger-missing",
                place=str(LEDGER_FILE),
                problem="is not there, though feeds were built before, and their ids are in it",
                remedy="Restore it from git, a backup or the host (`feedpub pull`), or make it "
                f"anew from {settings.output_name}/ with `feedpub ledger rebuild`. If nobody reads "
                "these feeds, delete them.",
            )
        )


def _read_articles(
    reader: Reader, files: Sequence[ArticleFile], progress: Progress
) -> tuple[list[Article], list[Diagnostic]]:
    articles: list[Article] = []
    diagnostics: list[Diagnostic] = []
    for number, file in enumerate(files, 1):
        try:
            articles.append(reader.article(file))
        except ArticleError as error:
            diagnostics.extend(error.diagnostics)
        progress(number, len(files))
    return articles, diagnostics


def _commits(
    settings: Settings, articles: Iterable[Article], ledger: Ledger, now: datetime
) -> tuple[Mapping[str, CommitDates], tuple[Diagnostic, ...]]:
    """The commits of articles without a date, by path, where config.toml asks for them."""
    seen = {record.path for record in ledger.entries.values()}
    undated = [each for each in articles if each.path not in seen and stated_date(each) is None]
    if not (settings.git_dates and undated):
        return {}, ()
    try:
        commits = commit_dates(settings.articles, now=now)
    except GitError as error:
        warning = Diagnostic(
            code="git-dates-missing",
            severity=Severity.WARNING,
            place=str(settings.articles),
            problem=str(error),
            remedy=f"{counted(len(undated), 'article')} without a date get the moment of the first "
            "build.",
        )
        return {}, (warning,)
    return {each.path: commits[each.path] for each in undated if each.path in commits}, ()


def _events(
    decision: Decision, feeds: Iterable[FeedSelection], ledger: Ledger
) -> Iterator[Record | FeedRecord]:
    for record in (*(each.record for each in decision.published), *decision.departed):
        if ledger.entries.get(record.id) != record:
            yield record
    for feed in feeds:
        if ledger.feeds.get(feed.record.name) != feed.record:
            yield feed.record


def _missing_language(settings: Settings) -> Iterator[Diagnostic]:
    if not settings.site.language:
        yield Diagnostic(
            code="site-language-missing",
            severity=Severity.NOTE,
            place=settings.file.name,
            problem="does not say in which language the articles are, and readers want to know",
            remedy='Write language = "en" or the like under [site].',
        )


def _missing_links(settings: Settings, decision: Decision) -> Iterator[Diagnostic]:
    total = len(decision.published)
    without = sum(not each.article.metadata.link for each in decision.published)
    if without:
        yield Diagnostic(
            code="entry-link-missing",
            severity=Severity.NOTE,
            place=settings.file.name,
            problem=f"{without:,} of {counted(total, 'entry', 'entries')} "
            f"{'has' if without == 1 else 'have'} no link that readers could open",
            remedy="Where articles stand on a web site, say so with `link` in their metadata or "
            "under [articles].",
        )
