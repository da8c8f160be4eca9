"""The tables that give metadata to articles by their names."""

from __future__ import annotations

from ..articles import folder
from ..metadata import read_metadata
from ..parsing.toml import key_path
from ..parsing.values import Place, Values
from ..settings import ArticleTable, Site

ENDINGS = frozenset(ending.removeprefix(".") for ending in folder.ENDINGS)


def article_tables(values: Values, site: Site) -> tuple[ArticleTable, ...]:
    """Those under `article`."""
    articles = values.take("article")
    if articles is None:
        return ()
    if not isinstance(articles, dict):
        values.fault("article", "must be tables", 'Write [article."name.txt"].')
        return ()
    return tuple(_article_table(values, site, name, each) for name, each in articles.items())


def _article_table(values: Values, site: Site, pattern: str, table: object) -> ArticleTable:
    path = key_path("article", pattern)
    if not isinstance(table, dict) or ENDINGS.intersection(table):
        ending = next(iter(ENDINGS.intersection(table)), "") if isinstance(table, dict) else ""
        values.fault(
            f"{path}.{ending}".rstrip("."),
            "must be a table of metadata",
            'A file name has a dot in it, so write it in quotes: [article."name.txt"].',
        )
        return ArticleTable(pattern=pattern, metadata=read_metadata({}, values.place, site)[0])
    line_of = values.place.line_of
    place = Place(name=values.place.name, line_of=lambda key: line_of(f"{path}.{key}"))
    metadata, faults = read_metadata(table, place, site)
    values.faults.extend(faults)
    return ArticleTable(pattern=pattern, metadata=metadata, line=line_of(path))
