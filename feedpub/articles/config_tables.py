"""Finds the tables `[article."…"]` of config.toml that apply to an article."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from ..metadata import merged
from ..model import Metadata
from ..settings import ArticleTable
from .globs import Glob, is_glob


class ArticleTables:
    """The tables `[article."…"]`, by the paths and globs that are their names.

    A pattern with `/` is for the whole path, one without for the file name in any folder. An exact
    name takes precedence over globs, a later glob over an earlier one.
    """

    def __init__(self, tables: Sequence[ArticleTable]) -> None:
        self._exact = {_nfc(table.pattern): table for table in tables}
        self._globs = [
            (Glob.of(_nfc(table.pattern)), table) for table in tables if is_glob(table.pattern)
        ]
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
        globs = [table for glob, table in reversed(self._globs) if glob.matches(path)]
        return [*dict.fromkeys(exact), *(table for table in globs if table not in exact)]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
