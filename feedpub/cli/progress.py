"""Progress bars, for a terminal and for what takes longer than a second."""

from __future__ import annotations

import sys
import time
from abc import ABC, abstractmethod
from types import TracebackType
from typing import TYPE_CHECKING, Self

from .console import terminal

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

BAR_DELAY = 1.0
"""Seconds after which a bar appears: what ends sooner needs none."""


class Bar(ABC):
    """A progress.Progress that draws a bar on stderr once BAR_DELAY has passed.

    `label` stands before the bar.
    """

    label: str

    def __init__(self) -> None:
        self._started = time.monotonic()
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
            if time.monotonic() - self._started < BAR_DELAY or not sys.stderr.isatty():
                return
            self._bar = self._start(total)
        self._bar.update(self._bar.task_ids[0], completed=done, total=total)

    def _start(self, total: int) -> Progress:
        from rich.progress import BarColumn, Progress, TextColumn

        bar = Progress(
            TextColumn(self.label),
            BarColumn(),
            *self.columns(),
            console=terminal(stderr=True),
            transient=True,
        )
        bar.add_task("all", total=total)
        bar.start()
        return bar

    @abstractmethod
    def columns(self) -> tuple[ProgressColumn, ...]:
        """What stands after the bar."""


class ReadingBar(Bar):
    """A bar that counts articles."""

    label = "Reading articles"

    def columns(self) -> tuple[ProgressColumn, ...]:
        """How many of how many."""
        from rich.progress import MofNCompleteColumn

        return (MofNCompleteColumn(),)


class AddingBar(ReadingBar):
    """A bar that counts links."""

    label = "Adding"


class SendingBar(Bar):
    """A bar that counts bytes."""

    label = "Sending"

    def columns(self) -> tuple[ProgressColumn, ...]:
        """How many of how many, and how many a second."""
        from rich.progress import DownloadColumn, TransferSpeedColumn

        return (DownloadColumn(), TransferSpeedColumn())
