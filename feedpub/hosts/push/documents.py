"""What stands in the output folder, ready to be pushed: files, their digests, compressed copies."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ...errors import Diagnostic, OutputError
from ...files import file_diagnostic
from ...settings import PRECOMPRESSED_SUFFIXES
from ..serving import is_text, media_type
from .objects import FileRecord, digest

SMALLEST = 512
"""Bytes: a shorter text fits into the first packets of an answer, compressed or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalDocument:
    """A document in the output folder, at `path` below it; `read` gives its bytes, and raises
    OutputError where they are no longer those of `record`."""

    path: str
    record: FileRecord
    read: Callable[[], bytes]


def local_documents(folder: Path, precompressed: tuple[str, ...]) -> Mapping[str, LocalDocument]:
    """Every file in `folder` but hidden ones, by path, and `precompressed` copies of texts.

    Raises OutputError.
    """
    if not folder.is_dir():
        problem, remedy = "there is nothing to push", "Run `feedpub build` first."
        raise OutputError(
            Diagnostic(code="output-missing", place=str(folder), problem=problem, remedy=remedy)
        )
    found: dict[str, LocalDocument] = {}
    for path in _all_paths(folder):
        file = folder / path
        content = _content(file)
        found[path] = _document(path, content, _Rereading(file, digest(content)))
        for coding in precompressed:
            if _is_compressible(path, content):
                compressed = _Compressing(file, digest(content), coding)
                name = path + PRECOMPRESSED_SUFFIXES[coding]
                found[name] = _document(name, compressed(), compressed)
    return found


def _all_paths(folder: Path) -> list[str]:
    try:
        paths = sorted(_paths(folder, ""))
    except OSError as error:
        raise OutputError(file_diagnostic(str(error.filename), "read", error)) from None
    diagnostics = [
        Diagnostic(
            code="name-not-utf-8",
            place=os.fsencode(folder / path).decode(errors="backslashreplace"),
            problem="has a name that is not UTF-8, which an address needs",
            remedy="Rename it.",
        )
        for path in paths
        if not _is_utf8(path)
    ]
    if diagnostics:
        raise OutputError(*diagnostics)
    return paths


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _paths(folder: Path, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as items:
        for item in items:
            if item.name.startswith("."):
                continue
            if item.is_dir():
                yield from _paths(Path(item.path), f"{prefix}{item.name}/")
            elif item.is_file():
                yield prefix + item.name


def _document(path: str, content: bytes, read: Callable[[], bytes]) -> LocalDocument:
    kind = media_type(path)
    record = FileRecord(sha256=digest(content), size=len(content), media_type=kind)
    return LocalDocument(path=path, record=record, read=read)


def _is_compressible(path: str, content: bytes) -> bool:
    return len(content) >= SMALLEST and is_text(media_type(path))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise OutputError(file_diagnostic(file, "read", error)) from None


@dataclass(frozen=True, slots=True)
class _Rereading:
    """Reads a file again; its bytes are not kept, as there may be a hundred thousand of them."""

    file: Path
    sha256: str

    def __call__(self) -> bytes:
        content = _content(self.file)
        if digest(content) != self.sha256:
            problem = "has changed while it was being pushed"
            place, remedy = str(self.file), "Push again."
            raise OutputError(
                Diagnostic(code="file-changed", place=place, problem=problem, remedy=remedy)
            )
        return content


@dataclass(frozen=True, slots=True)
class _Compressing:
    """Compresses a file anew each time; the result is the same, so it need not be kept."""

    file: Path
    sha256: str
    coding: str

    def __call__(self) -> bytes:
        content = _Rereading(self.file, self.sha256)()
        if self.coding == "gzip":
            # The moment in its header (RFC 1952 §2.3.1) would make other bytes of the same text.
            return gzip.compress(content, 9, mtime=0)
        return _brotli(content)


def _brotli(content: bytes) -> bytes:
    try:
        import brotli  # type: ignore[import-untyped]
    except ImportError:
        problem = "names `brotli`, for which a library is missing"
        remedy = "Install it: pip install 'feedpub[brotli]'."
        raise OutputError(
            Diagnostic(code="library-missing", place="compress", problem=problem, remedy=remedy)
        ) from None
    compressed: bytes = brotli.compress(content)
    return compressed
