"""The exit codes of all commands, and which of them an error means."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import BehindError, BusyError, FeedpubError, UnreachableError

DONE, LEFT_OUT, WRONG, LATER = 0, 1, 2, 75
"""Done; done in part, or refused; a wrong call, config or folder, as Typer has it; busy or
unreachable, EX_TEMPFAIL of sysexits(3)."""


def code_of(error: FeedpubError) -> int:
    """The exit code of a command that `error` ends."""
    if isinstance(error, BusyError | UnreachableError):
        return LATER
    return LEFT_OUT if isinstance(error, BehindError) else WRONG


def worst(codes: Iterable[int]) -> int:
    """The most serious of `codes`, DONE if there are none."""
    by_seriousness = (DONE, LEFT_OUT, LATER, WRONG)
    return max(codes, key=by_seriousness.index, default=DONE)
