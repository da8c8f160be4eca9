"""Reads dates in any notation that means one moment or one day; the only import of dateutil."""

from __future__ import annotations

import difflib
import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from ..errors import DateError
from ..model import Day
from ..settings import DateOrder

_REMEDY = "write it as 2019-05-02 or 2019-05-02T17:00:00+02:00"

# Years. RFC 3339 §5.6 has four digits; the last one is left free so that the day after a date, in
# any zone, is a date too.
_FIRST_YEAR, _LAST_YEAR = 1000, 9998
# Characters, so that a message stays on one line.
_LONGEST_QUOTATION = 40

# ISO 8601, of which RFC 3339 is a part: calendar and week dates, with and without hyphens.
_ISO_DAY = r"\d{4}-?\d\d-?\d\d|\d{4}-W\d\d-\d|\d{4}W\d{3}"
_ISO = re.compile(rf"(?P<day>{_ISO_DAY})(?P<time>[T ].+)?")
# RFC 2822 §3.3, and the zones GMT, UT and UTC.
_RFC_2822 = re.compile(
    r"([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)? ([+-]\d{4}|GMT|UTC?)"
)
_ZONE_NAME = re.compile(r"\s+(?P<zone>[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+)$")
# In "GMT+3" dateutil reverses the sign, as POSIX does; in "UTC -5" it reads no offset.
_ZONE_AND_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*(?=[+-]\d)")
_YEAR_FIRST = re.compile(
    r"\b(?P<year>\d{4})(?P<mark>[./ -])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?:T(?=\d)|\b)"
)
_NUMBERS = re.compile(r"\b(?P<one>\d\d?)[./ -](?P<two>\d\d?)[./ -](?P<year>\d{4}|\d\d)\b(?!:)")
_MONTH_NAMES = ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
_DAY_IN_NAME = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?:$|[-_ .]+)")

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


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a text states: a date, and a moment if it has a time; that may be without a zone."""

    day: date
    moment: datetime | None


def read_date(text: str, *, zone: tzinfo, date_order: DateOrder | None = None) -> datetime | Day:
    """The moment that `text` means, in UTC and without microseconds, or the day if it has no time.

    Takes RFC 3339 and other ISO 8601, RFC 2822, and what people write. `zone` is that of a text
    without one; a text may end with an offset or a name of the IANA database. Without a
    `date_order`, a day and a month both written as numbers before the year are an error. Raises
    DateError where `text` is not a date, only a part of one, or could mean several.
    """
    written = " ".join(text.split())
    named = _ZONE_NAME.search(written)
    if named:
        zone, written = find_zone(named["zone"]), written[: named.start()]
    reading = _iso(written) or _rfc_2822(written) or _free_text(written, date_order)
    weekday = _WEEKDAY.search(written)
    if weekday and f"{reading.day:%a}".lower() != weekday[1].lower():
        raise DateError(f"{_quoted(text)} is not a {weekday[0]}; {_REMEDY}")
    return as_moment(reading.moment or reading.day, zone)


def as_moment(value: date, zone: tzinfo) -> datetime | Day:
    """A date or time that a parser has typed: a moment in UTC without microseconds, or a day.

    `zone` is that of a value without one. Raises DateError for a year outside 1000 to 9998.
    """
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
    """The moment itself, or the first of the day in its zone; in UTC."""
    if isinstance(when, datetime):
        return when
    return datetime.combine(when.date, time(0), when.zone).astimezone(UTC)


def end(when: datetime | Day) -> datetime:
    """The moment itself, or the first of the next day in the zone of the day; in UTC."""
    if isinstance(when, datetime):
        return when
    next_day = when.date + timedelta(days=1)
    return datetime.combine(next_day, time(0), when.zone).astimezone(UTC)


def in_utc(moment: datetime) -> str:
    """An aware `moment` in RFC 3339: in UTC, to the second, such as 2019-05-02T15:00:00Z."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def day_in_file_name(name: str, zone: tzinfo) -> Day | None:
    """The day in `zone` with which a file name such as `2019-05-02-lavrov.txt` begins."""
    match = _DAY_IN_NAME.match(name)
    if match is None:
        return None
    try:
        return Day(date=_plausible(date.fromisoformat(match["date"])), zone=zone)
    except ValueError:
        return None


def stem_without_date(stem: str) -> str:
    """`lavrov` of `2019-05-02-lavrov`, empty if there is only a date."""
    match = _DAY_IN_NAME.match(stem)
    return stem[match.end() :] if match else stem


def find_zone(name: str) -> tzinfo:
    """The time zone `name` of the IANA database; raises DateError with the nearest name."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        near = difflib.get_close_matches(name, zoneinfo.available_timezones(), 1)
        offer = f'did you mean "{near[0]}"?' if near else 'write one such as "Europe/Lisbon"'
        raise DateError(f'"{name}" is not the name of a time zone; {offer}') from None


def _iso(text: str) -> _Reading | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    try:
        day = date.fromisoformat(match["day"])
        return _Reading(day, datetime.fromisoformat(text) if match["time"] else None)
    except ValueError as error:
        if match["time"] and _is_day(match["day"]):
            return None
        raise DateError(f"{_quoted(text)} is not a date: {error}; {_REMEDY}") from None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _rfc_2822(text: str) -> _Reading | None:
    if _RFC_2822.fullmatch(text) is None:
        return None
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    # Python gives -0000, a time in UTC at an unknown place (RFC 2822 §3.3), without a zone.
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return _Reading(aware.date(), aware)


def _free_text(text: str, date_order: DateOrder | None) -> _Reading:
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
        raise DateError(f"{_quoted(text)} is not a date; {_REMEDY}") from None
    if early.date() != late.date():
        raise DateError(f"{_quoted(text)} is only a part of a date; {_REMEDY}")
    if early.date() != other.date():
        raise DateError(f"{_quoted(text)} could mean two days; {_REMEDY}")
    return _Reading(early.date(), early if early.hour == late.hour else None)


def _year_first(numbers: re.Match[str]) -> str:
    return _spelled_out(int(numbers["year"]), int(numbers["month"]), int(numbers["day"]))


def _ordered(numbers: re.Match[str], date_order: DateOrder | None) -> str:
    one, two, year = int(numbers["one"]), int(numbers["two"]), numbers["year"]
    if date_order is None and not (_is_day_of(year, two, one) or _is_day_of(year, one, two)):
        raise DateError(f'"{numbers[0]}" is not a date; {_REMEDY}')
    if date_order is None:
        raise DateError(
            f'"{numbers[0]}" does not say which number is the day; {_REMEDY}, '
            "or set date_order in [site]"
        )
    if len(year) == 2:
        raise DateError(f'"{numbers[0]}" has no whole year; {_REMEDY}')
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


def _plausible(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise DateError(f"the year {day.year} is not plausible; {_REMEDY}")
    return day


def _quoted(text: str) -> str:
    if len(text) <= _LONGEST_QUOTATION:
        return f'"{text}"'
    return f'"{text[:_LONGEST_QUOTATION]}…"'
