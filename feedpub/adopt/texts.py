"""How much of the text of each old entry stands in each article, by runs of words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from ..html import plain_text
from .old_feed import OldEntry

RUN, SAMPLE = 4, 200
"""How many words in a row are compared, and how many such runs of an entry."""

LONG_TEXT = 80
"""So many runs are more than a summary, which need not stand in the text."""

# Scripts without blanks between words are compared by their characters.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_Run = tuple[str, ...]


class Texts:
    """Which part of each entry's text stands in each article."""

    def __init__(self, entries: Iterable[OldEntry]) -> None:
        self._samples = [_sample(entry.content) for entry in entries]
        self._holders: defaultdict[_Run, list[int]] = defaultdict(list)
        for number, runs in enumerate(self._samples):
            for run in runs:
                self._holders[run].append(number)
        self._shared: list[Counter[int]] = []

    def add(self, html: str) -> None:
        """Compares one more article, whose text is safe HTML."""
        found = self._holders.keys() & set(_runs(html))
        self._shared.append(Counter(chain.from_iterable(self._holders[run] for run in found)))

    def alike(self, article: int) -> set[int]:
        """The entries of which half or more stands in the article."""
        return {entry for entry in self._shared[article] if self._share(entry, article) >= 0.5}

    def _share(self, entry: int, article: int) -> float:
        return self._shared[article][entry] / len(self._samples[entry])

    def evidence(self, entry: int, article: int) -> Iterator[tuple[int, str]]:
        """What the texts say for or against a pair, with its weight."""
        size = len(self._samples[entry])
        if size <= RUN:
            return
        share = self._share(entry, article)
        if share >= 0.9:
            yield 3, "same text"
        elif share >= 0.5:
            yield 2, f"{share:.0%} of its text"
        elif share < 0.1 and size >= LONG_TEXT:
            yield -1, "other text"


def words_of(text: str) -> list[str]:
    """The words of `text`, without case and punctuation."""
    return _WORD.findall(text.casefold())


def _runs(html: str) -> Iterator[_Run]:
    words = words_of(plain_text(html))
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def _sample(html: str) -> frozenset[_Run]:
    runs = list(dict.fromkeys(_runs(html)))
    step = max(len(runs) / SAMPLE, 1)
    return frozenset(runs[int(place * step)] for place in range(min(len(runs), SAMPLE)))
