"""The bar that a terminal gets when reading the articles takes longer than a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0


class ReadingBar:
    """Called with the articles read and those there are; stays out of sight if all is quick."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> ReadingBar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int) -> None:
        """Moves the bar to `done` of `total`."""
        if self._bar is None:
            if time.monotonic() - self._since < PATIENCE or not sys.stderr.isatty():
                return
            self._bar = _start(total)
        self._bar.update(self._bar.task_ids[0], completed=done)


def _start(total: int) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("Reading articles"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task("read", total=total)
    bar.start()
    return bar
