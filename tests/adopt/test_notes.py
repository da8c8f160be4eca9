"""What an adoption points out to the curator."""

from __future__ import annotations

from ..workshop import Workshop
from .old_feeds import CONFIG, adopt, ledger, rss, sample


def test_an_entry_without_a_date_gets_that_of_its_article(workshop: Workshop) -> None:
    feed = workshop.root / "old.xml"
    feed.write_text(
        rss("<title>The lamp at the end of the pier</title><guid>https://a.example/1</guid>")
    )
    result = adopt(workshop, str(feed), "--yes")
    assert "the feed gives no date for it; it gets 2024-03-01 12:00 UTC" in result.stderr
    (record,) = ledger(workshop)
    assert record["published"] == "2024-03-01T12:00:00Z"


def test_a_date_that_differs_from_the_feeds_is_pointed_out(workshop: Workshop) -> None:
    feed = workshop.root / "old.xml"
    item = "<title>The lamp at the end of the pier</title><guid>https://a.example/1</guid>"
    feed.write_text(rss(f"{item}<pubDate>Sat, 02 Mar 2024 10:00:00 +0000</pubDate>"))
    result = adopt(workshop, str(feed))
    assert "2024-03-01-the-lamp.md: another date than that of the feed" in result.stderr


def test_articles_older_than_the_feed_are_pointed_out(workshop: Workshop) -> None:
    workshop.article("2019-05-02-old.txt", "Once upon a time\n\nThere was a quay of wood.\n")
    result = adopt(workshop, sample("hugo"))
    assert "2019-05-02-old.txt: older than the oldest entry of the feed, and new to its" in (
        result.stderr
    )
    assert "Set `limit = 5` under [output]" in result.stderr
    workshop.config(CONFIG + "[output]\nlimit = 5\n")
    assert "older than the oldest entry" not in adopt(workshop, sample("hugo")).stderr
