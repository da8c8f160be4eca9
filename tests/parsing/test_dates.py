"""A date is read in any writing that means one thing, and is never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.errors import DateError
from feedpub.model import Day
from feedpub.parsing.dates import (
    as_moment,
    day_in_file_name,
    day_in_path,
    find_zone,
    read_date,
    stem_without_date,
)
from feedpub.settings import DateOrder

LISBON = ZoneInfo("Europe/Lisbon")


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-07-02T17:00:00+02:00", moment(2019, 7, 2, 15)),
        ("2019-07-02T17:00:00Z", moment(2019, 7, 2, 17)),
        ("2019-07-02 17:00", moment(2019, 7, 2, 16)),
        ("2019-07-02T17:00:00.999999", moment(2019, 7, 2, 16)),
        ("20190702T170000Z", moment(2019, 7, 2, 17)),
        ("Tue, 02 Jul 2019 17:00:00 +0200", moment(2019, 7, 2, 15)),
        ("2 Jul 2019 17:00 GMT", moment(2019, 7, 2, 17)),
        ("July 2, 2019 5:00 PM", moment(2019, 7, 2, 16)),
        ("July 2nd, 2019 at 5pm", moment(2019, 7, 2, 16)),
        ("Tuesday, 2 July 2019 17:00 CEST", moment(2019, 7, 2, 15)),
        ("2 July 2019 17:00 EST", moment(2019, 7, 2, 22)),
        ("2019-07-02 17:00 MSK", moment(2019, 7, 2, 14)),
        ("2019-07-02 17:00 GMT+3", moment(2019, 7, 2, 14)),
        ("2019-07-02 17:00 UTC -5", moment(2019, 7, 2, 22)),
        ("2019-07-02 17:00 Europe/Moscow", moment(2019, 7, 2, 14)),
        ("2 July 2019 17:00 America/New_York", moment(2019, 7, 2, 21)),
        ("2019/07/02 17:00", moment(2019, 7, 2, 16)),
        ("17:00 2019-07-02", moment(2019, 7, 2, 16)),
        ("2019-07-02T17:00 UTC", moment(2019, 7, 2, 17)),
        ("2019-07-02 17:00 Etc/GMT-3", moment(2019, 7, 2, 14)),
    ],
)
def test_a_moment(text: str, expected: datetime) -> None:
    assert read_date(text, zone=LISBON) == expected


@pytest.mark.parametrize(
    "text",
    ["2019-05-02", "20190502", "2019-W18-4", "2 May 2019", "May 2, 2019", "Thursday, May 2nd 2019",
     "2019/5/2", "2019.05.02", "2-May-2019"],
)  # fmt: skip
def test_a_day(text: str) -> None:
    assert read_date(text, zone=LISBON) == Day(date=date(2019, 5, 2), zone=LISBON)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "May 2019", "2 May", "14:00", "2019", "10", "Sunday", "2019-05", "2019-W18",
     "2019-02-30", "30 February 2019", "2019-05-02T25:00", "Published on 2 May 2019 by X",
     "0001-01-01", "99999-01-01", "1000-01-01T00:00+05:00", "9999-12-31T23:59-05:00", "2019/13/05"],
)  # fmt: skip
def test_what_is_no_whole_date(text: str) -> None:
    with pytest.raises(DateError):
        read_date(text, zone=LISBON)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("02/05/2019", "which number is the day"),
        ("13/05/2019", "which number is the day"),
        ("1.2.2019 10:00", "which number is the day"),
        ("02 05 2019", "which number is the day"),
        ("10 11 12", "which number is the day"),
        ("2 May 19", "two days"),
        ("2019-05-02 17:00 XYZ", "XYZ"),
        ("2 May 2019 17:00 IST", "IST"),
        ("2019-05-02 17:00 Europe/Lisbonn", "Europe/Lisbon"),
        ("Monday, 2 May 2019", "not a Monday"),
        ("Mon, 02 May 2019 10:00:00 +0000", "not a Mon"),
        ("2 May 2019, Monday", "not a Monday"),
        ("May 2019", "only a part"),
    ],
)
def test_what_could_mean_several_things_is_an_error(text: str, words: str) -> None:
    with pytest.raises(DateError, match=words):
        read_date(text, zone=LISBON)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2019/05/02/lavrov", date(2019, 5, 2)),
        ("/blog/2019/5/2/", date(2019, 5, 2)),
        ("2019/05/02", date(2019, 5, 2)),
        ("2019/05/lavrov", None),
        ("2019/13/02/lavrov", None),
        ("12019/05/02/lavrov", None),
        ("", None),
    ],
)
def test_folders_may_name_a_day(path: str, day: date | None) -> None:
    assert day_in_path(path, UTC) == (Day(date=day, zone=UTC) if day else None)


@pytest.mark.parametrize("text", ["31.02.2024", "30/02/2024", "02/30/2024", "31 04 2024", "0.0.99"])
def test_a_day_that_no_month_has_is_no_date(text: str) -> None:
    with pytest.raises(DateError, match="is not a date"):
        read_date(text, zone=LISBON)


def test_an_order_settles_which_number_is_the_day() -> None:
    assert read_date("02/05/2019", zone=UTC, date_order=DateOrder.DMY) == Day(
        date=date(2019, 5, 2), zone=UTC
    )
    assert read_date("02/05/2019", zone=UTC, date_order=DateOrder.MDY) == Day(
        date=date(2019, 2, 5), zone=UTC
    )
    assert read_date("2.5.2019 10:00", zone=UTC, date_order=DateOrder.DMY) == moment(2019, 5, 2, 10)
    for text in ("13/05/2019", "02/05/19"):
        with pytest.raises(DateError):
            read_date(text, zone=UTC, date_order=DateOrder.MDY)


def test_an_hour_that_is_skipped_moves_on_and_one_that_comes_twice_is_the_first() -> None:
    assert read_date("2026-03-29 01:30", zone=LISBON) == moment(2026, 3, 29, 1, 30)
    assert read_date("2026-10-25 01:30", zone=LISBON) == moment(2026, 10, 25, 0, 30)


def test_dates_that_toml_has_read() -> None:
    assert as_moment(date(2019, 5, 2), LISBON) == Day(date=date(2019, 5, 2), zone=LISBON)
    assert as_moment(datetime(2019, 7, 2, 17), LISBON) == moment(2019, 7, 2, 16)
    assert as_moment(datetime(2019, 7, 2, 17, tzinfo=UTC), LISBON) == moment(2019, 7, 2, 17)


@pytest.mark.parametrize(
    ("name", "day", "rest"),
    [
        ("2019-05-02-lavrov", date(2019, 5, 2), "lavrov"),
        ("2019-05-02", date(2019, 5, 2), ""),
        ("2019-05-02_a b", date(2019, 5, 2), "a b"),
        ("2019-02-30-x", None, "x"),
        ("2019-05-023", None, "2019-05-023"),
        ("a-2019-05-02", None, "a-2019-05-02"),
        ("20190502-x", None, "20190502-x"),
    ],
)
def test_a_file_name_may_begin_with_a_day(name: str, day: date | None, rest: str) -> None:
    found = day_in_file_name(f"{name}.txt", UTC)
    assert (found.date if found else None) == day
    assert stem_without_date(name) == rest


def test_a_zone_that_is_none_offers_the_nearest() -> None:
    with pytest.raises(DateError, match="Europe/Lisbon"):
        find_zone("Europe/Lissbon")
    with pytest.raises(DateError, match="not the name"):
        find_zone("../../etc/passwd")


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_an_error_with_a_sentence(text: str) -> None:
    try:
        read_date(text, zone=LISBON)
    except DateError as error:
        assert str(error)


@given(st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9998, 1, 1)))
def test_what_iso_writes_is_read_again(when: datetime) -> None:
    expected = when.replace(microsecond=0, tzinfo=UTC)
    assert read_date(when.isoformat() + "Z", zone=LISBON) == expected
