"""Finds the tables `[article."…"]` of config.toml that apply to an article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ..metadata import merged
from ..model import Metadata
from ..settings import ArticleTable

_GLOB_PART = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]]*\]|[^*?\[]+|\[")


class ArticleTables:
    """The tables `[article."…"]`, by the paths and globs that are their names.

    A pattern with `/` is for the whole path, one without for the file name in any folder. An exact
    name takes precedence over globs, a later glob over an earlier one.
    """

    def __init__(self, tables: Sequence[ArticleTable]) -> None:
        self._exact = {_nfc(table.pattern): table for table in tables}
        self._globs = [_Glob.of(table) for table in tables if re.search(r"[*?\[]", table.pattern)]
        self._unused = {table.pattern: table for table in tables}

    def metadata(self, path: str) -> Metadata:
        """The metadata of all tables that match `path`, merged; from now on they are used."""
        metadata = Metadata()
        for table in self._matching(path):
            metadata = merged(metadata, table.metadata)
            self._unused.pop(table.pattern, None)
        return metadata

    def unused(self) -> tuple[ArticleTable, ...]:
        """The tables that matched no path given to `metadata` so far, in the order of the file."""
        return tuple(self._unused.values())

    def _matching(self, path: str) -> list[ArticleTable]:
        name = path.rpartition("/")[2]
        exact = [table for key in (path, name) if (table := self._exact.get(key))]
        globs = [
            glob.table
            for glob in reversed(self._globs)
            if glob.expression.fullmatch(path if glob.whole_path else name)
        ]
        return [*dict.fromkeys(exact), *(table for table in globs if table not in exact)]


@dataclass(frozen=True, slots=True)
class _Glob:
    table: ArticleTable
    expression: re.Pattern[str]
    whole_path: bool

    @classmethod
    def of(cls, table: ArticleTable) -> _Glob:
        pattern = _nfc(table.pattern)
        expression = re.compile("".join(_translated(part) for part in _GLOB_PART.findall(pattern)))
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
