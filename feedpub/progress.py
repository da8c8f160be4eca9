"""The progress of a long task, as it is reported."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is, in articles or bytes."""


def unwatched(done: int, total: int) -> None:
    """A Progress that reports nothing."""
