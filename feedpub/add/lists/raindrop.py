"""The CSV that Raindrop.io exports: title, note, excerpt, url, folder, tags, created and more.

The `note` is its user's, the `excerpt` the page's own: https://help.raindrop.io/export
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
            note=row["note"],
            tags=written_list(row["tags"]),
            added=moment(row["created"], file.zone),
        )


RAINDROP = ListKind(
    name="an export of Raindrop",
    matches=has_columns("title", "note", "excerpt", "url", "tags", "created"),
    read=_read,
)
