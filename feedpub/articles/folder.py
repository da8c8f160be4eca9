"""Finds the article files of a folder, at any depth, and reports those that can't be used."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import ConfigError, Diagnostic
from ..files import file_diagnostic, os_error_reason
from ..model import Kind
from .naming import ArticleNames, Use, is_other_format, kind_of, other_files


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFile:
    """A file that is an article by its name.

    `path` is relative to the articles folder, with `/` and in NFC; `file` is as the disk has it.
    """

    path: str
    file: Path
    kind: Kind


def find_articles(
    folder: Path, *, include: Iterable[str] = (), exclude: Iterable[str] = ()
) -> tuple[tuple[ArticleFile, ...], tuple[Diagnostic, ...]]:
    """All article files below `folder`, sorted by path, and diagnostics on other files.

    These are an error for each article that can't be used, and what the files are that are none by
    their names, or by the globs `include` and `exclude`. Raises ConfigError if `folder` is not a
    folder that can be read.
    """
    walk = _Walk(ArticleNames.of(include, exclude))
    try:
        top = folder.stat()
        files = sorted(walk.files(folder, "", (_key(top),)), key=lambda each: str(each.file))
    except OSError as error:
        raise ConfigError(
            Diagnostic(
                code="cannot-be-read",
                place=str(folder),
                problem=f"the articles can't be looked at: {os_error_reason(error)}",
                remedy="Make the folder, or say where it is: [articles] path in config.toml.",
            )
        ) from None
    errors = walk.errors
    by_path: dict[str, ArticleFile] = {}
    for file in files:
        if by_path.setdefault(file.path, file) is not file:
            problem = "there is another file of this name, only with other codes for its accents"
            errors.append(
                _file_error(file.path, "file-name-duplicate", problem, "Rename one of them.")
            )
    errors.sort(key=lambda error: error.place)
    others = other_files(folder.name, walk.passed_over, walk.others)
    return tuple(by_path[path] for path in sorted(by_path)), (*errors, *others)


class _Walk:
    """One pass through a folder; `passed_over` and `others` are paths of files that are none."""

    def __init__(self, names: ArticleNames) -> None:
        self.errors: list[Diagnostic] = []
        self.passed_over: list[str] = []
        self.others: list[str] = []
        self._names = names

    def files(
        self, folder: Path, prefix: str, above: tuple[tuple[int, int], ...]
    ) -> Iterator[ArticleFile]:
        """The article files below `folder`, whose path is `prefix`."""
        for item in os.scandir(folder):
            path = unicodedata.normalize("NFC", prefix + item.name)
            kind = kind_of(path)
            try:
                status = item.stat()
                if stat.S_ISDIR(status.st_mode):
                    # A link to a folder above would be followed without end.
                    if _key(status) not in above and self._names.may_hold_articles(path):
                        below = (*above, _key(status))
                        yield from self.files(Path(item.path), f"{path}/", below)
                else:
                    yield from self._file(item, path, kind, status)
            except OSError as error:
                if self._names.use(path) is Use.ARTICLE and (kind or not item.is_symlink()):
                    self.errors.append(_os_error(path, error, item))

    def _file(
        self, item: os.DirEntry[str], path: str, kind: Kind | None, status: os.stat_result
    ) -> Iterator[ArticleFile]:
        use = self._names.use(path)
        if use is Use.IGNORED:
            return
        if kind is None:
            self.others += [path] if is_other_format(path) else []
        elif use is Use.NO_ARTICLE:
            self.passed_over.append(path)
        elif problem := _problem(path, status):
            self.errors.append(_file_error(path, *problem, "Rename it."))
        else:
            yield ArticleFile(path=path, file=Path(item.path), kind=kind)


def _problem(path: str, status: os.stat_result) -> tuple[str, str] | None:
    """Code and problem of a file that can't be an article, whatever its content."""
    if not stat.S_ISREG(status.st_mode):
        return "file-not-text", "is not a file with text in it, but a pipe, a socket or a device"
    try:
        path.encode()
    except UnicodeEncodeError:
        return "file-name-invalid", "its name is not UTF-8"
    if not path.isprintable():
        return "file-name-invalid", "its name has control characters in it"
    return None


def _file_error(path: str, code: str, problem: str, remedy: str = "") -> Diagnostic:
    return Diagnostic(code=code, place=_printable(path), problem=problem, remedy=remedy)


def _os_error(path: str, error: OSError, item: os.DirEntry[str]) -> Diagnostic:
    if item.is_symlink():
        return _file_error(path, "link-broken", "is a link that leads nowhere")
    return file_diagnostic(_printable(path), "read", error)


def _key(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def paths_meant(name: str, folder: Path) -> tuple[str, ...]:
    """The paths of articles in `folder` that `name` may stand for, the likeliest first.

    A file of that name in the current folder if that is below `folder`, then a path below `folder`.
    """
    # The file itself may be a link to elsewhere, so that only its folder is resolved.
    given = Path(name).parent.resolve() / Path(name).name
    top = folder.resolve()
    here = (given.relative_to(top).as_posix(),) if given.is_relative_to(top) else ()
    return tuple(unicodedata.normalize("NFC", each) for each in (*here, name))


def _printable(path: str) -> str:
    """`path` with U+FFFD for bytes that are not UTF-8 and for characters that can't be printed."""
    decoded = path.encode(errors="surrogateescape").decode(errors="replace")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in decoded)
