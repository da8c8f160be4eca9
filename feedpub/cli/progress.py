"""The bars that a terminal gets when something takes longer than a second."""

from __future__ import annotations

import sys
import time
from abc import ABC, abstractmethod
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

PATIENCE = 1.0


class Bar(ABC):
    """Called with what is done and what there is; stays out of sight if all is quick."""

    words: str

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
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
            self._bar = self._start(total)
        self._bar.update(self._bar.task_ids[0], completed=done, total=total)

    def _start(self, total: int) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        bar = Progress(
            TextColumn(self.words),
            BarColumn(),
            *self.figures(),
            console=Console(stderr=True),
            transient=True,
        )
        bar.add_task("all", total=total)
        bar.start()
        return bar

    @abstractmethod
    def figures(self) -> tuple[ProgressColumn, ...]:
        """What stands beside the bar."""


class ReadingBar(Bar):
    """Counts articles."""

    words = "Reading articles"

    def figures(self) -> tuple[ProgressColumn, ...]:
        """See Bar."""
        from rich.progress import MofNCompleteColumn

        return (MofNCompleteColumn(),)


class SendingBar(Bar):
    """Counts bytes."""

    words = "Sending"

    def figures(self) -> tuple[ProgressColumn, ...]:
        """See Bar."""
        from rich.progress import DownloadColumn, TransferSpeedColumn

        return (DownloadColumn(), TransferSpeedColumn())
