"""How much of the text of each old entry stands in each article, by w-shingling (Broder, 1997)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from ..html import plain_text
from .old_feed import OldEntry

SHINGLE_WORDS = 4
"""Words in a row: so many that two texts seldom share a shingle by chance, so few that most of them
outlast an edit."""

SAMPLE_SIZE = 200
"""Shingles of an entry that are compared, from all of its text: more would tell no more of the
share, and a long feed would cost memory."""

# Scripts without blanks between words are compared by their characters.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_Shingle = tuple[str, ...]


class ShingleIndex:
    """The shingles of all entries, and how many of them each article has.

    Entries and articles go by their numbers, from 0: entries in the order given, articles in the
    order added. No text is kept.
    """

    def __init__(self, entries: Iterable[OldEntry]) -> None:
        self._samples = [_sample(entry.content) for entry in entries]
        self._holders: defaultdict[_Shingle, list[int]] = defaultdict(list)
        for number, sample in enumerate(self._samples):
            for shingle in sample:
                self._holders[shingle].append(number)
        self._shared: list[Counter[int]] = []

    def add(self, html: str) -> None:
        """Adds one more article, whose text is safe HTML."""
        found = self._holders.keys() & set(_shingles(html))
        self._shared.append(Counter(chain.from_iterable(self._holders[each] for each in found)))

    def size(self, entry: int) -> int:
        """How many shingles of the entry are compared, SAMPLE_SIZE at most."""
        return len(self._samples[entry])

    def containment(self, entry: int, article: int) -> float:
        """The share of the entry's shingles that the article has, 0 to 1; `size` must not be 0."""
        return self._shared[article][entry] / self.size(entry)

    def contained(self, article: int, least: float) -> set[int]:
        """The entries whose containment in the article is at least `least`, which is not 0."""
        return {
            entry for entry in self._shared[article] if self.containment(entry, article) >= least
        }


def words_of(text: str) -> list[str]:
    """The words of `text`, without case and punctuation."""
    return _WORD.findall(text.casefold())


def _shingles(html: str) -> Iterator[_Shingle]:
    words = words_of(plain_text(html))
    return zip(*(words[start:] for start in range(SHINGLE_WORDS)), strict=False)


def _sample(html: str) -> frozenset[_Shingle]:
    shingles = list(dict.fromkeys(_shingles(html)))
    step = max(len(shingles) / SAMPLE_SIZE, 1)
    count = min(len(shingles), SAMPLE_SIZE)
    return frozenset(shingles[int(place * step)] for place in range(count))
