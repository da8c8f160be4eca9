"""How far something has come, for whoever watches."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with what is done and what there is."""


def unwatched(done: int, total: int) -> None:
    """The progress that nobody looks at."""
