"""Dates: fixed at first sight, moved by the curator alone, never two entries in one second."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedpub.entries.dating import TakenTimes, date_new, due, expired, update_record
from feedpub.model import Article, Day, Fingerprints, Kind, Metadata, Record

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LISBON = ZoneInfo("Europe/Lisbon")


def day(text: str) -> Day:
    return Day(date=date.fromisoformat(text), zone=LISBON)


def article(
    path: str = "a.txt",
    *,
    source: str = "s",
    content: str = "c",
    named: Day | None = None,
    **stated: datetime | Day,
) -> Article:
    return Article(
        path=path,
        kind=Kind.TEXT,
        title="T",
        metadata=Metadata(**stated),  # type: ignore[arg-type]
        fingerprints=Fingerprints(source=source, content=content),
        day=named,
    )


def record(published: datetime, updated: datetime | None = None) -> Record:
    return Record(
        id="tag:x",
        path="a.txt",
        published=published,
        updated=updated or published,
        fingerprints=Fingerprints(source="s", content="c"),
    )


def published(*articles: Article, records: tuple[Record, ...] = ()) -> dict[str, datetime]:
    moments = date_new(articles, records, TakenTimes(()), NOW)
    return {path: moment.published for path, moment in moments.items()}


def test_articles_without_a_date_get_the_moment_they_were_first_seen() -> None:
    assert published(article("a"), article("c"), article("b")) == {
        "a": NOW - 2 * SECOND,
        "b": NOW - SECOND,
        "c": NOW,
    }


def test_a_day_gets_noon_or_the_next_free_second() -> None:
    noon = datetime(2019, 5, 2, 11, 0, tzinfo=UTC)
    stated = day("2019-05-02")
    assert published(article("a", published=stated), article("b", published=stated)) == {
        "a": noon,
        "b": noon + SECOND,
    }
    assert published(article("c", published=stated), records=(record(noon),)) == {
        "c": noon + SECOND
    }


def test_today_is_not_noon_before_noon() -> None:
    assert published(article("a", published=day("2026-06-15"))) == {"a": NOW}


def test_the_day_in_the_name_counts_where_nothing_else_is_said() -> None:
    noon = datetime(2019, 5, 2, 11, 0, tzinfo=UTC)
    assert published(article(named=day("2019-05-02"))) == {"a.txt": noon}
    stated = datetime(2018, 1, 1, tzinfo=UTC)
    assert published(article(named=day("2019-05-02"), published=stated)) == {"a.txt": stated}


def test_two_entries_never_have_the_same_updated() -> None:
    stated = datetime(2019, 5, 2, 11, 0, tzinfo=UTC)
    taken = TakenTimes([stated])
    moments = date_new(
        [article("a", published=stated), article("b", published=stated)], [], taken, NOW
    )
    assert [each.published for each in moments.values()] == [stated, stated]
    assert sorted(each.updated for each in moments.values()) == [
        stated + SECOND,
        stated + 2 * SECOND,
    ]


def test_an_old_article_that_is_new_here_is_not_news() -> None:
    stated = datetime(2001, 1, 1, tzinfo=UTC)
    moments = date_new([article(published=stated)], [], TakenTimes(()), NOW)
    assert moments["a.txt"].updated == stated
    corrected = datetime(2002, 1, 1, tzinfo=UTC)
    moments = date_new([article(published=stated, updated=corrected)], [], TakenTimes(()), NOW)
    assert moments["a.txt"].updated == corrected


@pytest.mark.parametrize(
    "changed",
    [
        article(),
        article("elsewhere.txt"),
        article(source="other"),
        article(content="other"),
        article(named=day("2020-01-01")),
        article("b.txt", source="other", named=day("2020-01-01")),
    ],
    ids=["nothing", "the path", "a tag", "a newer feedpub", "the name", "the name and a tag"],
)
def test_what_subscribers_do_not_see_moves_no_date(changed: Article) -> None:
    old = record(NOW - timedelta(days=9), NOW - timedelta(days=3))
    again = update_record(changed, old, TakenTimes([old.updated]), NOW)
    assert (again.published, again.updated) == (old.published, old.updated)
    assert (again.path, again.fingerprints) == (changed.path, changed.fingerprints)


def test_an_edit_moves_updated_to_now() -> None:
    old = record(NOW - timedelta(days=9))
    again = update_record(article(source="x", content="y"), old, TakenTimes([old.updated]), NOW)
    assert (again.published, again.updated) == (old.published, NOW)


def test_many_edits_at_once_are_told_apart_and_none_lies_in_the_future() -> None:
    old = record(NOW - timedelta(days=9))
    taken = TakenTimes([old.updated])
    edit = article(source="x", content="y")
    moments = [update_record(edit, old, taken, NOW).updated for _ in range(3)]
    assert moments == [NOW, NOW - SECOND, NOW - 2 * SECOND]


def test_updated_rises_even_when_the_clock_went_backwards() -> None:
    old = record(NOW - timedelta(days=9), NOW + timedelta(hours=5))
    again = update_record(article(source="x", content="y"), old, TakenTimes([old.updated]), NOW)
    assert again.updated == old.updated + SECOND


def test_a_corrected_date_is_taken_over() -> None:
    stated = datetime(2019, 5, 2, 9, 0, tzinfo=UTC)
    old = record(NOW - timedelta(days=9))
    again = update_record(
        article(source="x", published=stated), old, TakenTimes([old.updated]), NOW
    )
    assert (again.published, again.updated) == (stated, old.updated)
    again = update_record(
        article(source="x", published=day("2019-05-02")), old, TakenTimes(()), NOW
    )
    assert again.published == datetime(2019, 5, 2, 11, 0, tzinfo=UTC)


def test_a_date_taken_back_leaves_things_as_they_are() -> None:
    old = record(datetime(2019, 5, 2, 9, 0, tzinfo=UTC))
    assert update_record(article(source="x"), old, TakenTimes(()), NOW).published == old.published


def test_a_date_written_otherwise_moves_nothing() -> None:
    old = record(datetime(2019, 5, 2, 11, 0, 7, tzinfo=UTC))
    again = update_record(
        article(source="x", published=day("2019-05-02")), old, TakenTimes(()), NOW
    )
    assert again.published == old.published


def test_updated_is_never_before_published() -> None:
    old = record(NOW - timedelta(days=9))
    stated = NOW - timedelta(days=2)
    again = update_record(article(source="x", published=stated), old, TakenTimes(()), NOW)
    assert again.updated == stated


def test_an_article_of_the_future_waits() -> None:
    later = NOW + timedelta(hours=1)
    assert due(article(published=later), None, NOW) == later
    assert due(article(published=later), None, later) is None
    assert due(article(), None, NOW) is None


def test_a_day_begins_at_midnight_of_its_zone() -> None:
    tomorrow = article(published=day("2026-06-16"))
    assert due(tomorrow, None, NOW) == datetime(2026, 6, 15, 23, 0, tzinfo=UTC)
    named = article(named=day("2026-06-16"))
    assert due(named, None, NOW) == datetime(2026, 6, 15, 23, 0, tzinfo=UTC)


def test_what_was_published_stays_so_when_the_clock_goes_backwards() -> None:
    later = NOW + timedelta(hours=1)
    assert due(article(published=later), record(later), NOW) is None
    assert due(article(published=day("2026-06-16")), record(NOW + timedelta(days=1)), NOW) is None


def test_a_published_article_that_is_put_off_waits_again() -> None:
    later = NOW + timedelta(days=30)
    assert due(article(published=later), record(NOW - timedelta(days=1)), NOW) == later


def test_a_day_of_expiry_counts_to_its_end() -> None:
    last = article(expires=day("2026-06-15"))
    assert not expired(last, None, datetime(2026, 6, 15, 22, 59, 59, tzinfo=UTC))
    assert expired(last, None, datetime(2026, 6, 15, 23, 0, tzinfo=UTC))
    assert expired(article(expires=NOW), None, NOW)
    assert not expired(article(), None, NOW)
