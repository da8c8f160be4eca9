"""Weighs the lines of a page by how much they look like text, and finds the runs that weigh most.

A long line with many stop words is text, a short one without is a heading, a button or a link:
J. Pomikálek, "Removing Boilerplate and Duplicate Content from Web Corpora", 2011 (jusText);
C. Kohlschütter et al., "Boilerplate Detection using Shallow Text Features", 2010 (boilerpipe).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..parsing.toml import read_toml

_STOP_WORDS_FILE = Path(__file__).with_name("stop_words.toml")
# Bytes in UTF-8, for the same reason as in cleaner.py: from the first on, a line is a paragraph;
# from the second on, a whole sentence is.
_PARAGRAPH = 160
_SENTENCE = 60
# Stop words. A headline of a paragraph's length has two or three.
_STOP_WORDS_OF_PARAGRAPH = 4
_STOP_WORDS_OF_SENTENCE = 2
# Words. A shorter line with a stop at its end is a button or an abbreviation.
_WORDS_OF_SHORT_SENTENCE = 3
# Bytes. A text without spaces, such as a Japanese one, has longer unbroken runs of letters than the
# first on average. There, the second stands for a word, three characters, and the third for a stop
# word: one particle to eight characters.
_LONGEST_WORDS = 24
_BYTES_TO_A_WORD = 9
_BYTES_TO_A_STOP_WORD = 24
_WORD = re.compile(r"[^\W\d_]+")
_BULLET = re.compile(r"^(?:[*+o•·▪◦‣○●■»>–—-]|\d{1,2}[.)])\s+")
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")
_CLOSING = "\"'’”»)]」』）"

# Weights. A paragraph makes up for a subheading and a few list items; only furniture that is
# denser than the text between it parts a run.
_PARAGRAPH_WEIGHT = 6
_SENTENCE_WEIGHT = 4
_SHORT_SENTENCE_WEIGHT = 1
_OTHER_WEIGHT = -1
FURNITURE_WEIGHT = -3
"""The weight of a line that a rule knows as furniture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Consecutive lines from `start` up to `stop`, and the sum of their weights."""

    start: int
    stop: int
    weight: int


def without_bullet(line: str) -> str:
    """The line without the bullet or the number that a list puts before it."""
    return _BULLET.sub("", line.strip(), count=1)


def weigh(line: str) -> int:
    """How much a line looks like text, below 0 if it doesn't."""
    text = without_bullet(line)
    size, ends = len(text.encode()), text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
    if size >= _SENTENCE:
        stop_words = _count_stop_words(text, size)
        if size >= _PARAGRAPH and stop_words >= _STOP_WORDS_OF_PARAGRAPH:
            return _PARAGRAPH_WEIGHT
        if ends and stop_words >= _STOP_WORDS_OF_SENTENCE:
            return _SENTENCE_WEIGHT
    if ends and len(_WORD.findall(text)) >= _WORDS_OF_SHORT_SENTENCE:
        return _SHORT_SENTENCE_WEIGHT
    return _OTHER_WEIGHT


def count_words(text: str) -> int:
    """The words of a text; where its script parts none, an estimate from its length."""
    words = len(_WORD.findall(text))
    return max(words, len(text.encode()) // _BYTES_TO_A_WORD) if _is_unparted(text) else words


def heaviest_runs(weights: Sequence[int]) -> tuple[Run, ...]:
    """All maximal runs of positive weight, in order, in linear time.

    W. L. Ruzzo and M. Tompa, "A Linear Time Algorithm for Finding All Maximal Scoring
    Subsequences", 1999. No run has a part that weighs more, and no two could be joined to one that
    weighs more than both.
    """
    candidates: list[_Candidate] = []
    total = 0
    for n, weight in enumerate(weights):
        total += weight
        if weight > 0:
            _add(candidates, n, total - weight, total)
    return tuple(
        Run(start=each.start, stop=each.stop, weight=each.right - each.left) for each in candidates
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A run with the sums of weights at both ends, and the last candidate that begins lower."""

    start: int
    stop: int
    left: int
    right: int
    lower: int


def _add(candidates: list[_Candidate], n: int, left: int, right: int) -> None:
    start, lower = n, len(candidates) - 1
    while True:
        while lower >= 0 and candidates[lower].left >= left:
            lower = candidates[lower].lower
        if lower < 0 or candidates[lower].right >= right:
            break
        joined = candidates[lower]
        start, left = joined.start, joined.left
        del candidates[lower:]
        lower = joined.lower
    candidates.append(_Candidate(start=start, stop=n + 1, left=left, right=right, lower=lower))


def _count_stop_words(text: str, size: int) -> int:
    if _is_unparted(text):
        return size // _BYTES_TO_A_STOP_WORD
    stop_words = _stop_words()
    return sum(word in stop_words for word in _WORD.findall(text.lower()))


def _is_unparted(text: str) -> bool:
    size = len(text.encode())
    return size > 2 * len(text) and len(_WORD.findall(text)) * _LONGEST_WORDS < size


@cache
def _stop_words() -> frozenset[str]:
    table = read_toml(_STOP_WORDS_FILE.read_text(encoding="utf-8")).table
    return frozenset(word for words in table.values() for word in str(words).split())
