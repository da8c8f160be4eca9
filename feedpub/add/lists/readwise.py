"""The CSV files of Readwise: the library of Reader, and highlights.

The library has Title, URL, ID, Document tags, Saved date and more; tags are written as Python
writes a list. Highlights name a book or an article, but no address.
"""

from __future__ import annotations

from collections.abc import Iterator

from .links import ListedLink, ListFile, ListKind, moment
from .table import has_columns, rows
from .values import written_list


def _read(file: ListFile) -> Iterator[ListedLink]:
    for row in rows(file):
        yield ListedLink(
            link=row["url"],
            title=row["title"],
            tags=written_list(row["document tags"]),
            added=moment(row["saved date"], file.zone),
        )


def _refuse(_: ListFile) -> Iterator[ListedLink]:
    raise ValueError("it has no addresses; export the library of Reader, which has them")


READWISE = ListKind(
    name="an export of Readwise Reader",
    matches=has_columns("title", "url", "document tags", "saved date"),
    read=_read,
)
READWISE_HIGHLIGHTS = ListKind(
    name="highlights of Readwise",
    matches=has_columns("highlight", "book title", "highlighted at"),
    read=_refuse,
)
