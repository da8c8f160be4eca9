"""Notes on an adoption: what subscribers will see as new, and what the curator may not expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from ..entries.dating import matches
from ..errors import Diagnostic, Severity
from ..formats.ids import is_uri
from ..model import Article
from ..parsing.dates import start
from ..settings import Settings
from ..text.wording import abridged
from .addresses import address_notes, link_warnings
from .match import Match, Matching
from .old_feed import OldFeed
from .records import AdoptedRecord


def adoption_notes(
    feed: OldFeed,
    matching: Matching,
    adopted: Sequence[AdoptedRecord],
    left: set[str],
    settings: Settings,
) -> Iterator[Diagnostic]:
    """All notes and warnings; `adopted` are the records of the matches, in their order.

    `left` are the ids of entries that have left the feeds here.
    """
    pairs = list(zip(matching.matches, adopted, strict=True))
    yield from _replaced_ids(adopted)
    yield from _undated(pairs)
    yield from _other_dates(pairs)
    yield from _ids_without_uri(feed, adopted)
    yield from _older_articles(feed, matching.without_entry, settings.feeds[0].limit)
    yield from _left_entries(feed, left)
    yield from link_warnings(pairs, settings)
    yield from address_notes(feed, settings)


def _note(code: str, place: str, problem: str, remedy: str = "") -> Diagnostic:
    return Diagnostic(
        severity=Severity.NOTE, code=code, place=place, problem=problem, remedy=remedy
    )


def _replaced_ids(adopted: Iterable[AdoptedRecord]) -> Iterator[Diagnostic]:
    for each in adopted:
        if each.replaced is not None and each.replaced.left_at is None:
            yield _note(
                "entry-id-replaced",
                each.record.path,
                f"has the id {each.replaced.id} in the ledger, and would get {each.record.id}",
                "Who reads a feed that feedpub has built already will see it as new.",
            )


def _undated(pairs: Iterable[tuple[Match, AdoptedRecord]]) -> Iterator[Diagnostic]:
    for match, adopted in pairs:
        if adopted.is_new and match.entry.published is None:
            moment = f"{adopted.record.published:%Y-%m-%d %H:%M} UTC"
            problem = f"the feed gives no date for it; it gets {moment}"
            yield _note("entry-undated", match.article.path, problem)


def _other_dates(pairs: Iterable[tuple[Match, AdoptedRecord]]) -> Iterator[Diagnostic]:
    paths = [
        match.article.path
        for match, adopted in pairs
        if (stated := match.article.metadata.published)
        and not matches(stated, adopted.record.published)
    ]
    if paths:
        yield _note(
            "date-conflict",
            abridged(paths),
            "another date than that of the feed, which counts until the article is edited",
            "Correct `published` there, or leave it out.",
        )


def _ids_without_uri(feed: OldFeed, adopted: Iterable[AdoptedRecord]) -> Iterator[Diagnostic]:
    ids = [each.record.id for each in adopted if not is_uri(each.record.id)]
    if ids and not feed.form.startswith("RSS"):
        yield _note(
            "id-not-uri",
            feed.place,
            f"has ids that are no URIs, such as {ids[0]}",
            "RSS can carry them, Atom can't: who reads Atom will see those as new.",
        )


def _older_articles(
    feed: OldFeed, without_entry: Iterable[Article], limit: int
) -> Iterator[Diagnostic]:
    oldest = min((each.published for each in feed.entries if each.published), default=None)
    if oldest is None or 0 < limit <= len(feed.entries):
        return
    older = [each.path for each in without_entry if (day := _dated(each)) and day < oldest]
    if older:
        yield _note(
            "article-older-than-feed",
            abridged(older),
            "older than the oldest entry of the feed, and new to its subscribers",
            f"Set `limit = {len(feed.entries)}` under [output], or adopt an archive of the feed "
            "first, which has it.",
        )


def _left_entries(feed: OldFeed, left: set[str]) -> Iterator[Diagnostic]:
    names = [f"“{entry.name}”" for entry in feed.entries if entry.id in left]
    if names:
        problem = f"has entries that have left the feeds here: {abridged(names)}"
        yield _note("entry-left", feed.place, problem, "They stay out.")


def _dated(article: Article) -> datetime | None:
    when = article.metadata.published or article.day
    return start(when) if when is not None else None
