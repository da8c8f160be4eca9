"""What an adoption can't keep from subscribers, or what its curator would not expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from ..entries.dating import matches
from ..errors import Diagnostic
from ..formats.ids import is_uri
from ..model import Article
from ..parsing.dates import start
from ..text.wording import abridged
from .match import Match, Matching
from .old_feed import OldFeed
from .takeover import Takeover


def adoption_warnings(
    feed: OldFeed, matching: Matching, takeovers: Sequence[Takeover], *, limit: int
) -> Iterator[Diagnostic]:
    """All of them; `limit` is that of the main feed, 0 for none."""
    pairs = list(zip(matching.matches, takeovers, strict=True))
    yield from _replaced(takeovers)
    yield from _undated(pairs)
    yield from _dated_otherwise(pairs)
    yield from _without_uri(feed, takeovers)
    yield from _older(feed, matching.without_entry, limit)


def _replaced(takeovers: Iterable[Takeover]) -> Iterator[Diagnostic]:
    for each in takeovers:
        if each.replaced is not None and each.replaced.left_at is None:
            yield Diagnostic(
                place=each.record.path,
                problem=f"has the id {each.replaced.id} in the ledger, and would get "
                f"{each.record.id}",
                remedy="Who reads a feed that feedpub has built already will see it as new.",
            )


def _undated(pairs: Iterable[tuple[Match, Takeover]]) -> Iterator[Diagnostic]:
    for match, taken in pairs:
        if taken.is_new and match.entry.published is None:
            moment = f"{taken.record.published:%Y-%m-%d %H:%M} UTC"
            problem = f"the feed gives no date for it; it gets {moment}"
            yield Diagnostic(place=match.article.path, problem=problem)


def _dated_otherwise(pairs: Iterable[tuple[Match, Takeover]]) -> Iterator[Diagnostic]:
    paths = [
        match.article.path
        for match, taken in pairs
        if (said := match.article.metadata.published) and not matches(said, taken.record.published)
    ]
    if paths:
        yield Diagnostic(
            place=abridged(paths),
            problem="another date than that of the feed, which counts until the article is edited",
            remedy="Correct `published` there, or leave it out.",
        )


def _without_uri(feed: OldFeed, takeovers: Iterable[Takeover]) -> Iterator[Diagnostic]:
    odd = [each.record.id for each in takeovers if not is_uri(each.record.id)]
    if odd and not feed.form.startswith("RSS"):
        yield Diagnostic(
            place=feed.place,
            problem=f"has ids that are no URIs, such as {odd[0]}",
            remedy="RSS can carry them, Atom can't: who reads Atom will see those as new.",
        )


def _older(feed: OldFeed, without_entry: Iterable[Article], limit: int) -> Iterator[Diagnostic]:
    oldest = min((each.published for each in feed.entries if each.published), default=None)
    if oldest is None or 0 < limit <= len(feed.entries):
        return
    older = [each.path for each in without_entry if (day := _dated(each)) and day < oldest]
    if older:
        yield Diagnostic(
            place=abridged(older),
            problem="older than the oldest entry of the feed, and new to its subscribers",
            remedy=f"Set `limit = {len(feed.entries)}` under [output], or adopt an archive of the "
            "feed first, which has it.",
        )


def _dated(article: Article) -> datetime | None:
    when = article.metadata.published or article.day
    return start(when) if when is not None else None
