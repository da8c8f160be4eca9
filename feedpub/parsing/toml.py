"""The one door to tomllib: a table, and the line on which each of its keys stands."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

HEADER = re.compile(r"\s*(?P<open>\[\[?)(?P<keys>[^\[\]]+)\]\]?\s*(#.*)?")
KEY = re.compile(r"""\s*(?P<keys>(?:[A-Za-z0-9_.\s-]|"[^"\n]*"|'[^'\n]*')+?)\s*=""")
WHERE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
PLAINER = (
    (r"Illegal character '\\n'", "a quote is opened here and not closed"),
    ("Invalid value", "this value is none that TOML knows; a text stands in quotes"),
    ("Cannot (declare|overwrite|mutate)", "this key or table is there already; keep one of them"),
)
BARE = re.compile(r"[A-Za-z0-9_-]+(\[\d+\])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Toml:
    """What a TOML text says; `line_of` takes a key as `key_path` writes it, 0 if it isn't there."""

    table: dict[str, object]
    line_of: Callable[[str], int]


class TomlError(ValueError):
    """The text is not TOML; `line` counts from 1."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


def read_toml(text: str) -> Toml:
    """Parses `text`; raises TomlError."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _with_line(str(error), text) from None
    return Toml(table=table, line_of=_finder(_lines(text)))


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
    plain = (words for pattern, words in PLAINER if re.match(pattern, problem))
    return TomlError(next(plain, problem), line)


def _lines(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    counts: Counter[str] = Counter()
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.fullmatch(line):
            keys = _split(header["keys"])
            if header["open"] == "[[" and keys:
                counts[key_path(*keys)] += 1
                keys = (*keys[:-1], f"{keys[-1]}[{counts[key_path(*keys)]}]")
            table = keys
            lines.setdefault(key_path(*table), number)
        elif key := KEY.match(line):
            lines.setdefault(key_path(*table, *_split(key["keys"])), number)
    return lines


def _split(keys: str) -> tuple[str, ...]:
    try:
        table: object = tomllib.loads(f"{keys} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    path = []
    while isinstance(table, dict):
        ((key, table),) = table.items()
        path.append(key)
    return tuple(path)


def _finder(lines: dict[str, int]) -> Callable[[str], int]:
    def line_of(path: str) -> int:
        while path and path not in lines:
            path = path.rpartition(".")[0]
        return lines.get(path, 0)

    return line_of
