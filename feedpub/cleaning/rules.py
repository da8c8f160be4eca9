"""The rules of cleaning: what lines of page furniture look like, and where they are cut."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..parsing.toml import read_toml
from ..settings import CleaningRule, Where

_RULES_FILE = Path(__file__).with_name("rules.toml")
_BULLETS = " *•·|_=~<>‹›←→↑↓▶►▼▲[]"
_DASHES = "-–—"
# Characters. Buttons, labels and headings, which may end with a stop too, are seldom longer.
_LONG_SENTENCE = 60
_SENTENCE_ENDS = frozenset(".!?")
# Lines below its heading at which a block may end: three, and the one that closes it. Further down
# is another block.
_WITHIN = 4
# A group that repeats and ends with a repetition, such as `(\w+\s*)+`: it takes exponential time.
_NESTED_REPETITION = re.compile(r"[^\\+*?][+*](?!\+)[^()]*\)(?:[+*]|\{\d*,)(?!\+)")
_PART_REFERENCE = re.compile(r"\{([a-z]+)\}")
# Lines of articles that no rule may match, short ones and whole sentences.
_ORDINARY_LINES = (
    "The harbour",
    "Yes.",
    "“No,” she said.",
    "What happened next?",
    "They met in Lisbon on 3 May 2019, as the treaty of 1984 asks for.",
    "Her brother had sold the boat, the house and 12 of the 40 trees; nobody asked him why.",
    "El puerto está cerrado desde el lunes.",
    "Корабль вышел из гавани утром.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRule:
    """One kind of page furniture: whole lines, and a regular expression for whole lines.

    `lines` are phrases as `as_phrase` gives them. Where a rule has `hints`, a line that is a long
    sentence must have one of these words in it. `through` is how far the cut goes on: "end", "row"
    or the names of the rules that close it `within` so many lines. Where a rule has `beside`, it
    cuts next to a line only that one of these rules cuts. `kind` is what config.toml calls it and
    others. `cuts` and `keeps` are samples, for tests.
    """

    name: str
    about: str = ""
    lines: frozenset[str] = frozenset()
    pattern: str = ""
    hints: frozenset[str] = frozenset()
    where: Where = Where.ANYWHERE
    through: frozenset[str] = frozenset()
    within: int = _WITHIN
    kind: str = ""
    beside: frozenset[str] = frozenset()
    cuts: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()

    def matches(self, line: str) -> bool:
        """Whether `line` looks like this furniture, wherever it is in the article."""
        if self.hints and is_long_sentence(line) and self.hints.isdisjoint(words_in(line)):
            return False
        variants = line_variants(line)
        return self.matches_any(variants, phrases=tuple(map(as_phrase, variants)))

    def matches_any(self, variants: Iterable[str], *, phrases: Iterable[str]) -> bool:
        """Whether a variant of a line, or its phrase, is this furniture; `hints` don't matter."""
        if not self.lines.isdisjoint(phrases):
            return True
        regex = _regex(self.pattern) if self.pattern else None
        return regex is not None and any(map(regex.fullmatch, variants))


def line_variants(line: str) -> tuple[str, ...]:
    """The line with single spaces, and before it, if it has ornaments around it, without these.

    Dashes are an ornament in pairs only: a single one in front begins direct speech.
    """
    whole = " ".join(line.replace("’", "'").split())
    bare = whole.strip(_BULLETS)
    if bare[:1] in _DASHES and bare[-1:] in _DASHES:
        bare = bare.strip(_BULLETS + _DASHES)
    return (whole,) if bare in ("", whole) else (bare, whole)


def as_phrase(variant: str) -> str:
    """One of `line_variants` in lower case and without a stop, colon or exclamation mark."""
    lower = variant.lower()
    return lower if lower.endswith("..") else lower.rstrip(".!:")


def is_long_sentence(line: str) -> bool:
    """Whether the line is most likely prose; the stop of `8 a.m.` ends no sentence."""
    end = line.rstrip("\"”’')")[-3:]
    return len(line) >= _LONG_SENTENCE and end[-1:] in _SENTENCE_ENDS and end[:1] != "."


def words_in(line: str) -> list[str]:
    """The words of a sentence in lower case, without stops and commas."""
    return line.lower().replace("’", "'").replace(",", "").replace(".", "").split()


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def load_rules() -> tuple[LineRule, ...]:
    """The rules that feedpub comes with, in the order in which they are tried."""
    text = _RULES_FILE.read_text(encoding="utf-8")
    table: Any = read_toml(text).table
    hints = frozenset(table["hints"])
    return tuple(_rule(each, table["part"], hints) for each in table["rule"])


def rule_names() -> tuple[str, ...]:
    """The names of the rules that feedpub comes with."""
    return tuple(rule.name for rule in load_rules())


def rules_by_kind() -> dict[str, frozenset[str]]:
    """The names of the rules of each kind that `keep` in config.toml may name."""
    kinds = sorted({rule.kind for rule in load_rules() if rule.kind})
    return {
        kind: frozenset(rule.name for rule in load_rules() if rule.kind == kind) for kind in kinds
    }


def rules_for(own: tuple[CleaningRule, ...], disabled: frozenset[str]) -> tuple[LineRule, ...]:
    """The rules for one config.toml: its `own`, then feedpub's, without the `disabled` ones."""
    rules = (*map(compile_rule, own), *load_rules())
    return tuple(rule for rule in rules if rule.name not in disabled)


def compile_rule(rule: CleaningRule) -> LineRule:
    """The rule that config.toml states.

    Raises ValueError if its pattern is no regular expression, could take too long, or would cut
    ordinary text; the message continues a sentence that begins with the key.
    """
    try:
        regex = re.compile(rule.pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is not a regular expression: {error}") from None
    if _NESTED_REPETITION.search(rule.pattern):
        raise ValueError("repeats what is a repetition itself, which can take hours on one line")
    if regex.fullmatch(""):
        raise ValueError("matches an empty line, and with it perhaps every line")
    for line in _ORDINARY_LINES:
        if regex.fullmatch(line):
            raise ValueError(f"would cut ordinary text, such as “{line}”")
    return LineRule(name=rule.name, pattern=rule.pattern, where=rule.where)


def _rule(table: dict[str, Any], parts: dict[str, list[str]], hints: frozenset[str]) -> LineRule:
    pattern = "|".join(table.get("patterns", ()))
    return LineRule(
        name=table["name"],
        about=table["about"],
        lines=frozenset(map(as_phrase, table.get("lines", ()))),
        pattern=_spelled_out(pattern, parts | table.get("part", {})),
        hints=hints,
        where=Where(table.get("where", Where.ANYWHERE)),
        through=frozenset(table.get("through", ())),
        within=table.get("within", _WITHIN),
        kind=table.get("kind", ""),
        beside=frozenset(table.get("beside", ())),
        cuts=tuple(table.get("cuts", ())),
        keeps=tuple(table.get("keeps", ())),
    )


def _spelled_out(pattern: str, parts: dict[str, list[str]]) -> str:
    while _PART_REFERENCE.search(pattern):
        pattern = _PART_REFERENCE.sub(lambda part: f"(?:{'|'.join(parts[part[1]])})", pattern)
    return pattern
