"""A feed in any format is read as readers do, or a sentence says why it is none."""

from __future__ import annotations

import json

import pytest

from ..workshop import Workshop
from .host import Host
from .old_feeds import EMPTY, adopt, found, refused, rss, write_feed


@pytest.mark.parametrize("content", ["", "Some words.", "<opml version='2.0'/>", "\0\1\2"])
def test_not_a_feed(workshop: Workshop, content: str) -> None:
    assert "is not a feed. RSS, Atom" in refused(workshop, write_feed(workshop, content))


def test_a_page_names_its_feed(workshop: Workshop, host: Host) -> None:
    host.pages["/"] = (
        b"<!doctype html><title>x</title>"
        b"<link rel='alternate' type='application/rss+xml' href='feed/?a=1&amp;b=2'>"
        b"<link rel='alternate' hreflang='de' href='/de'>"
    )
    message = refused(workshop, host.url)
    assert f"is a web page. It names {host.url}/feed/?a=1&b=2: adopt that." in message


def test_a_feed_without_entries(workshop: Workshop) -> None:
    assert "holds no entries" in refused(workshop, write_feed(workshop, EMPTY))


def test_of_two_entries_with_one_guid_the_first_counts(workshop: Workshop) -> None:
    one, other = (
        f"<title>{title}</title><guid isPermaLink='false'>7</guid>"
        for title in ("New stones for the old quay", "Three days of fog")
    )
    result = adopt(workshop, write_feed(workshop, rss(one, other)), "--json")
    assert found(result) == {"quay.txt": "7"}
    notes = {each["code"]: each for each in json.loads(result.stdout)["notes"]}
    note = notes["entry-id-duplicate"]
    assert note["severity"] == "note"
    assert note["problem"] == (
        "“Three days of fog” and “New stones for the old quay” have one id, 7"
    )


def test_an_entry_without_id_is_known_by_its_link(workshop: Workshop) -> None:
    items = (
        "<title>Three days of fog</title><link>https://a.example/fog</link>",
        "<title>New stones for the old quay</title>",
    )
    result = adopt(workshop, write_feed(workshop, rss(*items)), "--json")
    assert found(result) == {"fog/index.html": "https://a.example/fog"}
    assert "“New stones for the old quay” has neither an id nor a link" in result.stdout


def test_a_date_that_is_none_is_pointed_out(workshop: Workshop) -> None:
    item = "<title>Three days of fog</title><guid>https://a.example/1</guid>"
    feed = write_feed(workshop, rss(f"{item}<pubDate>about noon</pubDate>"))
    assert "the date of “Three days of fog” can't be read" in adopt(workshop, feed).stderr


def test_a_feed_that_is_not_well_formed_is_read_as_readers_do(workshop: Workshop) -> None:
    item = "<title>Fog & more</title><guid>https://a.example/1</guid>"
    feed = write_feed(workshop, rss(item).replace("</rss>", ""))
    assert "Fog & more" in adopt(workshop, feed).stdout
