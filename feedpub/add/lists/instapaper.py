"""The CSV that Instapaper exports: URL, Title, Selection, Folder, Timestamp, and newly Tags.

`Selection` is the description that its user sees and edits, `Timestamp` POSIX time, and `Tags` a
list in JSON.
"""

from __future__ import annotations

from collections.abc import Iterator

from .links import ListedLink, ListFile, ListKind, moment
from .table import has_columns, rows
from .values import written_list

# The others are those of the curator.
_FOLDERS_OF_ITS_OWN = ("", "Unread", "Archive", "Starred")


def _read(file: ListFile) -> Iterator[ListedLink]:
    for row in rows(file):
        folders = () if row["folder"] in _FOLDERS_OF_ITS_OWN else (row["folder"],)
        yield ListedLink(
            link=row["url"],
            title=row["title"],
            note=row["selection"],
            tags=(*written_list(row.get("tags", "")), *folders),
            added=moment(row["timestamp"], file.zone),
        )


INSTAPAPER = ListKind(
    name="an export of Instapaper",
    matches=has_columns("url", "title", "selection", "folder", "timestamp"),
    read=_read,
)
