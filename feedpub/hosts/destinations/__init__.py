"""The places that documents are pushed to, each behind one protocol."""

from .connect import connect
from .destination import ABSENT, ANYHOW, Condition, Conflict, Destination, Stored, Unchanged, Upload

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
