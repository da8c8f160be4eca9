"""Owns the rules: what a line of page furniture looks like, and where it counts as such."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..parsing.toml import read_toml
from ..settings import CleaningRule, Where

FILE = Path(__file__).with_name("rules.toml")
BULLETS = " *•·|_=~<>‹›←→↑↓▶►▼▲[]"
DASHES = "-–—"
LONG = 60
SENTENCE_ENDS = frozenset(".!?")
REPEATED_REPETITION = re.compile(r"[^\\+*?][+*](?!\+)[^()]*\)(?:[+*]|\{\d*,)(?!\+)")
PART = re.compile(r"\{([a-z]+)\}")
ORDINARY = (
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
class Rule:
    """One kind of page furniture, known by whole lines or by a regular expression for them.

    Where a rule has `hints`, a line that is a long sentence must have one of these words in it.
    `through` is how far the cut goes on: empty, "end", or the name of the rule that closes it.
    `cuts` and `keeps` are samples, for tests.
    """

    name: str
    about: str = ""
    lines: frozenset[str] = frozenset()
    pattern: str = ""
    hints: frozenset[str] = frozenset()
    where: Where = Where.ANYWHERE
    through: str = ""
    cuts: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()

    def matches(self, line: str) -> bool:
        """Whether `line` looks like this furniture, wherever it stands."""
        if self.hints and is_long_sentence(line) and self.hints.isdisjoint(words(line)):
            return False
        return any(
            phrase(form) in self.lines
            or (self.pattern and re.fullmatch(self.pattern, form, re.IGNORECASE) is not None)
            for form in forms(line)
        )


def forms(line: str) -> tuple[str, ...]:
    """The line without idle blanks, and, where it has any, without the ornaments around it.

    Dashes are an ornament in pairs alone: a single one in front opens a speech.
    """
    whole = " ".join(line.replace("’", "'").split())
    bare = whole.strip(BULLETS)
    if bare[:1] in DASHES and bare[-1:] in DASHES:
        bare = bare.strip(BULLETS + DASHES)
    return (whole,) if bare in ("", whole) else (bare, whole)


def phrase(form: str) -> str:
    """The line as the rules' lists of lines spell it."""
    low = form.lower()
    return low if low.endswith("..") else low.rstrip(".!:")


def is_long_sentence(line: str) -> bool:
    """Whether the line is most likely prose; `8 a.m.` ends no sentence."""
    end = line.rstrip("\"”’')")[-3:]
    return len(line) >= LONG and end[-1:] in SENTENCE_ENDS and end[:1] != "."


def words(line: str) -> list[str]:
    """The words of a sentence, in lower case."""
    return line.lower().replace("’", "'").replace(",", "").replace(".", "").split()


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules that feedpub comes with, in the order in which they are tried."""
    text = FILE.read_text(encoding="utf-8")
    table: Any = read_toml(text).table
    hints = frozenset(table["hints"])
    return tuple(_rule(each, table["part"], hints) for each in table["rule"])


def rule_names() -> tuple[str, ...]:
    """The names of the rules that feedpub comes with."""
    return tuple(rule.name for rule in load_rules())


def rules_for(own: tuple[CleaningRule, ...], disabled: frozenset[str]) -> tuple[Rule, ...]:
    """The rules of one config.toml: its own, then feedpub's, without the disabled ones."""
    rules = (*map(compile_rule, own), *load_rules())
    return tuple(rule for rule in rules if rule.name not in disabled)


def compile_rule(rule: CleaningRule) -> Rule:
    """Makes a rule that a curator wrote fit for use.

    Raises ValueError if it is no regular expression or would cut ordinary text; the message
    continues a sentence that begins with the key.
    """
    try:
        regex = re.compile(rule.pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is not a regular expression: {error}") from None
    if REPEATED_REPETITION.search(rule.pattern):
        raise ValueError("repeats what is a repetition itself, which can take hours on one line")
    if regex.fullmatch(""):
        raise ValueError("matches an empty line, and with it perhaps every line")
    for sentence in ORDINARY:
        if regex.fullmatch(sentence):
            raise ValueError(f"would cut ordinary text, such as “{sentence}”")
    return Rule(name=rule.name, pattern=rule.pattern, where=rule.where)


def _rule(table: dict[str, Any], parts: dict[str, list[str]], hints: frozenset[str]) -> Rule:
    pattern = "|".join(table.get("patterns", ()))
    return Rule(
        name=table["name"],
        about=table["about"],
        lines=frozenset(map(phrase, table.get("lines", ()))),
        pattern=_spelled_out(pattern, parts | table.get("part", {})),
        hints=hints,
        where=Where(table.get("where", Where.ANYWHERE)),
        through=table.get("through", ""),
        cuts=tuple(table.get("cuts", ())),
        keeps=tuple(table.get("keeps", ())),
    )


def _spelled_out(pattern: str, parts: dict[str, list[str]]) -> str:
    while PART.search(pattern):
        pattern = PART.sub(lambda part: f"(?:{'|'.join(parts[part[1]])})", pattern)
    return pattern
