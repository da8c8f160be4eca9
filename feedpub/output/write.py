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


def compare(folder: Path, documents: Iterable[Document]) -> Written:
    """Says what `write` would do."""
    same: list[str] = []
    different: list[str] = []
    for document in documents:
        pile = same if _holds(folder / document.path, document.content) else different
        pile.append(document.path)
    return Written(written=tuple(different), unchanged=tuple(same))


def write(folder: Path, documents: Iterable[Document]) -> Written:
    """Writes what differs; raises OutputError with one fault for each document that can't be."""
    same: list[str] = []
    written: list[str] = []
    faults: list[Diagnostic] = []
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
            faults.append(file_diagnostic(file, "written", error, remedy))
    if faults:
        raise OutputError(*faults)
    return Written(written=tuple(written), unchanged=tuple(same))


def _holds(file: Path, content: bytes) -> bool:
    try:
        return file.stat().st_size == len(content) and file.read_bytes() == content
    except OSError:
        return False
