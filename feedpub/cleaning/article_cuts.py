"""Decides which lines of an article are cut: by the rules that match them, and by their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ..settings import Where
from .density import count_words
from .rules import LineRule, as_phrase

MAX_LENGTH = 300
"""Characters. Longer lines are text, and to match all patterns with them would take long."""

REPEATED = "repeated"
"""The rule under which the title is cut where it stands again above the text."""

# Bytes in UTF-8: a character of Chinese or Japanese has three, and tells as much as three letters.
# From the first length on, a whole sentence is a paragraph of the article; from the second, any
# line is.
_MIN_SENTENCE_PARAGRAPH = 60
_MIN_PARAGRAPH = 160
_SENTENCE_END = (".", "!", "?", "…", "”", '"', "»", "’", "'", ")", ":", ";", "。", "！", "？", "」")
# Characters and words of an item of a menu, and how many known items make a menu.
_MAX_ITEM = 30
_MAX_ITEM_WORDS = 4
_MIN_ITEMS = 3


class ArticleCuts:
    """An article while it is cleaned: the rules that match each line, and the rule that cuts it.

    `matching` are the rules that match each of `texts`, at any place.
    """

    def __init__(
        self,
        title: str,
        texts: Sequence[str],
        matching: Sequence[tuple[LineRule, ...]],
    ) -> None:
        self._title = _as_title(title)
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
                self._cut_block(rule, self._filled[index : index + rule.within])

    def cut_edges(self, repeated: LineRule | None) -> None:
        """Cuts what is furniture above the first paragraph or below the last.

        `repeated` is the rule by which the title goes where it stands again above it.
        """
        paragraphs = [n for n in self._filled if self._is_paragraph(n)]
        # A short note has no line that long; its text is what ends as a sentence does.
        paragraphs = paragraphs or [n for n in self._filled if self._is_sentence(n)]
        if not paragraphs:
            return
        start = [n for n in self._filled if n < paragraphs[0]]
        end = [n for n in self._filled if n > paragraphs[-1]]
        for n in start:
            self._cut(n, (Where.START, Where.EDGES))
        for n in end:
            self._cut(n, (Where.END, Where.EDGES))
        self._cut_to_the_end(end)
        self._cut_beside(start, (Where.START, Where.EDGES))
        # Between paragraphs, the name of a section is a heading, and so is that above the first.
        if not any(map(self._section, range(paragraphs[0], paragraphs[-1]))):
            self._cut_rows(start)
            self._cut_rows(end)
        if repeated:
            titles = [n for n in start if self._is_title(n)]
            self.reasons.update(dict.fromkeys(titles, repeated))

    def _cut(self, n: int, where: tuple[Where, ...]) -> None:
        for rule in self._matching[n]:
            if rule.where in where and not rule.beside and "row" not in rule.through:
                self.reasons.setdefault(n, rule)

    def _cut_block(self, rule: LineRule, below: Sequence[int]) -> None:
        ends = [n for n in below if n in self.reasons and self.reasons[n].name in rule.through]
        for end in (ends[-1], ends[0]) if ends else ():
            block = [n for n in below if n < end and n not in self.reasons]
            if self._is_block(block, ends[0]):
                self.reasons.update(dict.fromkeys(block, rule))

    def _is_block(self, lines: Sequence[int], end: int) -> bool:
        """Whether there is one paragraph above `end` at most, and none below it."""
        paragraphs = [n for n in lines if self._is_paragraph(n)]
        # The caption of a picture often stands twice, and shortened in one place.
        beginnings = {self._texts[n].strip()[:_MIN_SENTENCE_PARAGRAPH] for n in paragraphs}
        short = all(len(self._texts[n]) <= MAX_LENGTH for n in lines)
        return short and len(beginnings) <= 1 and all(n < end for n in paragraphs)

    def _cut_to_the_end(self, end: Iterable[int]) -> None:
        opened: LineRule | None = None
        for n in end:
            if opened:
                self.reasons.setdefault(n, opened)
            elif (rule := self.reasons.get(n)) and "end" in rule.through:
                opened = rule

    def _cut_beside(self, lines: Sequence[int], where: tuple[Where, ...]) -> None:
        names = {n: self.reasons[n].name for n in lines if n in self.reasons}
        for one, other in (*pairwise(lines), *pairwise(reversed(lines))):
            for rule in self._matching[one]:
                if rule.where in where and names.get(other) in rule.beside:
                    self.reasons.setdefault(one, rule)

    def _cut_rows(self, lines: Iterable[int]) -> None:
        row: list[int] = []
        for n in (*lines, None):
            if n is not None and (n in self.reasons or self._is_item(n)):
                row.append(n)
                continue
            sections = {each: rule for each in row if (rule := self._section(each))}
            for each in row if len(sections) >= _MIN_ITEMS else sections:
                self.reasons.setdefault(each, next(iter(sections.values())))
            row = []

    def _section(self, n: int) -> LineRule | None:
        """The rule for rows that line `n` matches.

        A single word with a stop may be the end of a paragraph that was wrapped.
        """
        rules = (rule for rule in self._matching[n] if "row" in rule.through)
        return next(rules, None) if self._is_item(n) else None

    def _is_item(self, n: int) -> bool:
        text = self._texts[n].strip()
        if len(text) > _MAX_ITEM or count_words(text) > _MAX_ITEM_WORDS:
            return False
        return not text.endswith(_SENTENCE_END) and not any(map(str.isdigit, text))

    def _is_paragraph(self, n: int) -> bool:
        text = self._texts[n].strip()
        length = len(text.encode())
        if length < _MIN_PARAGRAPH:
            return length >= _MIN_SENTENCE_PARAGRAPH and self._is_sentence(n)
        return self._is_text(n)

    def _is_sentence(self, n: int) -> bool:
        return self._is_text(n) and self._texts[n].strip().endswith(_SENTENCE_END)

    def _is_text(self, n: int) -> bool:
        return not self._matching[n] and n not in self.reasons and not self._is_title(n)

    def _is_title(self, n: int) -> bool:
        return bool(self._title) and _as_title(self._texts[n]) == self._title


def _as_title(text: str) -> str:
    return as_phrase(" ".join(text.split()))
