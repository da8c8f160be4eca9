"""The present moment, which the commands hand to everything below them."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present time in UTC, without microseconds."""
    return datetime.now(UTC).replace(microsecond=0)
