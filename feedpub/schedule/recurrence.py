"""The times at which a folder is published, as a person, cron and systemd write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from ..errors import Diagnostic, ScheduleError
from ..text.wording import shown

HOUR, DAY = 60, 24 * 60
"""In minutes."""

# Cron counts from 0 again every hour and every day: only what divides these has equal intervals.
EQUAL_INTERVALS = tuple(n for n in range(1, HOUR) if HOUR % n == 0) + tuple(
    n * HOUR for n in range(1, 25) if 24 % n == 0
)
"""In minutes, ascending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """Once in each interval of `minutes`, one of EQUAL_INTERVALS."""

    minutes: int

    def __str__(self) -> str:
        return f"every {_in_words(self.minutes)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """Once a day, in the time zone of the scheduler."""

    at: time

    def __str__(self) -> str:
        return f"every day at {self.at:%H:%M}"


Recurrence = Every | Daily


def read_recurrence(every: str, daily: str) -> Recurrence | None:
    """What the options --every and --daily state, None where both are empty; raises ScheduleError.

    `every` is like `15m` or `2h`, `daily` like `07:30`; one of them at most is stated.
    """
    if every:
        return read_every(every)
    return read_daily(daily) if daily else None


def read_every(text: str) -> Every:
    """`15m`, `2h`; raises ScheduleError."""
    parts = re.fullmatch(r"(\d{1,5})([mh])", text.strip().lower())
    if not parts:
        raise _unreadable("--every", text, "Write minutes or hours, such as 15m or 2h.")
    minutes = int(parts[1]) * (HOUR if parts[2] == "h" else 1)
    if minutes not in EQUAL_INTERVALS:
        raise _unequal(text, minutes)
    return Every(minutes=minutes)


def read_daily(text: str) -> Daily:
    """`07:30`; raises ScheduleError."""
    parts = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip())
    if not parts:
        raise _unreadable("--daily", text, "Write a time of day, such as 07:30.")
    return Daily(at=time(int(parts[1]), int(parts[2])))


def cron_times(recurrence: Recurrence, *, offset: int = 0) -> str:
    """The five fields of a crontab line; intervals begin `offset` minutes after the full hour."""
    match recurrence:
        case Daily(at=at):
            return f"{at.minute} {at.hour} * * *"
        case Every(minutes=1):
            return "* * * * *"
        case Every(minutes=minutes) if minutes < HOUR:
            first = offset % minutes
            return f"{first}-59/{minutes} * * * *" if first else f"*/{minutes} * * * *"
        case Every(minutes=minutes):
            hours = {HOUR: "*", DAY: "0"}.get(minutes, f"*/{minutes // HOUR}")
            return f"{offset} {hours} * * *"


def calendar_times(recurrence: Recurrence) -> str:
    """What systemd.time(7) calls a calendar event."""
    match recurrence:
        case Daily(at=at):
            return f"*-*-* {at:%H:%M}:00"
        case Every(minutes=minutes) if minutes < HOUR:
            return f"*-*-* *:00/{minutes}:00"
        case Every(minutes=minutes):
            return f"*-*-* 00/{minutes // HOUR}:00:00" if minutes < DAY else "*-*-* 00:00:00"


def _in_words(minutes: int) -> str:
    if minutes % HOUR:
        return "minute" if minutes == 1 else f"{minutes} minutes"
    return "hour" if minutes == HOUR else f"{minutes // HOUR} hours"


def _as_option(minutes: int) -> str:
    return f"{minutes}m" if minutes % HOUR else f"{minutes // HOUR}h"


def _unequal(text: str, minutes: int) -> ScheduleError:
    below = [_as_option(each) for each in EQUAL_INTERVALS if each < minutes][-1:]
    above = [_as_option(each) for each in EQUAL_INTERVALS if each > minutes][:1]
    return ScheduleError(
        Diagnostic(
            code="interval-unequal",
            place="--every",
            problem=f"{text} does not divide an hour or a day, and cron can't keep such a step "
            "even",
            remedy=f"The nearest: {' or '.join(below + above)}.",
        )
    )


def _unreadable(option: str, text: str, remedy: str) -> ScheduleError:
    problem = f"can't read {shown(text)}"
    return ScheduleError(
        Diagnostic(code="option-invalid", place=option, problem=problem, remedy=remedy)
    )
