"""The wording of messages: values, counts, and lists that may be cut short."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

_LOGIN = re.compile(r"//[^/\s]*@")
# Characters, so that a message stays on a line or two.
_MAX_VALUE_LENGTH = 60

_TYPE_NAMES: Mapping[type, str] = {
    bool: "true or false",
    int: "a number",
    float: "a number with a point",
    str: "a text",
    list: "a list",
    dict: "a table",
    datetime: "a date",
    date: "a date",
    time: "a time",
}


def type_name(value: object) -> str:
    """The type of a `value` of TOML or YAML in plain words, such as "a list"."""
    return _TYPE_NAMES.get(type(value), type(value).__name__)


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of `known` that is most similar to `word`, "" if none is."""
    return next(iter(difflib.get_close_matches(word.lower(), sorted(known), n=1)), "")


def shown(value: object) -> str:
    """`value` for a message: short, on one line, without the user and password of an address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        text = _LOGIN.sub("//***@", " ".join(value.split()))
        short = text[:_MAX_VALUE_LENGTH]
        return f'"{text}"' if short == text else f'"{short}…"'
    return type_name(value)


def listed(words: Iterable[str]) -> str:
    """`a, b and c`, each in back quotes."""
    return joined([f"`{word}`" for word in words], "and")


def alternatives(words: Iterable[str]) -> str:
    """`"a", "b" or "c"`."""
    return joined([f'"{word}"' for word in words], "or")


def joined(parts: list[str], word: str) -> str:
    """`a, b word c`; `parts` are one or more."""
    *head, last = parts
    return f"{', '.join(head)} {word} {last}" if head else last


def counted(number: int, one: str, many: str = "") -> str:
    """`1 article`, `2,000 articles`; `many` is the plural, if not `one` with an "s"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def tallied(counts: Iterable[tuple[int, str]]) -> str:
    """`1,063 new, 2 changed`: numbers with their words, without those that are 0."""
    return ", ".join(f"{number:,} {word}" for number, word in counts if number)


def first_lines(lines: Sequence[str], limit: int, hint: str = "") -> tuple[str, ...]:
    """The first `limit` of `lines`, then how many there are more; `hint` says how to see these."""
    rest = len(lines) - limit
    if rest <= 0:
        return tuple(lines)
    return (*lines[:limit], f"and {rest:,} more" + (f" ({hint})" if hint else ""))


def abridged(names: Sequence[str], limit: int = 1) -> str:
    """The first `limit` of `names` with commas, and how many there are more."""
    first, rest = ", ".join(names[:limit]), len(names) - limit
    return f"{first} and {rest:,} more" if rest > 0 else first
