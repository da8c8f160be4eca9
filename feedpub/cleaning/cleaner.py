"""Owns the decision which lines of a pasted article are page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..model import Cut
from ..settings import Where
from .rules import Rule, forms, is_long_sentence, phrase, words

LONGEST = 300
PARAGRAPH_BYTES = 60
LONG_PARAGRAPH_BYTES = 160
SENTENCE_END = (".", "!", "?", "…", "”", '"', "»", "’", "'", ")", ":", ";", "。", "！", "？", "」")
FARTHEST = 4
"""How many lines below its heading a block may still be closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The lines that stay, with their numbers in the file, and those that were cut."""

    lines: tuple[tuple[int, str], ...]
    cuts: tuple[Cut, ...]


class Cleaner:
    """Cuts page furniture by `rules`; where several match a line, the first gives the reason.

    Lines longer than 300 characters are never furniture. It costs nothing until it is used.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._unhinted = tuple(rule for rule in self._rules if not rule.hints)

    def clean(self, lines: Sequence[tuple[int, str]]) -> Cleaned:
        """Parts the lines of an article, its title not among them; blank ones always stay."""
        page = _Page([text for _, text in lines], [self._matching(text) for _, text in lines])
        page.cut_anywhere()
        page.cut_edges()
        reasons = page.reasons
        return Cleaned(
            lines=tuple(line for n, line in enumerate(lines) if n not in reasons),
            cuts=tuple(
                Cut(line=number, text=text, rule=reasons[n].name)
                for n, (number, text) in enumerate(lines)
                if n in reasons
            ),
        )

    def _matching(self, text: str) -> tuple[Rule, ...]:
        if len(text) > LONGEST or not text.strip():
            return ()
        rules = self._rules if self._looks_like_furniture(text) else self._unhinted
        return tuple(rule for rule in rules if rule.matches(text))

    def _looks_like_furniture(self, text: str) -> bool:
        if is_long_sentence(text) and self._hints.isdisjoint(words(text)):
            return False
        return any(
            phrase(form) in self._phrases or self._sieve.fullmatch(form) for form in forms(text)
        )

    @cached_property
    def _hints(self) -> frozenset[str]:
        return frozenset().union(*(rule.hints for rule in self._rules))

    @cached_property
    def _phrases(self) -> frozenset[str]:
        return frozenset().union(*(rule.lines for rule in self._rules))

    @cached_property
    def _sieve(self) -> re.Pattern[str]:
        # One regex for all: a line that is no furniture, as most are, is looked at once. The
        # rules of a curator stay out of it, as their groups may have names and numbers.
        patterns = "|".join(rule.pattern for rule in self._rules if rule.hints and rule.pattern)
        return re.compile(patterns or "(?!)", re.IGNORECASE)


class _Page:
    """An article while it is cleaned: the rules that match each line, and the reasons to cut."""

    def __init__(self, texts: list[str], matching: list[tuple[Rule, ...]]) -> None:
        self._texts = texts
        self._matching = matching
        self._filled = [n for n, text in enumerate(texts) if text.strip()]
        self.reasons: dict[int, Rule] = {}

    def cut_anywhere(self) -> None:
        """Cuts what is furniture wherever it stands, and the blocks that it opens."""
        for n in self._filled:
            self._cut(n, (Where.ANYWHERE,))
        for place, n in enumerate(self._filled):
            if (rule := self.reasons.get(n)) and rule.through:
                self._cut_block(rule, self._filled[place + 1 : place + 1 + FARTHEST])

    def cut_edges(self) -> None:
        """Cuts what is furniture above the first paragraph or below the last."""
        paragraphs = [n for n in self._filled if self._is_paragraph(n)]
        # A short note has no line that long: there, what ends as a sentence does is its text.
        paragraphs = paragraphs or [n for n in self._filled if self._is_sentence(n)]
        if not paragraphs:
            return
        taking: Rule | None = None
        for n in self._filled:
            if n < paragraphs[0]:
                self._cut(n, (Where.START, Where.EDGES))
            elif n > paragraphs[-1]:
                self._cut(n, (Where.END, Where.EDGES))
                if taking:
                    self.reasons.setdefault(n, taking)
                elif (rule := self.reasons.get(n)) and rule.through == "end":
                    taking = rule

    def _cut(self, n: int, where: tuple[Where, ...]) -> None:
        for rule in self._matching[n]:
            if rule.where in where:
                self.reasons.setdefault(n, rule)

    def _cut_block(self, rule: Rule, below: list[int]) -> None:
        closing = (n for n in below if n in self.reasons and self.reasons[n].name == rule.through)
        end = next(closing, 0)
        block = [n for n in below if n < end and n not in self.reasons]
        short = all(len(self._texts[n]) <= LONGEST for n in block)
        if short and sum(map(self._is_paragraph, block)) <= 1:
            self.reasons.update(dict.fromkeys(block, rule))

    def _is_paragraph(self, n: int) -> bool:
        length = len(self._texts[n].strip().encode())
        if length < LONG_PARAGRAPH_BYTES:
            return length >= PARAGRAPH_BYTES and self._is_sentence(n)
        return self._is_text(n)

    def _is_sentence(self, n: int) -> bool:
        return self._is_text(n) and self._texts[n].strip().endswith(SENTENCE_END)

    def _is_text(self, n: int) -> bool:
        return not self._matching[n] and n not in self.reasons
