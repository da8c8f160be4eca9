"""Puts documents into the output folder: only where bytes differ, and never half of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import Diagnostic, OutputError
from ..files import file_diagnostic, replace_file
from ..model import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The paths, below the output folder, of documents that were written or had no need to be."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()


def compare_documents(folder: Path, documents: Iterable[Document]) -> Written:
    """What `write_documents` would do."""
    same: list[str] = []
    different: list[str] = []
    for document in documents:
        is_same = _holds(folder / document.path, document.content)
        (same if is_same else different).append(document.path)
    return Written(written=tuple(different), unchanged=tuple(same))


def write_documents(folder: Path, documents: Iterable[Document]) -> Written:
    """Writes what differs; raises OutputError with a diagnostic for each document that can't be
    written; those that can be are."""
    same: list[str] = []
    written: list[str] = []
    errors: list[Diagnostic] = []
    for document in documents:
        file = folder / document.path
        try:
            if _holds(file, document.content):
                same.append(document.path)
            else:
                replace_file(file, document.content)
                written.append(document.path)
        except OSError as error:
            remedy = "The old file, if there was one, is still whole."
            errors.append(file_diagnostic(file, "written", error, remedy))
    if errors:
        raise OutputError(*errors)
    return Written(written=tuple(written), unchanged=tuple(same))


def _holds(file: Path, content: bytes) -> bool:
    try:
        return file.stat().st_size == len(content) and file.read_bytes() == content
    except OSError:
        return False
