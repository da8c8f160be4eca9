"""Lists in CSV (RFC 4180), known by the names of their columns."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping

from .links import ListFile

Row = Mapping[str, str]
"""The cells of a row by the names of their columns in lower case; none is missing."""


def has_columns(*names: str) -> Callable[[ListFile], bool]:
    """Whether a file is CSV with at least these columns, named in lower case."""
    wanted = set(names)

    def matches(file: ListFile) -> bool:
        first = file.text.partition("\n")[0]
        return "," in first and wanted <= set(_names(next(csv.reader([first]), [])))

    return matches


def rows(file: ListFile) -> Iterator[Row]:
    """The rows of a file in CSV; raises ValueError where it is broken."""
    # A list may have a whole article in a cell; the default is 128 KiB.
    csv.field_size_limit(len(file.text) + 1)
    try:
        reader = csv.reader(file.text.splitlines(keepends=True))
        names = _names(next(reader, []))
        yield from (_row(names, cells) for cells in reader if cells)
    except csv.Error as error:
        raise ValueError(str(error)) from None


def _row(names: list[str], cells: list[str]) -> Row:
    return dict(zip(names, [*cells, *[""] * (len(names) - len(cells))], strict=False))


def _names(cells: list[str]) -> list[str]:
    return [cell.strip().lower() for cell in cells]
