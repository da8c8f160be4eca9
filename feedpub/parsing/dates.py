"""Reads dates in any writing that means one moment or one day; the one door to dateutil."""

from __future__ import annotations

import difflib
import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from ..errors import DateError
from ..model import Day

DATE_ORDERS = ("DMY", "MDY")
REMEDY = "write it as 2019-05-02 or 2019-05-02T17:00:00+02:00"

ISO_DAY = r"\d{4}-?\d\d-?\d\d|\d{4}-W\d\d-\d|\d{4}W\d{3}"
ISO = re.compile(rf"(?P<day>{ISO_DAY})(?P<time>[T ].+)?")
RFC_2822 = re.compile(
    r"([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)? ([+-]\d{4}|GMT|UTC?)"
)
ZONE_NAME = re.compile(r"\s+(?P<zone>[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+)$")
ZONE_AND_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*(?=[+-]\d)")
YEAR_FIRST = re.compile(
    r"\b(?P<year>\d{4})(?P<mark>[./ -])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?:T(?=\d)|\b)"
)
NUMBERS = re.compile(r"\b(?P<one>\d\d?)[./ -](?P<two>\d\d?)[./ -](?P<year>\d{4}|\d\d)\b(?!:)")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
IN_NAME = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?:$|[-_ .]+)")

# Names that mean one offset and nothing else; RFC 2822 §4.3 settles the American ones.
OFFSETS = {
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13,
}  # fmt: skip

# dateutil fills what is not said from a default. Two that agree in nothing show what that was.
EARLY = datetime(2001, 1, 1)
LATE = datetime(2004, 12, 28, 23, 59, 59)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a text says: a date, and a time unless it is None."""

    day: date
    moment: datetime | None


def read_date(text: str, *, zone: tzinfo, date_order: str = "") -> datetime | Day:
    """The moment that `text` means, in `zone` unless it says another, or the day.

    Raises DateError where it is not a date, is one in part only, or could mean several.
    """
    written = " ".join(text.split())
    named = ZONE_NAME.search(written)
    if named:
        zone, written = find_zone(named["zone"]), written[: named.start()]
    reading = _iso(written) or _rfc_2822(written) or _any(written, date_order)
    said = WEEKDAY.search(written)
    if said and f"{reading.day:%a}".lower() != said[1].lower():
        raise DateError(f"{_quoted(text)} is not a {said[0]}; {REMEDY}")
    if reading.moment is None:
        return as_moment(reading.day, zone)
    return as_moment(reading.moment, zone)


def as_moment(value: date, zone: tzinfo) -> datetime | Day:
    """A date that something else has read: a day stays one, a time without a zone is in `zone`."""
    if not isinstance(value, datetime):
        return Day(date=_plausible(value), zone=zone)
    aware = value if value.tzinfo else value.replace(tzinfo=zone)
    try:
        moment = aware.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        moment = value  # at an end of the calendar, with a year that is refused
    _plausible(moment)
    return moment


def start(when: datetime | Day) -> datetime:
    """The moment itself, or the first of the day."""
    if isinstance(when, datetime):
        return when
    return datetime.combine(when.date, time(0), when.zone).astimezone(UTC)


def end(when: datetime | Day) -> datetime:
    """The moment itself, or the first of the day after."""
    if isinstance(when, datetime):
        return when
    next_day = when.date + timedelta(days=1)
    return datetime.combine(next_day, time(0), when.zone).astimezone(UTC)


def in_utc(moment: datetime) -> str:
    """A moment as files and messages for programs write it (RFC 3339): in UTC, to the second."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def from_file_name(name: str, zone: tzinfo) -> Day | None:
    """The day at the head of a file name such as `2019-05-02-lavrov.txt`."""
    found = IN_NAME.match(name)
    if found is None:
        return None
    try:
        return Day(date=_plausible(date.fromisoformat(found["date"])), zone=zone)
    except ValueError:
        return None


def stem_without_date(stem: str) -> str:
    """`lavrov` of `2019-05-02-lavrov`, empty if there is only a date."""
    found = IN_NAME.match(stem)
    return stem[found.end() :] if found else stem


def find_zone(name: str) -> tzinfo:
    """The time zone called `name` in the IANA database; raises DateError, with the nearest one."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        near = difflib.get_close_matches(name, zoneinfo.available_timezones(), 1)
        offer = f'did you mean "{near[0]}"?' if near else 'write one such as "Europe/Lisbon"'
        raise DateError(f'"{name}" is not the name of a time zone; {offer}') from None


def _iso(text: str) -> _Reading | None:
    found = ISO.fullmatch(text)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found["day"])
        return _Reading(day, datetime.fromisoformat(text) if found["time"] else None)
    except ValueError as error:
        if found["time"] and _is_day(found["day"]):
            return None
        raise DateError(f"{_quoted(text)} is not a date: {error}; {REMEDY}") from None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _rfc_2822(text: str) -> _Reading | None:
    if RFC_2822.fullmatch(text) is None:
        return None
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return _Reading(aware.date(), aware)


def _any(text: str, date_order: str) -> _Reading:
    from dateutil import parser

    try:
        plain = YEAR_FIRST.sub(_year_first, ZONE_AND_OFFSET.sub("", text))
        plain = NUMBERS.sub(lambda numbers: _ordered(numbers, date_order), plain)
        early, late = (
            parser.parse(plain, default=default, tzinfos=_offset) for default in (EARLY, LATE)
        )
        other = parser.parse(plain, default=EARLY, tzinfos=_offset, dayfirst=True, yearfirst=True)
    except DateError:
        raise
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
        raise DateError(f"{_quoted(text)} is not a date; {REMEDY}") from None
    if early.date() != late.date():
        raise DateError(f"{_quoted(text)} is only a part of a date; {REMEDY}")
    if early.date() != other.date():
        raise DateError(f"{_quoted(text)} could mean two days; {REMEDY}")
    return _Reading(early.date(), early if early.hour == late.hour else None)


def _year_first(numbers: re.Match[str]) -> str:
    return _spelled(int(numbers["year"]), int(numbers["month"]), int(numbers["day"]))


def _ordered(numbers: re.Match[str], date_order: str) -> str:
    one, two, year = int(numbers["one"]), int(numbers["two"]), numbers["year"]
    if not date_order:
        raise DateError(
            f'"{numbers[0]}" does not say which number is the day; {REMEDY}, '
            "or set date_order in [site]"
        )
    if len(year) == 2:
        raise DateError(f'"{numbers[0]}" has no whole year; {REMEDY}')
    day, month = (one, two) if date_order == "DMY" else (two, one)
    try:
        return _spelled(int(year), month, day)
    except ValueError:
        raise DateError(
            f'"{numbers[0]}" is not a day, read as date_order "{date_order}" says'
        ) from None


def _spelled(year: int, month: int, day: int) -> str:
    # The one writing that dateutil can't take for another day, whatever it is told of the order.
    date(year, month, day)
    return f"{day} {MONTHS[month - 1]} {year:04} "


def _offset(name: str | None, seconds: int | None) -> tzinfo | None:
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    if name is None:
        return None
    if name.upper() not in OFFSETS:
        raise DateError(
            f'"{name}" is not a time zone that means one thing; write +02:00 or Europe/Lisbon'
        )
    return timezone(timedelta(hours=OFFSETS[name.upper()]))


def _plausible(day: date) -> date:
    if not 1000 <= day.year <= 9998:
        raise DateError(f"the year {day.year} is not plausible; {REMEDY}")
    return day


def _quoted(text: str) -> str:
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
