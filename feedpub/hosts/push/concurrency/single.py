"""A writer that nobody else writes beside."""

from __future__ import annotations

from ...destinations import ANYHOW, Condition, Destination, Upload


class SingleWriter:
    """config.toml promises that nobody else writes there."""

    name = "single"

    def __init__(self, destination: Destination) -> None:
        self._destination = destination

    def begin(self) -> None:
        """See Writers."""

    def look(self, path: str) -> None:
        """See Writers."""

    def commit(self, head: Upload, when: Condition) -> None:  # noqa: ARG002
        """See Writers."""
        self._destination.write(head, ANYHOW)

    def write(self, upload: Upload) -> None:
        """See Writers."""
        self._destination.write(upload, ANYHOW)

    def check(self) -> None:
        """See Writers."""

    def settle(self, head: Upload) -> None:
        """See Writers."""
        self._destination.write(head, ANYHOW)

    def end(self) -> None:
        """See Writers."""
