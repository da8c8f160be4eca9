"""Reads the tables `[article."…"]`, which give metadata to articles by name or glob."""

from __future__ import annotations

from ..articles.naming import KIND_BY_SUFFIX
from ..metadata import read_metadata
from ..model import Metadata
from ..parsing.toml import key_path
from ..parsing.values import Place, Values
from ..settings import ArticleTable, Site

_SUFFIXES = frozenset(suffix.removeprefix(".") for suffix in KIND_BY_SUFFIX)


def read_article_tables(values: Values, site: Site) -> tuple[ArticleTable, ...]:
    """The tables under `article`, in the order of the file."""
    articles = values.pop("article")
    if articles is None:
        return ()
    if not isinstance(articles, dict):
        values.error("article", "value-wrong-type", "must be tables", 'Write [article."name.txt"].')
        return ()
    return tuple(_read_table(values, site, name, each) for name, each in articles.items())


def _read_table(values: Values, site: Site, pattern: str, table: object) -> ArticleTable:
    path = key_path("article", pattern)
    if not isinstance(table, dict) or _SUFFIXES.intersection(table):
        suffix = next(iter(_SUFFIXES.intersection(table)), "") if isinstance(table, dict) else ""
        values.error(
            f"{path}.{suffix}".rstrip("."),
            "value-wrong-type",
            "must be a table of metadata",
            'A file name has a dot in it, so write it in quotes: [article."name.txt"].',
        )
        return ArticleTable(pattern=pattern, metadata=Metadata())
    line_of = values.place.line_of
    place = Place(name=values.place.name, line_of=lambda key: line_of(f"{path}.{key}"))
    metadata, diagnostics = read_metadata(table, place, site)
    values.diagnostics.extend(diagnostics)
    return ArticleTable(pattern=pattern, metadata=metadata, line=line_of(path))
