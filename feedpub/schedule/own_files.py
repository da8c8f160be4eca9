"""Files that feedpub has written and may change or remove, known by their first line."""

from __future__ import annotations

from pathlib import Path

from ..errors import Diagnostic, ScheduleError
from ..files import file_diagnostic, replace_file


def mark(name: str) -> str:
    """The first line of a file that belongs to the job `name`."""
    return f"# Written by `feedpub schedule` for {name}"


def read(file: Path, first_line: str) -> str:
    """What we wrote there, empty where nothing is or another did; raises ScheduleError."""
    try:
        text = file.read_bytes().decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ScheduleError(file_diagnostic(file, "read", error)) from None
    return text if text.split("\n", 1)[0] == first_line else ""


def write(file: Path, text: str) -> bool:
    """Writes `text`; False if it stood there. Raises ScheduleError where a file is not ours, by
    the first line of `text`."""
    old = read(file, text.split("\n", 1)[0])
    if old == text:
        return False
    if not old and file.exists():
        problem = "is there already, and was not written by feedpub for this folder"
        remedy = "It is left as it is; add to it what the command prints without --install."
        raise ScheduleError(Diagnostic(place=str(file), problem=problem, remedy=remedy))
    try:
        replace_file(file, text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise ScheduleError(file_diagnostic(file, "written", error)) from None
    return True


def remove(file: Path, first_line: str) -> bool:
    """Removes the file if it is ours; False if there is none that is. Raises ScheduleError."""
    if not read(file, first_line):
        return False
    try:
        file.unlink()
    except OSError as error:
        raise ScheduleError(file_diagnostic(file, "removed", error)) from None
    return True
