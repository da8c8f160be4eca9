"""What feedgen gets wrong, and that our feeds have it right.

Each test is of one fault. First it asks feedgen itself: where that fails after an upgrade, the
fault is gone, and the fix in feedpub/formats may go too, with the test.
"""

from __future__ import annotations

import locale
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from feedgen.entry import FeedEntry  # type: ignore[import-untyped]
from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]
from lxml import etree

from ..judges.names import ATOM, CONTENT, DC, XML, text, texts
from ..samples import BARE, CHANNEL, FEED, RICH, feed_of, written

OLD = datetime(2020, 1, 1, tzinfo=UTC)


def plain_feed() -> FeedGenerator:
    """A feed that feedgen can write in both formats."""
    feed = FeedGenerator()
    feed.id("tag:walks.example,2026:feed")
    feed.title("Walks")
    feed.description("On foot")
    feed.link(href="https://walks.example/", rel="alternate")
    return feed


def plain_entry() -> FeedEntry:
    """An entry that feedgen can write in both formats."""
    entry = FeedEntry()
    entry.id("tag:walks.example,2026:salt")
    entry.title("The salt road")
    entry.content("<p>Salt</p>", type="html")
    return entry


def channel_of(feed: FeedGenerator) -> Any:
    return etree.fromstring(feed.rss_str())[0]


def our_atom() -> Any:
    return etree.fromstring(written("atom", FEED))


def our_entry() -> Any:
    return our_atom().find(f"{ATOM}entry")


def our_channel() -> Any:
    return etree.fromstring(written("rss", FEED))[0]


def our_item() -> Any:
    return our_channel().find("item")


def relations(element: Any) -> list[str | None]:
    return [link.get("rel") for link in element.findall(f"{ATOM}link")]


def test_links_of_an_atom_entry_lose_all_but_their_address() -> None:
    entry = plain_entry()
    entry.link(href="https://walks.example/a.mp3", rel="enclosure", type="audio/mpeg", length="9")
    assert [dict(link.attrib) for link in entry.atom_entry().findall("link")] == [
        {"href": "https://walks.example/a.mp3"}
    ]

    alternate, enclosure, _ = our_entry().findall(f"{ATOM}link")
    assert dict(alternate.attrib) == {"rel": "alternate", "type": "text/html", "href": RICH.link}
    assert dict(enclosure.attrib) == {
        "rel": "enclosure",
        "type": "audio/mpeg",
        "href": "https://walks.example/ferry.mp3",
        "length": "1234",
    }


def test_content_of_an_atom_entry_can_be_of_a_type_that_is_none() -> None:
    entry = plain_entry()
    entry.content("<p>Salt</p>", type="CDATA")
    assert entry.atom_entry().find("content").get("type") == "CDATA"
    entry.content("<p>Salt</p>")
    assert entry.atom_entry().find("content").get("type") is None

    assert [each.get("type") for each in our_atom().findall(f".//{ATOM}content")] == ["html"] * 2


def test_the_last_link_of_all_becomes_the_link_of_an_rss_channel() -> None:
    feed = plain_feed()
    feed.link(href="https://hub.example/", rel="hub")
    assert text(channel_of(feed), "link") == "https://hub.example/"

    assert texts(our_channel(), "link") == ["https://walks.example/"]
    assert texts(our_channel(), "image/link") == ["https://walks.example/"]


def test_an_rss_channel_has_no_link_to_its_hubs() -> None:
    feed = plain_feed()
    for rel in ("hub", "self"):
        feed.link(href=f"https://walks.example/{rel}", rel=rel)
    assert relations(channel_of(feed)) == ["self"]

    assert relations(our_channel()) == ["self", "hub", "hub"]


def test_dates_that_are_not_given_are_now() -> None:
    before = datetime.now(UTC)
    assert plain_feed().updated() > before
    assert plain_entry().updated() > before
    assert texts(channel_of(plain_feed()), "lastBuildDate")

    for name in ("atom", "rss"):
        assert f"{before.year}-{before:%m-%d}" not in written(name, BARE).decode()
    assert text(our_channel(), "lastBuildDate") == "Mon, 04 May 2026 00:00:01 +0000"


def test_dates_in_utc_are_written_with_an_offset_of_zero() -> None:
    entry = plain_entry()
    entry.updated(OLD)
    assert text(entry.atom_entry(), "updated") == "2020-01-01T00:00:00+00:00"

    assert text(our_atom(), f"{ATOM}updated") == "2026-05-04T00:00:01Z"
    assert text(our_entry(), f"{ATOM}updated") == "2026-05-03T18:05:09Z"
    assert text(our_entry(), f"{ATOM}published") == "2026-05-02T08:30:00Z"


def test_entries_come_in_reverse() -> None:
    feed = plain_feed()
    for number in "12":
        feed.add_entry(plain_entry()).id(f"tag:walks.example,2026:{number}")
    assert [text(item, "guid")[-1] for item in channel_of(feed).findall("item")] == ["2", "1"]

    ids = [entry.id for entry in FEED.entries]
    assert texts(our_atom(), f"{ATOM}entry/{ATOM}id") == ids
    assert texts(our_channel(), "item/guid") == ids


@contextmanager
def changes_of_locale() -> Iterator[list[Any]]:
    """What is done to the locale of the whole process."""
    seen: list[Any] = []
    real = locale.setlocale

    def watched(category: int, wanted: Any = None) -> str:
        if wanted is not None:
            seen.append(wanted)
        return real(category, wanted)

    with patch.object(locale, "setlocale", watched):
        yield seen


def test_the_locale_of_the_process_is_changed_to_write_a_date() -> None:
    with changes_of_locale() as changes:
        plain_feed().rss_str()
    assert "C" in changes

    with changes_of_locale() as changes:
        written("rss", FEED)
    assert changes == []


def test_an_enclosure_without_a_length_cannot_be_written() -> None:
    entry = plain_entry()
    entry.enclosure("https://walks.example/a.mp3", 9, "audio/mpeg")
    entry.enclosure("https://walks.example/b.mp3", None, "audio/mpeg")
    enclosure = entry.rss_entry().find("enclosure")
    assert (enclosure.get("url")[-5:], enclosure.get("length")) == ("b.mp3", "None")

    unknown = replace(RICH, enclosures=RICH.enclosures[1:])
    item = etree.fromstring(written("rss", feed_of(unknown))).find("channel/item")
    assert item is not None
    assert [each.get("length") for each in item.findall("enclosure")] == ["0"]


def test_the_last_enclosure_is_the_one_in_rss() -> None:
    entry = plain_entry()
    for name in "ab":
        entry.enclosure(f"https://walks.example/{name}.mp3", "9", "audio/mpeg")
    assert entry.rss_entry().find("enclosure").get("url")[-5:] == "b.mp3"

    assert [each.get("url")[-9:] for each in our_item().findall("enclosure")] == ["ferry.mp3"]


def test_a_category_without_a_label_is_empty_in_rss() -> None:
    entry = plain_entry()
    entry.category(term="salt", label=None)
    assert texts(entry.rss_entry(), "category") == [""]

    assert texts(our_item(), "category") == list(RICH.tags)
    labels = [each.get("label") for each in our_entry().findall(f"{ATOM}category")]
    assert labels == list(RICH.tags)


def test_the_version_of_the_generator_is_missing_in_rss() -> None:
    feed = plain_feed()
    feed.generator("walker", version="7")
    assert text(channel_of(feed), "generator") == "walker"

    assert text(our_channel(), "generator").startswith("feedpub ")
    assert our_atom().find(f"{ATOM}generator").get("version")


def test_authors_without_an_address_are_missing_in_rss() -> None:
    entry = plain_entry()
    entry.author(name="Bo Example")
    assert len(entry.rss_entry().findall("author")) == 0

    assert texts(our_item(), f"{DC}creator") == ["Ada Example", "Bo Example"]


def test_two_authors_are_two_elements_where_rss_allows_one() -> None:
    entry = plain_entry()
    for name in ("Ada", "Bo"):
        entry.author(name=name, email=f"{name}@walks.example")
    assert len(entry.rss_entry().findall("author")) == 2

    assert our_item().find("author") is None


def test_authors_of_a_feed_are_missing_in_rss() -> None:
    feed = plain_feed()
    feed.author(name="Cy Example", email="cy@walks.example")
    assert b"Cy" not in feed.rss_str()

    assert texts(our_channel().findall("item")[1], f"{DC}creator") == ["Cy Example"]


def test_content_comes_before_the_summary_in_atom() -> None:
    entry = plain_entry()
    entry.summary("Salt")
    tags = [child.tag for child in entry.atom_entry()]
    assert tags.index("content") < tags.index("summary")

    ours = [child.tag for child in our_entry()]
    assert ours.index(f"{ATOM}summary") < ours.index(f"{ATOM}content")


def test_an_entry_without_content_or_a_link_is_refused() -> None:
    entry = FeedEntry()
    entry.id("tag:walks.example,2026:salt")
    entry.title("The salt road")
    with pytest.raises(ValueError, match="alternate link"):
        entry.atom_entry()

    bare = replace(RICH, link="", content="")
    root = etree.fromstring(written("atom", feed_of(bare)))
    assert root.find(f"{ATOM}entry/{ATOM}content") is not None


def test_a_source_has_neither_id_nor_date_in_atom() -> None:
    entry = plain_entry()
    entry.source(url="https://ways.example/", title="Ways")
    assert [child.tag for child in entry.atom_entry().find("source")] == ["title", "link"]

    ours = [child.tag.removeprefix(ATOM) for child in our_entry().find(f"{ATOM}source")]
    assert ours == ["id", "title", "updated", "link"]


def test_an_entry_has_no_language_of_its_own() -> None:
    assert not hasattr(plain_entry(), "language")

    assert our_entry().get(f"{XML}lang") == "fr"


def test_an_entry_by_itself_invents_a_prefix() -> None:
    entry = plain_entry()
    entry.summary("Salt")
    assert b"ns0:encoded" in etree.tostring(entry.rss_entry())

    assert our_item().find(f"{CONTENT}encoded").prefix == "content"
    assert b"ns0" not in written("rss", FEED)


def test_one_character_too_many_stops_the_feed() -> None:
    feed = plain_feed()
    feed.title("Wa\x00lks")
    with pytest.raises(ValueError, match="XML compatible"):
        feed.atom_str()

    broken = replace(FEED, channel=replace(CHANNEL, title="Wa\x00lks"))
    assert text(etree.fromstring(written("atom", broken)), f"{ATOM}title") == "Walks"
    assert text(etree.fromstring(written("rss", broken)), "channel/title") == "Walks"
