"""Finds what the `[article."…"]` tables of config.toml say about one article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ..metadata import merged
from ..model import Metadata
from ..settings import ArticleTable

WILD = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]]*\]|[^*?\[]+|\[")


class Tables:
    """Answers by path, and remembers which tables were of no use.

    A pattern with `/` is the whole path, one without is a name in any folder. The exact name goes
    before globs, a later glob before an earlier one.
    """

    def __init__(self, tables: Sequence[ArticleTable]) -> None:
        self._exact = {_nfc(table.pattern): table for table in tables}
        self._globs = [_Glob.of(table) for table in tables if re.search(r"[*?\[]", table.pattern)]
        self._unused = {table.pattern: table for table in tables}

    def metadata(self, path: str) -> Metadata:
        """What the tables that match `path` say, taken together."""
        said = Metadata()
        for table in self._matching(path):
            said = merged(said, table.metadata)
            self._unused.pop(table.pattern, None)
        return said

    def unused(self) -> tuple[ArticleTable, ...]:
        """The tables that have matched no path yet."""
        return tuple(self._unused.values())

    def _matching(self, path: str) -> list[ArticleTable]:
        name = path.rpartition("/")[2]
        exact = [table for key in (path, name) if (table := self._exact.get(key))]
        globs = [
            glob.table
            for glob in reversed(self._globs)
            if glob.expression.fullmatch(path if glob.whole else name)
        ]
        return [*dict.fromkeys(exact), *(table for table in globs if table not in exact)]


@dataclass(frozen=True, slots=True)
class _Glob:
    table: ArticleTable
    expression: re.Pattern[str]
    whole: bool

    @classmethod
    def of(cls, table: ArticleTable) -> _Glob:
        pattern = _nfc(table.pattern)
        expression = re.compile("".join(_translated(part) for part in WILD.findall(pattern)))
        return cls(table, expression, "/" in pattern)


def _translated(part: str) -> str:
    if part in ("**/", "**"):
        return "(?:.*/)?" if part == "**/" else ".*"
    if part in ("*", "?"):
        return "[^/]*" if part == "*" else "[^/]"
    if part.startswith("[") and len(part) > 1:
        inside = part[1:-1].replace("\\", r"\\")
        return f"[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"
    return re.escape(part)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
