"""How several machines that push to one target keep out of each other's way.

A generation is committed by writing the head. Before and after that, who may write what is live is
settled in one of three ways: "cas", where the store itself compares and swaps; "lock", where making
a folder tells who was first; "single", where config.toml promises that there is but one writer.
"""

from .lease_lock import LEASE
from .probe import choose, writers_for
from .protocol import Guard

__all__ = ["LEASE", "Guard", "choose", "writers_for"]
