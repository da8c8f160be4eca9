"""The exit codes of all commands, and which of them an error means."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import BehindError, BusyError, FeedpubError, UnreachableError

DONE, LEFT_OUT, WRONG, LATER = 0, 1, 2, 75


def code_of(error: FeedpubError) -> int:
    """The exit code of what `error` has stopped."""
    if isinstance(error, BusyError | UnreachableError):
        return LATER
    return LEFT_OUT if isinstance(error, BehindError) else WRONG


def worst(codes: Iterable[int]) -> int:
    """The exit code that says most."""
    order = (DONE, LEFT_OUT, LATER, WRONG)
    return max(codes, key=order.index, default=DONE)
