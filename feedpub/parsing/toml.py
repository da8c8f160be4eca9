"""A TOML text as a table, and the line of each of its keys.

tomllib reads the values, but gives no lines; `toml_lines` finds these when the first is asked for.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

WHERE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_WINDOWS_REMEDY = r"Write a Windows path in single quotes, such as 'C:\pictures', or with `/`."
# What tomllib says, in plainer words where that helps, and what to do about it.
PLAINER = (
    (r"Illegal character '\\n'", "a quote is opened here and not closed", "Close it on its line."),
    ("Unterminated string", "a quote is opened and not closed", "Close it on its line."),
    ("Invalid value", "this value is none that TOML knows", "Write a text in quotes."),
    (
        "Cannot (declare|overwrite|mutate)",
        "this key or table is there already",
        "Keep one of them.",
    ),
    ("Invalid hex value|Unescaped '", r"`\` begins a code in double quotes", _WINDOWS_REMEDY),
    ("Expected '=' after a key", "", "Write `key = value` on each line."),
    ("Invalid date", "there is no such day or time", "Write it as 2019-05-02T17:00:00+02:00."),
    ("Unclosed array|Expected ']'", "", "Close it with `]`."),
    ("Unclosed inline table", "", "Close it with `}`."),
    (
        "Illegal character '\\\\t'|Found invalid character '\\\\t'",
        "a tab stands here",
        "Put blanks in place of tabs.",
    ),
    ("Expected newline", "", "Write one `key = value` a line, and a text or a date in its form."),
)
_ANY_REMEDY = "Write one `key = value` a line, and texts in quotes."
BARE = re.compile(r"[A-Za-z0-9_-]+(\[\d+\])*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Toml:
    """What a TOML text says, and where.

    `line_of` takes a key as `key_path` writes it. One that isn't there has the line of the table
    it would stand in, 0 if that isn't there either.
    """

    table: dict[str, object]
    line_of: Callable[[str], int]


class TomlError(ValueError):
    """The text is not TOML; `line` counts from 1."""

    def __init__(self, problem: str, line: int, remedy: str) -> None:
        super().__init__(problem)
        self.line = line
        self.remedy = remedy


def read_toml(text: str) -> Toml:
    """Parses `text`; raises TomlError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _with_line(str(error), text) from None
    return Toml(table=table, line_of=_finder(text))


def key_path(*keys: str) -> str:
    """A path of keys as messages write it: bare keys as they are, others in quotes."""
    return ".".join(key if BARE.fullmatch(key) else f'"{key}"' for key in keys)


def quoted(text: str) -> str:
    """`text` as a basic string of TOML."""
    # A JSON string is one, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _with_line(message: str, text: str) -> TomlError:
    where = WHERE.search(message)
    problem = message[: where.start()] if where else message
    line = int(where["line"]) if where and where["line"] else text.rstrip().count("\n") + 1
    known = (each for each in PLAINER if re.match(each[0], problem))
    _, plainer, remedy = next(known, ("", "", _ANY_REMEDY))
    return TomlError(plainer or problem, line, remedy)


def _finder(text: str) -> Callable[[str], int]:
    @cache
    def lines() -> dict[str, int]:
        from .toml_lines import key_lines

        return {key_path(*path): line for path, line in key_lines(text).items()}

    def line_of(path: str) -> int:
        while path and path not in lines():
            path = path.rpartition(".")[0]
        return lines().get(path, 0)

    return line_of
