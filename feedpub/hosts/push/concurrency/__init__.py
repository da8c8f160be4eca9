"""How several machines that push to one target keep out of each other's way.

A generation is committed by writing the head of the manifest. A guard settles who may do that, and
who may write the live documents before and after it.
"""

from __future__ import annotations

from enum import StrEnum


class Concurrency(StrEnum):
    """What keeps machines apart that push to one target; the manifest there holds the value."""

    COMPARE_AND_SWAP = "cas"
    LOCK = "lock"
    SINGLE_WRITER = "single"
