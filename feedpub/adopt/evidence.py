"""What speaks for an old entry being an article, and what against it, in weights."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ..entries.tag_uri import slugify
from ..model import Article, Day
from ..parsing.dates import stem_without_date
from .old_feed import OldEntry
from .texts import Texts, words_of

CERTAIN, LIKELY, DOUBTFUL = 5, 3, 2
"""From which weight on a pair is so; less is no pair."""

TELLING_TITLE = 3
"""So many words make a title that no other article has by chance."""

Evidence = Iterator[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable:
    """An article, its text in safe HTML, and the id that the ledger has for it, "" for none."""

    article: Article
    html: str
    known_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An entry and an article, by their numbers, with the weight of the evidence and its words."""

    entry: int
    article: int
    weight: int
    why: tuple[str, ...]


def weigh(
    entries: Sequence[OldEntry], readables: Iterable[Readable], *, zone: tzinfo
) -> tuple[tuple[Article, ...], tuple[Pair, ...]]:
    """The articles, and the pairs that something speaks for; days are those of `zone`.

    `readables` is gone through once, and no text of it is kept.
    """
    texts = Texts(entries)
    articles: list[Article] = []
    ids: list[set[str]] = []
    for readable in readables:
        articles.append(readable.article)
        ids.append({readable.known_id, readable.article.metadata.id or ""} - {""})
        texts.add(readable.html)
    scales = _Scales(entries, articles, texts, zone)
    pairs = (
        scales.pair(entry, number, ids[number])
        for number in range(len(articles))
        for entry in scales.candidates(number, ids[number])
    )
    return tuple(articles), tuple(pair for pair in pairs if pair.weight >= DOUBTFUL)


class _Scales:
    """Weighs entries against articles, knowing what of them is common."""

    def __init__(
        self, entries: Sequence[OldEntry], articles: Sequence[Article], texts: Texts, zone: tzinfo
    ) -> None:
        self._entries = entries
        self._articles = articles
        self._texts = texts
        self._zone = zone
        self._by_id = _numbers(entry.id for entry in entries)
        self._by_link = _numbers(_link_key(entry.link) for entry in entries)
        self._by_title = _numbers(_title_key(entry.title) for entry in entries)
        self._links = Counter(_link_key(article.metadata.link or "") for article in articles)
        self._titles = Counter(_title_key(article.title) for article in articles)

    def candidates(self, number: int, ids: set[str]) -> list[int]:
        article = self._articles[number]
        link, title = _link_key(article.metadata.link or ""), _title_key(article.title)
        found = {entry for uri in ids for entry in self._by_id.get(uri, ())}
        found.update(self._by_link.get(link, ()) if link else ())
        found.update(self._by_title.get(title, ()) if title else ())
        return sorted(found | self._texts.alike(number))

    def pair(self, entry: int, number: int, ids: set[str]) -> Pair:
        old, article = self._entries[entry], self._articles[number]
        evidence = [
            *((2 * CERTAIN, "same id") for uri in ids if uri == old.id),
            *self._link(old, article),
            *self._title(old, article),
            *_name(old, article),
            *_time(old, article, self._zone),
            *self._texts.evidence(entry, number),
        ]
        weight = sum(each for each, _ in evidence)
        why = tuple(words for _, words in evidence)
        if article.metadata.id and article.metadata.id != old.id:
            weight, why = min(weight, DOUBTFUL), (*why, f"but it says id = {article.metadata.id}")
        return Pair(entry=entry, article=number, weight=weight, why=why)

    def _link(self, old: OldEntry, article: Article) -> Evidence:
        link = _link_key(old.link)
        if link and link == _link_key(article.metadata.link or ""):
            only = len(self._by_link[link]) == self._links[link] == 1
            yield (CERTAIN, "same link") if only else (2, "same link, as others have")

    def _title(self, old: OldEntry, article: Article) -> Evidence:
        title = _title_key(old.title)
        if title and title == _title_key(article.title):
            only = len(self._by_title[title]) == self._titles[title] == 1
            yield 3 if only and len(title.split()) >= TELLING_TITLE else 2, "same title"


def _name(old: OldEntry, article: Article) -> Evidence:
    path = PurePosixPath(article.path)
    # An article may stand in a folder with its pictures; then the folder has the name.
    stem = path.parent.name if path.stem == "index" else path.stem
    parts = [part for part in unquote(urlsplit(old.link).path).split("/") if part]
    if parts and slugify(stem_without_date(stem) or stem) == slugify(PurePosixPath(parts[-1]).stem):
        yield 1, "same name"


def _time(old: OldEntry, article: Article, zone: tzinfo) -> Evidence:
    said = article.metadata.published or article.day
    if said is None or old.published is None:
        return
    days = abs((_day(said, zone) - _day(old.published, zone)).days)
    if said == old.published:
        yield 2, "same time"
    elif days == 0:
        yield 1, "same day"
    elif days > 1:
        # One day more or less is what a zone makes of it.
        yield -1, f"{days} days apart"


def _day(when: datetime | Day, zone: tzinfo) -> date:
    return when.date if isinstance(when, Day) else when.astimezone(zone).date()


def _numbers(keys: Iterable[str]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        numbers.setdefault(key, []).append(number)
    return numbers


def _link_key(link: str) -> str:
    """What of an address tells pages apart: not its scheme, `www.`, campaign or last slash."""
    parts = urlsplit(link)
    path = re.sub(r"/(index\.\w+)?$", "", parts.path)
    query = "&".join(each for each in parts.query.split("&") if not each.startswith("utm_"))
    return f"{parts.netloc.lower().removeprefix('www.')}{path}?{query}" if link else ""


def _title_key(title: str) -> str:
    return " ".join(words_of(title))
