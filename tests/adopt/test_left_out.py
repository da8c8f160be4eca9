"""Articles that are left out at the moment: their entries are not imported in their place."""

from __future__ import annotations

import json

import pytest

from ..workshop import Workshop
from .old_feeds import rss, write_feed

ENTRY = (
    "<title>The tide table of spring</title><link>https://old.example/tides/</link>"
    "<guid>https://old.example/?p=12</guid><description>High water at noon.</description>"
)
OTHER = "<title>Another thing altogether</title><guid>https://old.example/?p=13</guid>"
BROKEN = "---\ndraft: perhaps\n---\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tides.md", "Nothing that could be recognised."),
        ("2020-03-01-the-tide-table-of-spring.md", "Nothing that could be recognised."),
        ("a.md", "# The Tide Table of Spring\n\nHigh water at noon."),
        ("b.md", "See https://old.example/tides/ for more."),
        ("c.md", "It was https://old.example/?p=12 before."),
    ],
)
def test_its_entry_is_not_imported(workshop: Workshop, path: str, text: str) -> None:
    workshop.article(path, BROKEN + text)
    feed = write_feed(workshop, rss(ENTRY, OTHER))
    said = workshop.run("adopt", feed, "--import", "--yes")
    assert said.code == 1
    assert f"left out: {path}:2" in said.stderr
    assert f"warning: {path}: is left out, and seems to be the article of" in said.stderr
    assert "made: another-thing-altogether.html" in said.stdout
    assert said.stdout.count("made: ") == 1


def test_import_is_not_proposed_for_it(workshop: Workshop) -> None:
    workshop.article("tides.md", BROKEN)
    feed = write_feed(workshop, rss(ENTRY))
    assert "--import" not in workshop.run("adopt", feed).stdout
    report = json.loads(workshop.run("adopt", feed, "--json").stdout)
    assert [each["code"] for each in report["warnings"]] == ["entry-of-article-left-out"]
    workshop.article("tides.md", BROKEN.replace("perhaps", "false") + "# Low water\n\nAt six.\n")
    assert "--import" in workshop.run("adopt", feed).stdout


@pytest.mark.parametrize(
    "date",
    ["0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 +0000", "Wed, 30 Nov -0001 00:00:00 +0000"],
)
def test_a_zero_date_is_no_date(workshop: Workshop, date: str) -> None:
    lamp = "<title>The lamp at the end of the pier</title><guid>https://a.example/1</guid>"
    feed = write_feed(workshop, rss(f"{lamp}<pubDate>{date}</pubDate>"))
    said = workshop.run("adopt", feed)
    assert "can't be read" not in said.stderr
    assert "the feed gives no date for it; it gets 2024-03-01 12:00 UTC" in said.stderr


def test_a_zero_date_of_a_json_feed_is_no_date(workshop: Workshop) -> None:
    item = {"id": "1", "title": "The lamp", "date_published": "0001-01-01T00:00:00Z"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]}
    said = workshop.run("adopt", write_feed(workshop, json.dumps(feed)))
    assert "no date" in said.stdout
    assert "can't be read" not in said.stderr
