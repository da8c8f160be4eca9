"""The places that documents are pushed to, each behind one contract."""

from .base import (
    ABSENT,
    ANYHOW,
    Condition,
    Conflict,
    Destination,
    Stored,
    Unchanged,
    Upload,
)
from .connect import connect

__all__ = [
    "ABSENT",
    "ANYHOW",
    "Condition",
    "Conflict",
    "Destination",
    "Stored",
    "Unchanged",
    "Upload",
    "connect",
]
