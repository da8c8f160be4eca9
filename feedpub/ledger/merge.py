"""What a target's ledger knows and this folder does not, merged into the ledger here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import LedgerError
from ..files import file_diagnostic, replace_file
from .store import events_in, whole_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A ledger with the lines of both sides, and how many of them are new here."""

    content: bytes
    new: int


def merge(here: bytes, there: bytes) -> Merged:
    """Adds the lines of a ledger `there` that the one `here` lacks; their order means nothing."""
    whole = whole_lines(here)
    whole = whole if not whole or whole.endswith(b"\n") else whole + b"\n"
    known = set(whole.splitlines())
    lines = [line for line in dict.fromkeys(there.splitlines()) if line not in known]
    return Merged(content=whole + b"".join(line + b"\n" for line in lines), new=len(lines))


def merge_into(file: Path, there: bytes) -> int:
    """Merges the bytes of the ledger `there` into `file`; returns the number of new lines.

    Raises LedgerError, and leaves the file as it was, where either has a line that is wrong.
    """
    try:
        merged = merge(file.read_bytes() if file.exists() else b"", there)
        events_in(merged.content, file)
        if merged.new:
            replace_file(file, merged.content)
    except OSError as error:
        raise LedgerError(file_diagnostic(file, "written", error)) from None
    return merged.new
