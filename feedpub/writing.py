"""Puts documents into the output folder: only where bytes differ, and never half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .errors import Fault, OutputError
from .model import Document

# The mask can be read only by setting it, which must not happen while threads make files.
UMASK = os.umask(0o022)
os.umask(UMASK)


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
    faults: list[Fault] = []
    for document in documents:
        file = folder / document.path
        try:
            if _holds(file, document.content):
                same.append(document.path)
            else:
                replace_file(file, document.content)
                written.append(document.path)
        except OSError as error:
            faults.append(
                Fault(
                    place=str(file),
                    problem=f"can't be written: {hindrance(error)}",
                    remedy="The old file, if there was one, is still whole.",
                )
            )
    if faults:
        raise OutputError(*faults)
    return Written(written=tuple(written), unchanged=tuple(same))


def hindrance(error: OSError) -> str:
    """What keeps a file from being written, in words."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "a file has the name of the folder that it belongs into"
    if isinstance(error, IsADirectoryError):
        return "a folder has its name"
    return error.strerror or str(error)


def _holds(file: Path, content: bytes) -> bool:
    try:
        return file.stat().st_size == len(content) and file.read_bytes() == content
    except OSError:
        return False


def replace_file(file: Path, content: bytes) -> None:
    """Writes `file` whole or not at all, its bytes on the disk first; raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            # A web server runs as someone else: give the file the rights of an ordinary new one.
            os.fchmod(stream.fileno(), _mode(file))
            os.fsync(stream.fileno())
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _mode(file: Path) -> int:
    try:
        return file.stat().st_mode & 0o777
    except OSError:
        return 0o666 & ~UMASK
