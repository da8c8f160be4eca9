"""The guard where config.toml promises that only one machine ever pushes."""

from __future__ import annotations

from ...destinations import ANYHOW, Condition, Destination, Upload
from . import Concurrency


class SingleWriter:
    """Trusts the promise: it writes without conditions, and there is nothing to check."""

    concurrency = Concurrency.SINGLE_WRITER

    def __init__(self, destination: Destination) -> None:
        self._destination = destination

    def begin(self) -> None:
        """Nobody else writes."""

    def note_etag(self, path: str) -> None:
        """Nobody else changes what stands at `path`."""

    def commit(self, head: Upload, when: Condition) -> None:  # noqa: ARG002
        """Writes the head without a condition."""
        self._destination.write(head, ANYHOW)

    def write(self, upload: Upload) -> None:
        """Writes without a condition."""
        self._destination.write(upload, ANYHOW)

    def check(self) -> None:
        """Nobody else can have taken over."""

    def settle(self, head: Upload) -> None:
        """Writes the head without a condition."""
        self._destination.write(head, ANYHOW)

    def end(self) -> None:
        """Nobody else waits."""
