"""What every way to write a generation can do."""

from __future__ import annotations

from typing import Protocol

from ...destinations import Condition, Upload


class Guard(Protocol):
    """One machine's way to write a generation."""

    name: str

    def begin(self) -> None:
        """Makes sure that no other writer is at work, where that can be made sure of."""

    def look(self, path: str) -> None:
        """Learns what stands at `path`, before the commit."""

    def commit(self, head: Upload, when: Condition) -> None:
        """Writes the head; raises Conflict where another machine was faster."""

    def write(self, upload: Upload) -> None:
        """Writes what is live; raises Conflict where another machine has taken over."""

    def check(self) -> None:
        """Raises Conflict where another machine has taken over."""

    def settle(self, head: Upload) -> None:
        """Writes the head once more; raises Conflict where another machine has taken over."""

    def end(self) -> None:
        """Lets others write."""
