"""On which line each table, key and element of a TOML text stands.

The scanner checks nothing: it relies on tomllib having accepted the text. ARCHITECTURE.md says why
it is our own.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter

SIMPLE_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
DOTTED_KEY = rf"[ \t]*(?P<keys>{SIMPLE_KEY}(?:[ \t]*\.[ \t]*{SIMPLE_KEY})*)[ \t]*"
PAIR = re.compile(rf"{DOTTED_KEY}=")
HEADER = re.compile(rf"\[(?P<array>\[?){DOTTED_KEY}\]+")
# Up to two quotes may stand before the three that end a multi-line string.
SCALAR = re.compile(
    r""""{3}(?:[^\\]|\\.)*?"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\]|\\.)*"|'[^']*'|[^,\]}#\n]+""",
    re.DOTALL,
)
# Commas stand between elements and pairs only, where they mean no more than a blank.
GAP = re.compile(r"(?:[\s,]+|#[^\n]*)*")

KeyPath = tuple[str, ...]


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line of each path, for a `text` in TOML 1.0 or 1.1.

    The element n of an array `name`, be it written as `[[name]]` or `name = [...]`, is `name[n]`.
    A table that has no header of its own stands where it is first named.
    """
    return _Scanner(text).document()


class _Scanner:
    """One pass through a text: `at` is the next character, `line` the line it stands on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.lines: dict[KeyPath, int] = {}
        self.headers: Counter[KeyPath] = Counter()

    def document(self) -> dict[KeyPath, int]:
        """Goes through the whole text; gives the line of each path."""
        table: KeyPath = ()
        while following := self.following():
            if following == "[":
                table = self.header()
            else:
                self.pair(table)
        return self.lines

    def header(self) -> KeyPath:
        """Goes past `[table]` or `[[array]]`; gives the path of the table that begins."""
        header = self.take(HEADER)
        path = self.reach((), header["keys"])
        if header["array"]:
            self.headers[path] += 1
            path = self.latest(path)
        self.lines[path] = self.line
        return path

    def pair(self, table: KeyPath) -> None:
        """Goes past `key = value`."""
        self.value(self.reach(table, self.take(PAIR)["keys"]))

    def value(self, path: KeyPath) -> None:
        """Goes past the value at `path`."""
        match self.following():
            case "[":
                self.array(path)
            case "{":
                self.inline_table(path)
            case _:
                self.take(SCALAR)

    def array(self, path: KeyPath) -> None:
        """Goes past `[value, value]`."""
        self.at += 1
        number = 0
        while self.following() != "]":
            number += 1
            element = _element(path, number)
            self.lines[element] = self.line
            self.value(element)
        self.at += 1

    def inline_table(self, path: KeyPath) -> None:
        """Goes past `{key = value, key = value}`."""
        self.at += 1
        while self.following() != "}":
            self.pair(path)
        self.at += 1

    def following(self) -> str:
        """Goes past blanks, commas and comments; gives the character there, "" at the end."""
        self.take(GAP)
        return self.text[self.at : self.at + 1]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """Goes past what `pattern` matches here."""
        found = pattern.match(self.text, self.at)
        assert found, "tomllib has accepted the text"
        self.at = found.end()
        self.line += found[0].count("\n")
        return found

    def reach(self, table: KeyPath, keys: str) -> KeyPath:
        """The path that the dotted `keys` name in `table`; notes it and the tables on the way."""
        path = table
        for key in _split(keys):
            path = (*self.latest(path), key)
            self.lines.setdefault(path, self.line)
        return path

    def latest(self, path: KeyPath) -> KeyPath:
        """The element that the latest `[[path]]` began, `path` itself if there was none."""
        number = self.headers[path]
        return _element(path, number) if number else path


def _element(path: KeyPath, number: int) -> KeyPath:
    return (*path[:-1], f"{path[-1]}[{number}]")


def _split(keys: str) -> KeyPath:
    table: object = tomllib.loads(f"{keys} = 0")
    path = []
    while isinstance(table, dict):
        ((key, table),) = table.items()
        path.append(key)
    return tuple(path)
