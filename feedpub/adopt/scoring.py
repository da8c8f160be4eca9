"""Scores pairs of an old entry and an article, as in record linkage.

Pairs that share an id, a link, a title or much of their text are candidates. Each field that agrees
adds points to the score of a candidate, each that disagrees takes some away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ..entries.links import slug_of_path
from ..entries.tag_uri import slugify
from ..model import Article, Day
from .old_feed import OldEntry
from .shingles import ShingleIndex, words_of

CERTAIN, LIKELY, DOUBTFUL = 5, 3, 2
"""Points: the least score of a certain, a likely and a doubtful pair; less is no pair.

A link that no other has is certain by itself; a distinctive title, or the whole text, is likely;
what several may have in common leaves a doubt."""

DISTINCTIVE_TITLE = 3
"""Words: a title of so many is seldom that of another article by chance."""

SAME_TEXT, MOST_OF_TEXT, OTHER_TEXT = 0.9, 0.5, 0.1
"""Shares of an entry's text that an article has: from the first on the text is the same but for
small edits, from the second on it is mostly the same, below the third it is another."""

PHRASE, LONG_TEXT = 4, 80
"""Shingles: a text of no more than the first is a phrase that any article may have; one of as many
as the second is more than a summary, which the text of its article need not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleWithText:
    """An article, its text in safe HTML, its link, and the id that the ledger has for it; "" for
    none."""

    article: Article
    html: str
    link: str = ""
    known_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPair:
    """An entry and an article, by their numbers from 0, with their score in points and reasons."""

    entry: int
    article: int
    score: int
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    points: int
    reason: str


def score_pairs(
    entries: Sequence[OldEntry], texts: Iterable[ArticleWithText], *, zone: tzinfo
) -> tuple[tuple[Article, ...], tuple[ScoredPair, ...]]:
    """The articles of `texts`, and the pairs that are at least doubtful; days are those of `zone`.

    `texts` is read once, one after the other, and none is kept.
    """
    index = ShingleIndex(entries)
    articles: list[Article] = []
    links: list[str] = []
    ids: list[set[str]] = []
    for each in texts:
        articles.append(each.article)
        links.append(normalised_link(each.link))
        ids.append({each.known_id, each.article.metadata.id or ""} - {""})
        index.add(each.html)
    scorer = _PairScorer(entries, articles, links, index, zone)
    pairs = (
        scorer.pair(entry, number, ids[number])
        for number in range(len(articles))
        for entry in scorer.candidates(number, ids[number])
    )
    return tuple(articles), tuple(pair for pair in pairs if pair.score >= DOUBTFUL)


class _PairScorer:
    """Finds candidates and scores them, knowing which links and titles are unique."""

    def __init__(
        self,
        entries: Sequence[OldEntry],
        articles: Sequence[Article],
        links: Sequence[str],
        index: ShingleIndex,
        zone: tzinfo,
    ) -> None:
        self._entries = entries
        self._articles = articles
        self._index = index
        self._zone = zone
        self._by_id = _numbers(entry.id for entry in entries)
        self._by_link = _numbers(normalised_link(entry.link) for entry in entries)
        self._by_title = _numbers(_normalised_title(entry.title) for entry in entries)
        self._links = links
        self._links_count = Counter(links)
        self._titles = Counter(_normalised_title(each.title) for each in articles)

    def candidates(self, number: int, ids: set[str]) -> list[int]:
        article = self._articles[number]
        link = self._links[number]
        title = _normalised_title(article.title)
        found = {entry for uri in ids for entry in self._by_id.get(uri, ())}
        found.update(self._by_link.get(link, ()) if link else ())
        found.update(self._by_title.get(title, ()) if title else ())
        return sorted(found | self._index.contained(number, MOST_OF_TEXT))

    def pair(self, entry: int, number: int, ids: set[str]) -> ScoredPair:
        old, article = self._entries[entry], self._articles[number]
        evidence = [
            *(_Evidence(2 * CERTAIN, "same id") for uri in ids if uri == old.id),
            *self._link(old, number),
            *self._title(old, article),
            *_name(old, article),
            *_time(old, article, self._zone),
            *self._text(entry, number),
        ]
        score = sum(each.points for each in evidence)
        why = tuple(each.reason for each in evidence)
        if article.metadata.id and article.metadata.id != old.id:
            score, why = min(score, DOUBTFUL), (*why, f"but it says id = {article.metadata.id}")
        return ScoredPair(entry=entry, article=number, score=score, why=why)

    def _link(self, old: OldEntry, number: int) -> Iterator[_Evidence]:
        link = normalised_link(old.link)
        if link and link == self._links[number]:
            if len(self._by_link[link]) == self._links_count[link] == 1:
                yield _Evidence(CERTAIN, "same link")
            else:
                yield _Evidence(2, "same link, as others have")

    def _title(self, old: OldEntry, article: Article) -> Iterator[_Evidence]:
        title = _normalised_title(old.title)
        if title and title == _normalised_title(article.title):
            is_unique = len(self._by_title[title]) == self._titles[title] == 1
            is_distinctive = is_unique and len(title.split()) >= DISTINCTIVE_TITLE
            yield _Evidence(3 if is_distinctive else 2, "same title")

    def _text(self, entry: int, number: int) -> Iterator[_Evidence]:
        size = self._index.size(entry)
        if size <= PHRASE:
            return
        share = self._index.containment(entry, number)
        if share >= SAME_TEXT:
            yield _Evidence(3, "same text")
        elif share >= MOST_OF_TEXT:
            yield _Evidence(2, f"{share:.0%} of its text")
        elif share < OTHER_TEXT and size >= LONG_TEXT:
            yield _Evidence(-1, "other text")


def _name(old: OldEntry, article: Article) -> Iterator[_Evidence]:
    parts = [part for part in unquote(urlsplit(old.link).path).split("/") if part]
    if parts and slugify(slug_of_path(article.path)) == slugify(PurePosixPath(parts[-1]).stem):
        yield _Evidence(1, "same name")


def _time(old: OldEntry, article: Article, zone: tzinfo) -> Iterator[_Evidence]:
    published = article.metadata.published or article.day
    if published is None or old.published is None:
        return
    days = abs((_day(published, zone) - _day(old.published, zone)).days)
    if published == old.published:
        yield _Evidence(2, "same time")
    elif days == 0:
        yield _Evidence(1, "same day")
    elif days > 1:
        # Another time zone may move a date by one day.
        yield _Evidence(-1, f"{days} days apart")


def _day(when: datetime | Day, zone: tzinfo) -> date:
    return when.date if isinstance(when, Day) else when.astimezone(zone).date()


def _numbers(keys: Iterable[str]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        numbers.setdefault(key, []).append(number)
    return numbers


def normalised_link(link: str) -> str:
    """An address without what does not tell pages apart: scheme, `www.`, campaign, last slash.

    "" for "".
    """
    parts = urlsplit(link)
    path = re.sub(r"/(index\.\w+)?$", "", parts.path)
    query = "&".join(each for each in parts.query.split("&") if not each.startswith("utm_"))
    return f"{parts.netloc.lower().removeprefix('www.')}{path}?{query}" if link else ""


def _normalised_title(title: str) -> str:
    return " ".join(words_of(title))
