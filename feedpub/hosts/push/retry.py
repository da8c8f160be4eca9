"""What another machine was faster with is begun anew, a limited number of times."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from ...errors import Diagnostic, UnreachableError
from ..destinations import Conflict

MAX_ATTEMPTS = 30
LONGEST_PAUSE = 2.0
T = TypeVar("T")


def retry_on_conflict(act: Callable[[], T], place: str) -> T:
    """What `act` returns when it meets no Conflict; `place` is what others write to meanwhile.

    Raises UnreachableError where others are faster again and again.
    """
    for attempt in range(MAX_ATTEMPTS):
        try:
            return act()
        except Conflict:
            time.sleep(random.uniform(0, min(0.1 * 2**attempt, LONGEST_PAUSE)))
    problem = "other machines push there all the time"
    raise UnreachableError(Diagnostic(place=place, problem=problem, remedy="Try again later."))
