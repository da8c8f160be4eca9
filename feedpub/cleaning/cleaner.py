"""Decides which lines of a pasted article are page furniture, and cuts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ..model import Cut, Line
from .article_cuts import MAX_LENGTH, REPEATED, ArticleCuts
from .rules import LineRule, as_phrase, is_long_sentence, line_variants, words_in
from .whole_page import WHOLE_PAGE, PageLine, WholePage, find_article_block, may_be_whole

# Lines whose rules are remembered: menus repeat theirs, and a whole page is looked at twice.
_REMEMBERED = 2048


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
        article = (
            self._find_article(texts) if self.removes(WHOLE_PAGE) and may_be_whole(texts) else None
        )
        if article is None:
            return Cleaned(lines=tuple(lines), cuts=())
        if not article.certain:
            return Cleaned(lines=tuple(lines), cuts=(), is_uncertain=True)
        around = {n: WHOLE_PAGE for at, n in enumerate(filled) if not article.holds(at)}
        return replace(_cut(lines, around), headline=lines[filled[article.headline]])

    def cut_furniture(self, lines: Sequence[Line], *, title: str = "") -> Cleaned:
        """Cuts the furniture out of `lines`, an article whose `title` was taken off them."""
        texts = [text for _, text in lines]
        article = ArticleCuts(title, texts, [self._matching(text) for text in texts])
        article.cut_anywhere()
        article.cut_edges(next((rule for rule in self._rules if rule.name == REPEATED), None))
        return _cut(lines, {n: rule.name for n, rule in article.reasons.items()})

    def removes(self, rule: str) -> bool:
        """Whether lines that the rule of this name matches are cut."""
        return any(each.name == rule for each in self._rules)

    def _find_article(self, texts: Iterable[str]) -> WholePage | None:
        return find_article_block([PageLine(text=text, rules=self._names(text)) for text in texts])

    def _names(self, text: str) -> tuple[str, ...]:
        return tuple(rule.name for rule in self._matching(text) if not rule.beside)

    def _match(self, text: str) -> tuple[LineRule, ...]:
        if len(text) > MAX_LENGTH or not text.strip():
            return ()
        variants = line_variants(text)
        phrases = tuple(map(as_phrase, variants))
        # All rules that have hints have the same, which were looked for.
        rules = self._rules if self._looks_like_furniture(text, variants) else self._unhinted
        return tuple(rule for rule in rules if rule.matches_any(variants, phrases=phrases))

    def _looks_like_furniture(self, text: str, variants: tuple[str, ...]) -> bool:
        if is_long_sentence(text) and self._hints.isdisjoint(words_in(text)):
            return False
        if not self._phrases.isdisjoint(map(as_phrase, variants)):
            return True
        return any(map(self._any_pattern.fullmatch, variants))

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
