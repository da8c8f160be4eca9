"""Which files are articles by their names, and what the others are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePosixPath

from ..errors import Diagnostic, Severity
from ..model import Kind
from ..text.wording import abridged
from .globs import Glob

KIND_BY_SUFFIX = {
    ".txt": Kind.TEXT,
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".mdx": Kind.MARKDOWN,
    ".html": Kind.HTML,
    # As Windows saves a page.
    ".htm": Kind.HTML,
}
"""The kind of an article by the suffix of its file name, in lower case."""

_SAVE_AS_TEXT = "Save the text as .txt, .md or .html."
_ATTACH = "Save its text as .txt, or name it in the metadata of an article: `enclosure`."
_CONVERT = "Convert the text, such as with `pandoc -t markdown`."
# Texts in formats that feedpub doesn't read: what one is and what many are, and what to do.
_OTHER_FORMATS: Mapping[str, tuple[str, str, str]] = {
    ".docx": ("a Word document", "Word documents", _SAVE_AS_TEXT),
    ".doc": ("a Word document", "Word documents", _SAVE_AS_TEXT),
    ".odt": ("an OpenDocument text", "OpenDocument texts", _SAVE_AS_TEXT),
    ".rtf": ("a text in RTF", "texts in RTF", _SAVE_AS_TEXT),
    ".pages": ("a document of Pages", "documents of Pages", _SAVE_AS_TEXT),
    ".pdf": ("a PDF", "PDFs", _ATTACH),
    ".rst": ("reStructuredText", "reStructuredText", _CONVERT),
    ".adoc": ("AsciiDoc", "AsciiDoc", _CONVERT),
    ".org": ("a text of Org mode", "texts of Org mode", _CONVERT),
    ".ipynb": ("a Jupyter notebook", "Jupyter notebooks", _CONVERT),
}
# How many files of one kind a message names.
_NAMED = 3
# Files that tools and people put beside articles.
_NO_ARTICLE = re.compile(
    r"(?i:readme)(\.[a-z-]+)?\.[a-z]+|404\.html?"
    r"|(?:LICENSE|LICENCE|CHANGELOG|CONTRIBUTING|CODE_OF_CONDUCT|SECURITY|CODEOWNERS)\.[a-z]+"
    r"|(?:robots|humans|ads|requirements[a-z-]*|CMakeLists)\.txt"
)
_TEMPLATE_FOLDERS = frozenset({"templates", "layouts", "partials", "includes"})
_TOOL_FOLDERS = frozenset({"archetypes", "node_modules"})


class Use(Enum):
    """What a file is to feedpub, by its name."""

    ARTICLE = auto()
    NO_ARTICLE = auto()
    IGNORED = auto()


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """The globs of config.toml that say which files are articles, and which are none."""

    include: tuple[Glob, ...]
    exclude: tuple[Glob, ...]

    @classmethod
    def of(cls, include: Iterable[str], exclude: Iterable[str]) -> ArticleNames:
        """The names that `include` and `exclude`, patterns in NFC, stand for."""
        return cls(tuple(map(Glob.of, include)), tuple(map(Glob.of, exclude)))

    def use(self, path: str) -> Use:
        """What the file at `path`, in NFC, is; `include` takes in what is left out by default."""
        parts = PurePosixPath(path).parts
        if any(part.startswith(".") for part in parts) or _matches(self.exclude, path):
            return Use.IGNORED
        if _matches(self.include, path):
            return Use.ARTICLE
        if any(part.startswith("_") for part in parts):
            return Use.IGNORED
        is_page = kind_of(path) is Kind.HTML
        folders = {part.casefold() for part in parts[:-1]}
        if folders & _TOOL_FOLDERS or (is_page and folders & _TEMPLATE_FOLDERS):
            return Use.NO_ARTICLE
        return Use.NO_ARTICLE if _NO_ARTICLE.fullmatch(parts[-1]) else Use.ARTICLE

    def may_hold_articles(self, folder: str) -> bool:
        """Whether files below `folder` may be articles: one that begins with `_` holds none but
        those of `include`."""
        name = folder.rpartition("/")[2]
        return not name.startswith(".") and (not name.startswith("_") or bool(self.include))


def kind_of(path: str) -> Kind | None:
    """The kind of the article at `path`, None where the suffix is of none."""
    return KIND_BY_SUFFIX.get(PurePosixPath(path).suffix.lower())


def other_files(folder: str, passed_over: Iterable[str], others: Iterable[str]) -> list[Diagnostic]:
    """What `passed_over`, files that are no articles by their names, and `others` are, in one
    diagnostic for each kind."""
    found: list[Diagnostic] = []
    if names := sorted(passed_over):
        remedy = 'To publish one, name it: [articles] include = ["…"].'
        problem = _described(names, "no article by its name", "no articles by their names")
        found.append(_diagnostic(folder, "file-no-article", problem, remedy, Severity.NOTE))
    by_format: dict[tuple[str, str, str], list[str]] = {}
    for path in sorted(others):
        if known := _OTHER_FORMATS.get(PurePosixPath(path).suffix.lower()):
            by_format.setdefault(known, []).append(path)
    for (one, many, remedy), paths in by_format.items():
        problem = f"{_described(paths, one, many)}, which feedpub does not read"
        code = "file-format-unknown"
        found.append(_diagnostic(folder, code, problem, remedy, Severity.WARNING))
    return found


def is_other_format(path: str) -> bool:
    """Whether the file at `path` is a text in a format that feedpub doesn't read."""
    return PurePosixPath(path).suffix.lower() in _OTHER_FORMATS


def _matches(globs: Iterable[Glob], path: str) -> bool:
    return any(glob.matches(path) for glob in globs)


def _described(paths: list[str], one: str, many: str) -> str:
    predicate = f"is {one}" if len(paths) == 1 else f"are {many}"
    return f"{abridged(paths, _NAMED)} {predicate}"


def _diagnostic(
    folder: str, code: str, problem: str, remedy: str, severity: Severity
) -> Diagnostic:
    return Diagnostic(code=code, severity=severity, place=folder, problem=problem, remedy=remedy)
