"""The links that `[articles] link` makes: from what, and what keeps them apart and the same."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedpub.entries.links import made_link, path_of_page, slug_of_path
from feedpub.model import Article, Fingerprints, Kind, Metadata
from feedpub.parsing.dates import find_zone

from ..workshop import CONFIG, Workshop

PUBLISHED = datetime(2024, 3, 31, 23, 30, tzinfo=UTC)
PATTERN = '\n[articles]\nlink = "https://blog.example/{year}/{slug}/"\n'


def article(path: str, *, slug: str | None = None, permalink: str | None = None) -> Article:
    return Article(
        path=path,
        kind=Kind.MARKDOWN,
        title="A title",
        metadata=Metadata(slug=slug, permalink=permalink),
        fingerprints=Fingerprints(source="", content=""),
    )


def link(of: Article, pattern: str, zone: str = "UTC") -> str | None:
    return made_link(of, PUBLISHED, f"https://blog.example/{pattern}", find_zone(zone))


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path).start(CONFIG + PATTERN)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("lamp.md", "lamp"),
        ("2024-03-01-lamp.md", "lamp"),
        ("2024-03-01.md", "2024-03-01"),
        ("notes/lamp/index.md", "lamp"),
        ("index.md", "index"),
        ("release-1.2.md", "release-1.2"),
    ],
)
def test_a_slug_is_the_name_of_the_file_or_of_its_folder(path: str, expected: str) -> None:
    assert slug_of_path(path) == expected


def test_a_path_has_no_ending() -> None:
    assert path_of_page("notes/lamp/index.md") == "notes/lamp"
    assert path_of_page("notes/lamp.md") == "notes/lamp"


def test_what_is_stated_comes_before_the_name_of_the_file() -> None:
    assert link(article("a.md"), "{slug}") == "https://blog.example/a"
    permalink = "/2019/05/the-lamp.html"
    assert link(article("a.md", permalink=permalink), "{slug}") == "https://blog.example/the-lamp"
    stated = article("a.md", slug="lamp", permalink=permalink)
    assert link(stated, "{slug}") == "https://blog.example/lamp"


def test_a_permalink_may_be_a_path_or_an_address() -> None:
    expected = "https://blog.example/2019/lamp/"
    for permalink in ("/2019/lamp/", "2019/lamp/", "https://old.example/2019/lamp/"):
        assert link(article("a.md", permalink=permalink), "{permalink}") == expected


def test_without_a_permalink_a_pattern_that_asks_for_it_makes_no_link() -> None:
    assert link(article("a.md"), "{permalink}") is None


def test_the_date_is_that_of_the_zone_of_the_site() -> None:
    assert link(article("a.md"), "{year}/{month}/{day}/{slug}").endswith("/2024/03/31/a")  # type: ignore[union-attr]
    assert link(article("a.md"), "{month}/{day}/{slug}", "Europe/Lisbon") == (
        "https://blog.example/04/01/a"
    )


def test_the_section_is_the_first_folder_and_none_leaves_no_double_slash() -> None:
    assert link(article("walks/far/a.md"), "{section}/{slug}/") == "https://blog.example/walks/a/"
    assert link(article("a.md"), "{section}/{slug}/") == "https://blog.example/a/"
    assert link(article("walks/a.md"), "{path}.html") == "https://blog.example/walks/a.html"


def test_any_name_makes_a_valid_address() -> None:
    assert link(article("Zürich 100%?#.md"), "{slug}") == (
        "https://blog.example/Z%C3%BCrich-100%25%3F%23"
    )


def test_a_link_stays_the_same_when_time_passes(workshop: Workshop) -> None:
    workshop.article("undated.md", "# Undated\n\nIt was first seen in June of 2026.\n")
    workshop.build()
    before = workshop.feed()
    assert b"https://blog.example/2026/undated/" in before
    workshop.later(days=400)
    workshop.build()
    assert workshop.feed() == before


def test_another_pattern_is_no_edit_and_another_date_is_one(workshop: Workshop) -> None:
    text = "---\npublished: {}\n---\n# Dated\n\nThis was written long ago.\n"
    workshop.article("dated.md", text.format("2020-01-01"))
    workshop.build()
    assert b"<updated>2020-01-01T12:00:00Z</updated>\n    <published>" in shortened(workshop)
    workshop.config(CONFIG + PATTERN.replace("{slug}", "x-{slug}"))
    workshop.later(hours=1)
    workshop.build()
    assert b"https://blog.example/2020/x-dated/" in workshop.feed()
    assert b"<updated>2020-01-01T12:00:00Z</updated>\n    <published>" in shortened(workshop)
    workshop.article("dated.md", text.format("2019-01-01"))
    workshop.build()
    assert b"https://blog.example/2019/x-dated/" in workshop.feed()
    assert b"<updated>2026-06-15T11:00:00Z</updated>\n    <published>" in shortened(workshop)


def shortened(workshop: Workshop) -> bytes:
    """The Atom feed with the dates of its entry side by side."""
    lines = workshop.feed().split(b"\n")
    dates = [line for line in lines if b"<updated>" in line or b"<published>" in line]
    return b"\n".join(dates)


def test_an_entry_that_is_published_keeps_its_link_from_one_that_comes_later(
    workshop: Workshop,
) -> None:
    workshop.article("one/lamp.md", "# Lamp\n\nThe first lamp that was written about.\n")
    workshop.build()
    before = workshop.feed()
    workshop.article("two/lamp.md", "# Other\n\nAnother lamp, which nobody has read of.\n")
    said = workshop.run("build")
    assert said.code == 1
    assert "left out: two/lamp.md: would get the link" in said.stderr
    assert "one/lamp.md" in said.stderr
    assert workshop.feed() == before


def test_entries_without_a_link_are_counted_unless_all_have_one(workshop: Workshop) -> None:
    workshop.article("a.md", "# A\n\nThis has a link of the pattern.\n")
    assert "no link" not in workshop.build().stderr
    workshop.config(CONFIG)
    assert "1 of 1 entry has no link" in workshop.build().stderr


def test_status_sees_that_the_feeds_have_other_links(workshop: Workshop) -> None:
    workshop.article("a.md", "# A\n\nThis has a link of the pattern.\n")
    workshop.build()
    assert '"written": true' in workshop.run("status", "--json").stdout
    workshop.config(CONFIG)
    assert '"written": true' not in workshop.run("status", "--json").stdout
