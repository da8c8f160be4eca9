"""Finds the article in a page that was selected and pasted whole, with its menus and its footer.

The article is the heaviest run of text (density.py). Where several runs could be it, all from the
first to the last of them stay; where none weighs enough, the answer is that it is not certain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .density import FURNITURE_WEIGHT, Run, count_words, heaviest_runs, weigh, without_bullet

WHOLE_PAGE = "whole-page"
"""The rule under which what is around the article is reported, and without which it stays."""
DATE_RULES = frozenset(("published", "date-line", "time-stamp", "ago", "byline"))
"""The rules of the lines above an article that say who wrote it and when."""

# Lines. An ordinary paste has at most half as many around its text, and seldom on both sides.
_MIN_AROUND = 20
_MIN_AT_EACH_SIDE = 3
_MIN_FURNITURE_AROUND = 5
# Characters. Menus and lists of other articles have shorter lines.
_MAX_AROUND = 160
# Weight. Seven paragraphs, or ten sentences: comments, teasers and footers seldom have as many, and
# an article of lists may have fewer than they. Below a date or a name, two sentences will do.
_MIN_WEIGHT = 40
_MIN_DATED_WEIGHT = 8
# Of the heaviest run's weight. What weighs as much may be the article, or a part of it.
_RIVAL = 0.4
_RIVAL_WEIGHT = 20
# Lines, filled ones. Text so near to the article belongs to it: between them are a picture, a
# player or a box. As many lines above the text may be its subtitle.
_GAP = 6
_MIN_NEAR_WEIGHT = 4
# Lines above the text where its headline and its date are searched.
_HEADLINE_DISTANCE = 15
_DATE_DISTANCE = 8
_LINES_OF_LEAD = 2
# Words. Shorter lines are sections and names.
_MIN_HEADLINE = 4
_FULL_STOP = re.compile(r"(?<!\.)[.。]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLine:
    """A filled line of a page, with the names of the rules of furniture that it matches."""

    text: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholePage:
    """Where the article of a whole page is: the lines from `start` up to `stop`, and its headline.

    They are counted from 0. `headline` is above the article; where none was found, it is the first
    line of the page. Where `certain` is False, nothing should be cut.
    """

    start: int
    stop: int
    headline: int
    certain: bool

    def holds(self, n: int) -> bool:
        """Whether line `n` is of the article."""
        return self.start <= n < self.stop or n == self.headline


def may_be_whole(texts: Sequence[str]) -> bool:
    """Whether there are lines enough that could be around an article; costs next to nothing."""
    return sum(len(text) < _MAX_AROUND for text in texts) >= _MIN_AROUND


def find_article_block(lines: Sequence[PageLine]) -> WholePage | None:
    """Where the article is, None if `lines` are no whole page."""
    weights = [FURNITURE_WEIGHT if line.rules else weigh(line.text) for line in lines]
    runs = heaviest_runs(weights)
    if not runs:
        return None
    core = _with_near_runs(runs, _with_rivals(runs))
    start, stop = _upward(lines, core.start), _downward(lines, core.stop)
    page = WholePage(
        start=start,
        stop=stop,
        headline=_headline(lines, core.start),
        certain=_is_certain(lines, core),
    )
    return page if _is_whole(lines, page) else None


def _with_rivals(runs: Sequence[Run]) -> Run:
    heaviest = max(run.weight for run in runs)
    rivals = [run for run in runs if run.weight >= min(_RIVAL * heaviest, _RIVAL_WEIGHT)]
    return Run(start=rivals[0].start, stop=rivals[-1].stop, weight=heaviest)


def _with_near_runs(runs: Sequence[Run], core: Run) -> Run:
    near = [run for run in runs if run.weight >= _MIN_NEAR_WEIGHT]
    start, stop = core.start, core.stop
    for run in near:
        if 0 <= run.start - stop <= _GAP:
            stop = run.stop
    for run in reversed(near):
        if 0 <= start - run.stop <= _GAP:
            start = run.start
    return Run(start=start, stop=stop, weight=core.weight)


def _upward(lines: Sequence[PageLine], start: int) -> int:
    top = start
    while top > 0 and start - top < _GAP and not lines[top - 1].rules:
        top -= 1
    return top


def _downward(lines: Sequence[PageLine], stop: int) -> int:
    # A list that ends the article has no line that looks like text, but furniture below it.
    while stop < len(lines) and not _ends_article(lines[stop : stop + 2]):
        stop += 1
    return stop


def _ends_article(lines: Sequence[PageLine]) -> bool:
    return bool(lines[0].rules) and not any(
        weigh(line.text) > 0 and not line.rules for line in lines[1:]
    )


def _headline(lines: Sequence[PageLine], start: int) -> int:
    """The last line that stands twice in the page, or is above the date, or is just long.

    The text begins at `start`; a headline that ends as a sentence does may be taken for text.
    """
    window = range(max(0, start - _HEADLINE_DISTANCE), min(len(lines), start + _LINES_OF_LEAD))
    long = [n for n in window if _may_be_headline(lines[n])]
    dates = [n for n in window if DATE_RULES.intersection(lines[n].rules)]
    counts = Counter(_as_title(line) for line in lines)
    twice = [n for n in long if counts[_as_title(lines[n])] > 1]
    above = [n for n in long if n < start]
    dated = [n for n in above if dates and n < dates[-1]]
    for found in (twice, dated, above):
        if found:
            return found[-1]
    return 0


def _may_be_headline(line: PageLine) -> bool:
    # Items of menus have a bullet, where the browser shows it, and subtitles end with a stop.
    text = line.text.strip()
    if line.rules or without_bullet(text) != text or "://" in text or len(text) > _MAX_AROUND:
        return False
    return count_words(text) >= _MIN_HEADLINE and not _FULL_STOP.search(text)


def _as_title(line: PageLine) -> str:
    return " ".join(without_bullet(line.text).casefold().split())


def _is_certain(lines: Sequence[PageLine], core: Run) -> bool:
    if core.weight >= _MIN_WEIGHT:
        return True
    head = lines[max(0, core.start - _DATE_DISTANCE) : core.start + _LINES_OF_LEAD]
    is_dated = any(DATE_RULES.intersection(line.rules) for line in head)
    return is_dated and core.weight >= _MIN_DATED_WEIGHT


def _is_whole(lines: Sequence[PageLine], page: WholePage) -> bool:
    above = [line for n, line in enumerate(lines[: page.start]) if n != page.headline]
    below = lines[page.stop :]
    furniture = [sum(bool(line.rules) for line in side) for side in (above, below)]
    return (
        min(len(above), len(below)) >= _MIN_AT_EACH_SIDE
        and min(furniture) > 0
        and len(above) + len(below) >= _MIN_AROUND
        and sum(furniture) >= _MIN_FURNITURE_AROUND
    )
