"""Decides which lines of a pasted article are page furniture, and cuts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ..model import Cut
from ..settings import Where
from .rules import LineRule, as_phrase, is_long_sentence, line_variants, words_in
from .whole_page import WHOLE_PAGE, PageLine, WholePage, find_article, may_be_whole

# Characters. Longer lines are text, and to match all patterns with them would take long.
_MAX_LENGTH = 300
# Lines whose rules are remembered: menus repeat theirs, and a whole page is looked at twice.
_REMEMBERED = 2048
# Bytes in UTF-8: a character of Chinese or Japanese has three, and tells as much as three letters.
# From the first length on, a whole sentence is a paragraph of the article; from the second, any
# line is.
_MIN_SENTENCE_PARAGRAPH = 60
_MIN_PARAGRAPH = 160
# Lines below its heading at which a block may end: three, and the one that closes it. Further down
# is another block.
_MAX_BLOCK = 4
_SENTENCE_END = (".", "!", "?", "…", "”", '"', "»", "’", "'", ")", ":", ";", "。", "！", "？", "」")


Line = tuple[int, str]
"""A line of a file, with its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The lines that stay, with their numbers in the file, and those that were cut, in order.

    `headline` is the headline of a whole page; it is one of `lines`. `is_uncertain` says that they
    look like a whole page whose article could not be told from the rest.
    """

    lines: tuple[Line, ...]
    cuts: tuple[Cut, ...]
    headline: Line | None = None
    is_uncertain: bool = False


class Cleaner:
    """Cuts page furniture by `rules`; where several match a line, the first gives the reason.

    Lines longer than 300 characters are never furniture, but may be outside the article of a whole
    page. Blank lines always stay. Patterns are compiled at the first use.
    """

    def __init__(self, rules: Iterable[LineRule]) -> None:
        self._rules = tuple(rules)
        self._unhinted = tuple(rule for rule in self._rules if not rule.hints)
        self._matching = lru_cache(_REMEMBERED)(self._match)

    def clean(self, lines: Sequence[Line]) -> Cleaned:
        """Cuts what is around the article of a whole page, then the furniture in the rest."""
        article = self.cut_whole_page(lines)
        cleaned = self.cut_furniture(article.lines)
        cuts = sorted((*article.cuts, *cleaned.cuts), key=lambda cut: cut.line)
        return replace(article, lines=cleaned.lines, cuts=tuple(cuts))

    def cut_whole_page(self, lines: Sequence[Line]) -> Cleaned:
        """Cuts what is around the article and its headline, if `lines` are a whole page.

        Where it is uncertain which lines are the article, nothing is cut.
        """
        filled = [n for n, (_, text) in enumerate(lines) if text.strip()]
        texts = [lines[n][1] for n in filled]
        enabled = any(rule.name == WHOLE_PAGE for rule in self._rules)
        article = self._find_article(texts) if enabled and may_be_whole(texts) else None
        if article is None:
            return Cleaned(lines=tuple(lines), cuts=())
        if not article.certain:
            return Cleaned(lines=tuple(lines), cuts=(), is_uncertain=True)
        around = {n: WHOLE_PAGE for at, n in enumerate(filled) if not article.holds(at)}
        return replace(_cut(lines, around), headline=lines[filled[article.headline]])

    def cut_furniture(self, lines: Sequence[Line]) -> Cleaned:
        """Cuts the furniture out of `lines`, which are an article without its title."""
        page = _Page([text for _, text in lines], [self._matching(text) for _, text in lines])
        page.cut_anywhere()
        page.cut_edges()
        reasons = {n: rule.name for n, rule in page.reasons.items()}
        return _cut(lines, reasons)

    def _find_article(self, texts: Iterable[str]) -> WholePage | None:
        rules = ((text, self._matching(text)) for text in texts)
        return find_article(
            [PageLine(text=text, rules=tuple(each.name for each in found)) for text, found in rules]
        )

    def _match(self, text: str) -> tuple[LineRule, ...]:
        if len(text) > _MAX_LENGTH or not text.strip():
            return ()
        rules = self._rules if self._looks_like_furniture(text) else self._unhinted
        return tuple(rule for rule in rules if rule.matches(text))

    def _looks_like_furniture(self, text: str) -> bool:
        if is_long_sentence(text) and self._hints.isdisjoint(words_in(text)):
            return False
        return any(
            as_phrase(variant) in self._phrases or self._any_pattern.fullmatch(variant)
            for variant in line_variants(text)
        )

    @cached_property
    def _hints(self) -> frozenset[str]:
        return frozenset().union(*(rule.hints for rule in self._rules))

    @cached_property
    def _phrases(self) -> frozenset[str]:
        return frozenset().union(*(rule.lines for rule in self._rules))

    @cached_property
    def _any_pattern(self) -> re.Pattern[str]:
        # One regex for all: a line that is no furniture, as most are, is matched once. The rules of
        # config.toml are left out, as their groups may have names and numbers.
        patterns = "|".join(rule.pattern for rule in self._rules if rule.hints and rule.pattern)
        return re.compile(patterns or "(?!)", re.IGNORECASE)


def _cut(lines: Sequence[Line], reasons: Mapping[int, str]) -> Cleaned:
    """`lines` without those at the indices of `reasons`, the names of rules."""
    return Cleaned(
        lines=tuple(line for n, line in enumerate(lines) if n not in reasons),
        cuts=tuple(
            Cut(line=number, text=text, rule=reasons[n])
            for n, (number, text) in enumerate(lines)
            if n in reasons
        ),
    )


class _Page:
    """An article while it is cleaned: the rules that match each line, and the rule that cuts it."""

    def __init__(self, texts: list[str], matching: list[tuple[LineRule, ...]]) -> None:
        self._texts = texts
        self._matching = matching
        self._filled = [n for n, text in enumerate(texts) if text.strip()]
        self.reasons: dict[int, LineRule] = {}

    def cut_anywhere(self) -> None:
        """Cuts what is furniture at any place, and the blocks that it opens."""
        for n in self._filled:
            self._cut(n, (Where.ANYWHERE,))
        for index, n in enumerate(self._filled, 1):
            if (rule := self.reasons.get(n)) and rule.through:
                self._cut_block(rule, self._filled[index : index + _MAX_BLOCK])

    def cut_edges(self) -> None:
        """Cuts what is furniture above the first paragraph or below the last."""
        paragraphs = [n for n in self._filled if self._is_paragraph(n)]
        # A short note has no line that long; its text is what ends as a sentence does.
        paragraphs = paragraphs or [n for n in self._filled if self._is_sentence(n)]
        if not paragraphs:
            return
        to_the_end: LineRule | None = None
        for n in self._filled:
            if n < paragraphs[0]:
                self._cut(n, (Where.START, Where.EDGES))
            elif n > paragraphs[-1]:
                self._cut(n, (Where.END, Where.EDGES))
                if to_the_end:
                    self.reasons.setdefault(n, to_the_end)
                elif (rule := self.reasons.get(n)) and rule.through == "end":
                    to_the_end = rule

    def _cut(self, n: int, where: tuple[Where, ...]) -> None:
        for rule in self._matching[n]:
            if rule.where in where:
                self.reasons.setdefault(n, rule)

    def _cut_block(self, rule: LineRule, below: list[int]) -> None:
        closing = (n for n in below if n in self.reasons and self.reasons[n].name == rule.through)
        end = next(closing, 0)
        block = [n for n in below if n < end and n not in self.reasons]
        short = all(len(self._texts[n]) <= _MAX_LENGTH for n in block)
        if short and sum(map(self._is_paragraph, block)) <= 1:
            self.reasons.update(dict.fromkeys(block, rule))

    def _is_paragraph(self, n: int) -> bool:
        length = len(self._texts[n].strip().encode())
        if length < _MIN_PARAGRAPH:
            return length >= _MIN_SENTENCE_PARAGRAPH and self._is_sentence(n)
        return self._is_text(n)

    def _is_sentence(self, n: int) -> bool:
        return self._is_text(n) and self._texts[n].strip().endswith(_SENTENCE_END)

    def _is_text(self, n: int) -> bool:
        return not self._matching[n] and n not in self.reasons
