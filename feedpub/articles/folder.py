"""Finds the article files of a folder, at any depth, and says what it could not look at."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import ConfigError, Diagnostic
from ..files import os_error_reason
from ..model import Kind

KIND_BY_SUFFIX = {
    ".txt": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".html": Kind.HTML,
    # As Windows saves a page.
    ".htm": Kind.HTML,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFile:
    """A file that is an article by its name; `path` is relative to the folder, with `/`, in NFC."""

    path: str
    file: Path
    kind: Kind


def find_articles(folder: Path) -> tuple[tuple[ArticleFile, ...], tuple[Diagnostic, ...]]:
    """All article files below `folder`, sorted by path, and a fault for each that can't be used.

    Names that begin with `.` or `_` are left alone, folders of such a name too. Raises ConfigError
    if `folder` is not a folder that can be read.
    """
    faults: list[Diagnostic] = []
    try:
        top = folder.stat()
        files = sorted(_walk(folder, "", (_key(top),), faults), key=lambda each: str(each.file))
    except OSError as error:
        raise ConfigError(
            Diagnostic(
                place=str(folder),
                problem=f"the articles can't be looked at: {os_error_reason(error)}",
                remedy="Make the folder, or say where it is: [articles] path in config.toml.",
            )
        ) from None
    found: dict[str, ArticleFile] = {}
    for file in files:
        if found.setdefault(file.path, file) is not file:
            problem = "there is another file of this name, only with other codes for its accents"
            faults.append(
                Diagnostic(place=file.path, problem=problem, remedy="Rename one of them.")
            )
    faults.sort(key=lambda fault: fault.place)
    return tuple(found[path] for path in sorted(found)), tuple(faults)


def _walk(
    folder: Path, prefix: str, above: tuple[tuple[int, int], ...], faults: list[Diagnostic]
) -> Iterator[ArticleFile]:
    for item in os.scandir(folder):
        if item.name.startswith((".", "_")):
            continue
        path = unicodedata.normalize("NFC", prefix + item.name)
        kind = KIND_BY_SUFFIX.get(Path(item.name).suffix.lower())
        try:
            status = item.stat()
            if stat.S_ISDIR(status.st_mode):
                # A link to a folder that we are in would lead round for ever.
                if _key(status) not in above:
                    below = (*above, _key(status))
                    yield from _walk(Path(item.path), f"{path}/", below, faults)
            elif kind is not None:
                yield _article_file(path, Path(item.path), kind, status)
        except OSError as error:
            if kind is not None or not item.is_symlink():
                faults.append(Diagnostic(place=printable(path), problem=_trouble(error, item)))
        except ValueError as error:
            faults.append(
                Diagnostic(place=printable(path), problem=str(error), remedy="Rename it.")
            )


def _article_file(path: str, file: Path, kind: Kind, status: os.stat_result) -> ArticleFile:
    if not stat.S_ISREG(status.st_mode):
        raise ValueError("is not a file with text in it, but a pipe, a socket or a device")
    try:
        path.encode()
    except UnicodeEncodeError:
        raise ValueError("its name is not UTF-8") from None
    if not path.isprintable():
        raise ValueError("its name has control characters in it")
    return ArticleFile(path=path, file=file, kind=kind)


def _trouble(error: OSError, item: os.DirEntry[str]) -> str:
    if item.is_symlink():
        return "is a link that leads nowhere"
    return f"can't be read: {os_error_reason(error)}"


def _key(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def paths_meant(name: str, folder: Path) -> tuple[str, ...]:
    """What a person may mean by `name`: the file of that name here, if it is below `folder`, or
    else a path below it."""
    # The file itself may be a link to elsewhere, so that only its folder is resolved.
    given = Path(name).parent.resolve() / Path(name).name
    top = folder.resolve()
    here = (given.relative_to(top).as_posix(),) if given.is_relative_to(top) else ()
    return tuple(unicodedata.normalize("NFC", each) for each in (*here, name))


def printable(path: str) -> str:
    """`path` as a message can show it, whatever bytes its name is made of."""
    shown = path.encode(errors="surrogateescape").decode(errors="replace")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)
