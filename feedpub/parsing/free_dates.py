"""Reads dates as people write them, such as "2 May 2019, 5pm"; the only import of dateutil."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo

from ..errors import DateError
from ..settings import DateOrder

DATE_REMEDY = "write it as 2019-05-02 or 2019-05-02T17:00:00+02:00"
"""What a message about a date that can't be read ends with."""

# Characters, so that a message stays on one line.
_LONGEST_QUOTATION = 40

# In "GMT+3" dateutil reverses the sign, as POSIX does; in "UTC -5" it reads no offset.
_ZONE_AND_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*(?=[+-]\d)")
_YEAR_FIRST = re.compile(
    r"\b(?P<year>\d{4})(?P<mark>[./ -])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?:T(?=\d)|\b)"
)
_NUMBERS = re.compile(r"\b(?P<one>\d\d?)[./ -](?P<two>\d\d?)[./ -](?P<year>\d{4}|\d\d)\b(?!:)")
_MONTH_NAMES = ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()

# Hours east of UTC, for names that mean one offset only; RFC 2822 §4.3 settles the American ones.
_OFFSETS = {
    "UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13,
}  # fmt: skip

# dateutil takes from a default what a text leaves open. Two defaults that differ in every field
# show what that was.
_DEFAULT_EARLY = datetime(2001, 1, 1)
_DEFAULT_LATE = datetime(2004, 12, 28, 23, 59, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateReading:
    """What a text states: a date, and a moment if it has a time; that may be without a zone."""

    day: date
    moment: datetime | None


def read_free_date(text: str, date_order: DateOrder | None) -> DateReading:
    """The date that `text` means, whose white space is single spaces; times may lack a zone.

    Raises DateError where it is not a date, only a part of one, or could mean several.
    """
    from dateutil import parser

    try:
        plain = _YEAR_FIRST.sub(_year_first, _ZONE_AND_OFFSET.sub("", text))
        plain = _NUMBERS.sub(lambda numbers: _ordered(numbers, date_order), plain)
        early, late = (
            parser.parse(plain, default=default, tzinfos=_offset)
            for default in (_DEFAULT_EARLY, _DEFAULT_LATE)
        )
        other = parser.parse(
            plain, default=_DEFAULT_EARLY, tzinfos=_offset, dayfirst=True, yearfirst=True
        )
    except DateError:
        raise
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
        raise DateError(f"{quote_date(text)} is not a date; {DATE_REMEDY}") from None
    if early.date() != late.date():
        raise DateError(f"{quote_date(text)} is only a part of a date; {DATE_REMEDY}")
    if early.date() != other.date():
        raise DateError(f"{quote_date(text)} could mean two days; {DATE_REMEDY}")
    return DateReading(day=early.date(), moment=early if early.hour == late.hour else None)


def _year_first(numbers: re.Match[str]) -> str:
    return _spelled_out(int(numbers["year"]), int(numbers["month"]), int(numbers["day"]))


def _ordered(numbers: re.Match[str], date_order: DateOrder | None) -> str:
    one, two, year = int(numbers["one"]), int(numbers["two"]), numbers["year"]
    if date_order is None and not (_is_day_of(year, two, one) or _is_day_of(year, one, two)):
        raise DateError(f'"{numbers[0]}" is not a date; {DATE_REMEDY}')
    if date_order is None:
        raise DateError(
            f'"{numbers[0]}" does not say which number is the day; {DATE_REMEDY}, '
            "or set date_order in [site]"
        )
    if len(year) == 2:
        raise DateError(f'"{numbers[0]}" has no whole year; {DATE_REMEDY}')
    day, month = (one, two) if date_order is DateOrder.DMY else (two, one)
    try:
        return _spelled_out(int(year), month, day)
    except ValueError:
        raise DateError(
            f'"{numbers[0]}" is not a day, read as date_order "{date_order}" says'
        ) from None


def _is_day_of(year: str, month: int, day: int) -> bool:
    try:
        date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    except ValueError:
        return False
    return True


def _spelled_out(year: int, month: int, day: int) -> str:
    # The one notation that dateutil can't take for another day, whatever its options; raises
    # ValueError where there is no such day.
    date(year, month, day)
    return f"{day} {_MONTH_NAMES[month - 1]} {year:04} "


def _offset(name: str | None, seconds: int | None) -> tzinfo | None:
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    if name is None:
        return None
    if name.upper() not in _OFFSETS:
        raise DateError(
            f'"{name}" is not a time zone that means one thing; write +02:00 or Europe/Lisbon'
        )
    return timezone(timedelta(hours=_OFFSETS[name.upper()]))


def quote_date(text: str) -> str:
    """`text` in quotes for a message, cut after 40 characters."""
    if len(text) <= _LONGEST_QUOTATION:
        return f'"{text}"'
    return f'"{text[:_LONGEST_QUOTATION]}…"'
