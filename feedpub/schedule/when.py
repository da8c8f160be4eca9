"""The times at which a folder is published, in the words of a person, of cron and of systemd."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from ..errors import Diagnostic, ScheduleError
from ..text.wording import shown

HOUR, DAY = 60, 24 * 60

# Cron begins anew every hour and every day: it keeps even only what divides them.
EVEN = tuple(n for n in range(1, HOUR) if HOUR % n == 0) + tuple(
    n * HOUR for n in range(1, 25) if 24 % n == 0
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """Again and again, at one of the EVEN steps."""

    minutes: int

    def __str__(self) -> str:
        return f"every {_step(self.minutes)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """Once a day; in which zone, the one who runs it says."""

    at: time

    def __str__(self) -> str:
        return f"every day at {self.at:%H:%M}"


When = Every | Daily


def read_every(text: str) -> Every:
    """`15m`, `2h`; raises ScheduleError."""
    read = re.fullmatch(r"(\d{1,5})([mh])", text.strip().lower())
    if not read:
        raise _unreadable("--every", text, "Write minutes or hours, such as 15m or 2h.")
    minutes = int(read[1]) * (HOUR if read[2] == "h" else 1)
    if minutes not in EVEN:
        raise _uneven(text, minutes)
    return Every(minutes=minutes)


def read_daily(text: str) -> Daily:
    """`07:30`; raises ScheduleError."""
    read = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip())
    if not read:
        raise _unreadable("--daily", text, "Write a time of day, such as 07:30.")
    return Daily(at=time(int(read[1]), int(read[2])))


def cron_times(when: When, *, past: int = 0) -> str:
    """The five fields of a crontab line; steps begin `past` minutes after the full hour."""
    match when:
        case Daily(at=at):
            return f"{at.minute} {at.hour} * * *"
        case Every(minutes=1):
            return "* * * * *"
        case Every(minutes=minutes) if minutes < HOUR:
            first = past % minutes
            return f"{first}-59/{minutes} * * * *" if first else f"*/{minutes} * * * *"
        case Every(minutes=minutes):
            hours = {HOUR: "*", DAY: "0"}.get(minutes, f"*/{minutes // HOUR}")
            return f"{past} {hours} * * *"


def calendar_times(when: When) -> str:
    """What systemd.time(7) calls a calendar event."""
    match when:
        case Daily(at=at):
            return f"*-*-* {at:%H:%M}:00"
        case Every(minutes=minutes) if minutes < HOUR:
            return f"*-*-* *:00/{minutes}:00"
        case Every(minutes=minutes):
            return f"*-*-* 00/{minutes // HOUR}:00:00" if minutes < DAY else "*-*-* 00:00:00"


def _step(minutes: int) -> str:
    if minutes % HOUR:
        return "minute" if minutes == 1 else f"{minutes} minutes"
    return "hour" if minutes == HOUR else f"{minutes // HOUR} hours"


def _short(minutes: int) -> str:
    return f"{minutes}m" if minutes % HOUR else f"{minutes // HOUR}h"


def _uneven(text: str, minutes: int) -> ScheduleError:
    below = [_short(each) for each in EVEN if each < minutes][-1:]
    above = [_short(each) for each in EVEN if each > minutes][:1]
    near = " or ".join(below + above)
    problem = f"{text} does not divide an hour or a day, and cron can't keep such a step even"
    return ScheduleError(
        Diagnostic(place="--every", problem=problem, remedy=f"The nearest: {near}.")
    )


def _unreadable(place: str, text: str, remedy: str) -> ScheduleError:
    return ScheduleError(
        Diagnostic(place=place, problem=f"can't read {shown(text)}", remedy=remedy)
    )
