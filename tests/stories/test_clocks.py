"""Whatever clocks and zones do, what was published stays as it was."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ..judges import read_with_feedparser
from ..workshop import CONFIG, Workshop

LISBON = CONFIG + 'timezone = "Europe/Lisbon"\n'


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    before = os.environ.get("TZ")
    yield Workshop(tmp_path)
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


def at(workshop: Workshop, text: str) -> None:
    workshop.now = datetime.fromisoformat(text).astimezone(UTC)


def published(workshop: Workshop) -> list[str]:
    return [entry.published for entry in read_with_feedparser(workshop.feed()).entries]


def dated(workshop: Workshop, published: str) -> str:
    """When an entry is published whose article says this, at last."""
    workshop.start(LISBON, a_md=f"---\npublished: {published}\n---\n# A\n\nText of it.\n")
    workshop.build()
    (entry,) = read_with_feedparser(workshop.feed()).entries
    before = workshop.feed()
    for days in (1, 30, 200):
        workshop.later(days=days)
        workshop.build()
        assert workshop.feed() == before
    return str(entry.published)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2024-02-29", "2024-02-29T12:00:00Z"),
        ("2024-02-29 23:59:59", "2024-02-29T23:59:59Z"),
        # Clocks went from 1:00 to 2:00: this hour was not.
        ("2026-03-29 01:30", "2026-03-29T01:30:00Z"),
        # Clocks went from 2:00 to 1:00: this hour was twice, and the first is meant.
        ("2025-10-26 01:30", "2025-10-26T00:30:00Z"),
        ("2025-10-26 01:30 +00:00", "2025-10-26T01:30:00Z"),
        # A day whose noon is in summer time, and one whose noon is not any more.
        ("2026-03-29", "2026-03-29T11:00:00Z"),
        ("2025-10-26", "2025-10-26T12:00:00Z"),
    ],
)
def test_odd_moments_are_one_moment_for_good(workshop: Workshop, said: str, meant: str) -> None:
    assert dated(workshop, said) == meant


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata"])
def test_a_machine_in_another_zone_builds_the_same_bytes(workshop: Workshop, zone: str) -> None:
    workshop.start(LISBON, a_md="# A\n\nText.\n", b_md="---\ndate: 2026-06-01\n---\n# B\n\nText.\n")
    workshop.article("2026-06-02-c.md", "# C\n\nText.\n")
    workshop.build()
    before = workshop.feed()
    os.environ["TZ"] = zone
    time.tzset()
    workshop.later(hours=5)
    workshop.build()
    assert workshop.feed() == before


def test_another_zone_in_the_config_moves_nothing_that_was_published(workshop: Workshop) -> None:
    workshop.start(LISBON, a_md="---\ndate: 2026-06-01\n---\n# A\n\nText.\n")
    workshop.build()
    before = workshop.feed()
    workshop.config(CONFIG + 'timezone = "Asia/Tokyo"\n')
    workshop.build()
    assert workshop.feed() == before


def test_an_article_of_the_future_comes_at_its_moment_even_in_a_night_that_clocks_change(
    workshop: Workshop,
) -> None:
    workshop.start(LISBON, a_md="---\ndate: 2026-10-25 01:30\n---\n# A\n\nText.\n")
    for before in ("2026-10-24T12:00+00:00", "2026-10-25T00:29:59+00:00"):
        at(workshop, before)
        assert "held back: a.md until 2026-10-25 01:30 WEST" in workshop.build().stdout
    at(workshop, "2026-10-25T00:30:00+00:00")
    assert "new: a.md" in workshop.build().stdout


def test_an_article_expires_at_the_end_of_its_day_where_the_site_is(workshop: Workshop) -> None:
    workshop.start(LISBON, a_md="---\ndate: 2026-03-01\nexpires: 2026-03-28\n---\n# A\n\nText.\n")
    at(workshop, "2026-03-28T23:59:59+00:00")
    assert "expired" not in workshop.build().stdout
    at(workshop, "2026-03-29T00:00:00+00:00")
    assert "expired: a.md" in workshop.build().stdout


def test_an_update_that_was_said_stays_though_the_clock_goes_back(workshop: Workshop) -> None:
    said = "---\ndate: 2026-06-01\nupdated: 2026-06-14\n---\n# A\n\nText of a.\n"
    workshop.start(LISBON, a_md=said)
    workshop.build()
    before = workshop.feed()
    workshop.later(days=-10)
    workshop.build()
    assert workshop.feed() == before


def test_a_clock_that_goes_back_and_forth_changes_nothing(workshop: Workshop) -> None:
    workshop.start(
        LISBON, a_md="# A\n\nText of a.\n", b_md="---\ndate: 2026-06-15\n---\n# B\n\nB.\n"
    )
    workshop.build()
    before = workshop.feed(), workshop.feed("rss.xml")
    for days in (-400, 900, -3, -500, 7):
        workshop.later(days=days)
        said = workshop.build()
        assert "held back" not in said.stdout
        assert (workshop.feed(), workshop.feed("rss.xml")) == before


def test_a_clock_that_goes_backwards_brings_no_expired_article_back(workshop: Workshop) -> None:
    workshop.start(LISBON)
    workshop.article("offer.md", "---\nexpires: 2026-06-15\n---\nAn offer\n\nOnly today.\n")
    workshop.build()
    assert len(published(workshop)) == 1
    workshop.later(days=1)
    workshop.build()
    assert published(workshop) == []
    before = workshop.feed()
    workshop.later(days=-1)
    assert "expired: offer.md" in workshop.build().stdout
    assert workshop.feed() == before


def test_an_article_that_expires_later_than_it_was_said_to_comes_back_as_what_it_was(
    workshop: Workshop,
) -> None:
    workshop.start(LISBON)
    text = "---\nexpires: {}\n---\nAn offer\n\nOnly today.\n"
    workshop.article("offer.md", text.format("2026-06-15"))
    workshop.build()
    before = published(workshop)
    workshop.later(days=1)
    workshop.build()
    workshop.article("offer.md", text.format("2026-07-15"))
    workshop.build()
    assert published(workshop) == before


def test_the_feed_moves_when_an_entry_leaves_or_returns_whatever_the_clock_says(
    workshop: Workshop,
) -> None:
    workshop.start(LISBON)
    file = workshop.article("a.txt", "A title\n\nA text that leaves and returns.\n")
    workshop.article("b.txt", "Another title\n\nAnother text, which stays where it is.\n")

    def updated() -> str:
        workshop.build()
        return str(read_with_feedparser(workshop.feed()).feed.updated)

    moments = [updated()]
    workshop.later(days=-7)
    text = file.read_text()
    file.unlink()
    moments.append(updated())
    file.write_text(text)
    moments.append(updated())
    workshop.later(days=30)
    moments.append(updated())
    assert moments[0] < moments[1] < moments[2] == moments[3]
