"""What every guard can do, whichever way it keeps machines apart."""

from __future__ import annotations

from typing import Protocol

from ...destinations import Condition, Upload
from . import Concurrency


class Guard(Protocol):
    """Keeps other machines from writing over a generation, or notices that one has.

    Methods raise TargetError as those of a destination do. `note_etag` and `write` may be called
    from several threads.
    """

    concurrency: Concurrency

    def begin(self) -> None:
        """Makes sure that no other machine is writing, where that can be made sure of; raises
        UnreachableError where another one doesn't come to an end."""

    def note_etag(self, path: str) -> None:
        """Remembers what stands at `path` before the commit, so that `write` replaces only that."""

    def commit(self, head: Upload, when: Condition) -> None:
        """Writes the head; raises Conflict where another machine was faster."""

    def write(self, upload: Upload) -> None:
        """Writes a live document; raises Conflict where another machine has taken over."""

    def check(self) -> None:
        """Raises Conflict where another machine has taken over."""

    def settle(self, head: Upload) -> None:
        """Writes the head once more; raises Conflict where another machine has taken over."""

    def end(self) -> None:
        """Lets others write."""
