"""Reads dates in any notation that means one moment or one day, and computes with them."""

from __future__ import annotations

import difflib
import re
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from ..errors import DateError
from ..model import Day
from ..settings import DateOrder
from .free_dates import DATE_REMEDY, DateReading, quote_date, read_free_date

# Years. RFC 3339 §5.6 has four digits; the last one is left free so that the day after a date, in
# any zone, is a date too.
_FIRST_YEAR, _LAST_YEAR = 1000, 9998
# ISO 8601, of which RFC 3339 is a part: calendar and week dates, with and without hyphens.
_ISO_DAY = r"\d{4}-?\d\d-?\d\d|\d{4}-W\d\d-\d|\d{4}W\d{3}"
_ISO = re.compile(rf"(?P<day>{_ISO_DAY})(?P<time>[T ].+)?")
# RFC 2822 §3.3, and the zones GMT, UT and UTC.
_RFC_2822 = re.compile(
    r"([A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)? ([+-]\d{4}|GMT|UTC?)"
)
_ZONE_NAME = re.compile(r"\s+(?P<zone>[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+)$")
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
_DAY_IN_NAME = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?:$|[-_ .]+)")
_DAY_IN_PATH = re.compile(r"(?:^|/)(?P<year>\d{4})/(?P<month>\d\d?)/(?P<day>\d\d?)(?=/|$)")


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
    reading = _iso(written) or _rfc_2822(written) or read_free_date(written, date_order)
    weekday = _WEEKDAY.search(written)
    if weekday and f"{reading.day:%a}".lower() != weekday[1].lower():
        raise DateError(f"{quote_date(text)} is not a {weekday[0]}; {DATE_REMEDY}")
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


def day_in_path(path: str, zone: tzinfo) -> Day | None:
    """The day in `zone` that the folders of a path such as `2019/05/02/lavrov` name."""
    match = _DAY_IN_PATH.search(path)
    if match is None:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        return Day(date=_plausible(day), zone=zone)
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


def _iso(text: str) -> DateReading | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    try:
        day = date.fromisoformat(match["day"])
        return DateReading(day=day, moment=datetime.fromisoformat(text) if match["time"] else None)
    except ValueError as error:
        if match["time"] and _is_day(match["day"]):
            return None
        raise DateError(f"{quote_date(text)} is not a date: {error}; {DATE_REMEDY}") from None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _rfc_2822(text: str) -> DateReading | None:
    if _RFC_2822.fullmatch(text) is None:
        return None
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    # Python gives -0000, a time in UTC at an unknown place (RFC 2822 §3.3), without a zone.
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return DateReading(day=aware.date(), moment=aware)


def _plausible(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise DateError(f"the year {day.year} is not plausible; {DATE_REMEDY}")
    return day
