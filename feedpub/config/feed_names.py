"""Reads the tables `[output.names]` and `names` of `[[feed]]`: where documents of feeds stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import PurePosixPath

from ..formats import FORMATS, Format, output_path
from ..parsing.values import Values
from ..settings import IMMUTABLE_PATH, FeedSettings
from ..text.wording import listed, shown

# What stands in an address as it is, in file names of all systems; none of them is hidden.
_PATH = re.compile(r"(?:\w[\w.-]*/)*\w[\w.-]*", re.ASCII)


def read_feed_names(table: Values) -> tuple[tuple[str, str], ...]:
    """The paths, by the names of their formats, that the table `names` in `table` chooses."""
    names = table.table("names")
    if names is None:
        return ()
    chosen: list[tuple[str, str]] = []
    for name, each in FORMATS.items():
        if path := names.text(name):
            if problem := name_problem(path, each):
                remedy = f"Write a path below the output folder, such as {_example(each)}."
                names.error(name, "file-name-invalid", problem, remedy)
            else:
                chosen.append((name, path))
    names.reject_unknown_keys(FORMATS)
    return tuple(chosen)


def name_problem(path: str, form: Format) -> str:
    """Why no document of `form` can stand at `path`, in the end of a sentence; "" if it can."""
    if not _PATH.fullmatch(path):
        return f"can't be {shown(path)}"
    if PurePosixPath(path).suffix not in form.endings:
        return f"can't be {shown(path)}, as it has not the ending {' or '.join(form.endings)}"
    if IMMUTABLE_PATH.search(path):
        return f"can't be {shown(path)}, as what has such a name never changes"
    return ""


def _example(form: Format) -> str:
    return f'"feed{form.endings[0]}"'


def reject_shared_paths(
    output: Values, feeds: Iterable[FeedSettings], formats: Iterable[str]
) -> None:
    """Reports documents of `feeds` that would stand at one path, or one below another."""
    # Some file systems take capital and small letters for the same.
    paths = sorted(
        (PurePosixPath(output_path(feed, name).lower()).parts, output_path(feed, name))
        for feed in feeds
        for name in formats
    )
    for (first, one), (second, other) in pairwise(paths):
        if second[: len(first)] == first:
            problem = f"put two documents in one place: {listed(dict.fromkeys((one, other)))}"
            output.error("names", "file-name-duplicate", problem, "Choose another name for one.")
