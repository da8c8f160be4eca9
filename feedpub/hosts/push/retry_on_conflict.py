"""What meets a Conflict, as another machine was faster, is begun anew."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from ...errors import Diagnostic, UnreachableError
from ..destinations import Conflict

_MAX_ATTEMPTS = 30
"""Half a minute of pauses on average: other machines end within that time, or push all the time."""

FIRST_PAUSE = 0.1
"""Seconds, doubled with each attempt; a random part of it, so that two machines get out of step."""

LONGEST_PAUSE = 2.0
"""Seconds."""

_T = TypeVar("_T")


def retry_on_conflict(act: Callable[[], _T], place: str) -> _T:
    """What `act` returns when it meets no Conflict; `place` is what others write to meanwhile.

    Raises UnreachableError where others are faster again and again.
    """
    for attempt in range(_MAX_ATTEMPTS):
        try:
            return act()
        except Conflict:
            time.sleep(random.uniform(0, min(FIRST_PAUSE * 2**attempt, LONGEST_PAUSE)))
    problem = "other machines push there all the time"
    remedy = "Try again later."
    raise UnreachableError(
        Diagnostic(code="target-busy", place=place, problem=problem, remedy=remedy)
    )
