"""The CSV that Pocket exported until it was closed: title, url, time_added, tags, status.

`time_added` is POSIX time, and `|` stands between tags:
https://support.mozilla.org/kb/exporting-your-pocket-list
"""

from __future__ import annotations

from collections.abc import Iterator

from .links import ListedLink, ListFile, ListKind, moment
from .table import has_columns, rows


def _read(file: ListFile) -> Iterator[ListedLink]:
    for row in rows(file):
        # Where a page had no title, Pocket wrote its address.
        title = row["title"] if row["title"] != row["url"] else ""
        yield ListedLink(
            link=row["url"],
            title=title,
            tags=tuple(row["tags"].split("|")),
            added=moment(row["time_added"], file.zone),
        )


POCKET = ListKind(
    name="an export of Pocket",
    matches=has_columns("url", "title", "time_added", "tags"),
    read=_read,
)
