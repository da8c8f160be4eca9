"""Feeds to be written: a rich one, a poor one, an empty one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from feedpub.formats import FORMATS
from feedpub.model import Channel, Enclosure, Entry, Feed, Output, Person, Source

SITE = "https://walks.example/"
POOR = Entry(
    id="tag:walks.example,2026:salt",
    title="The salt road",
    published=datetime(2026, 5, 1, 10, 0, tzinfo=UTC),
    updated=datetime(2026, 5, 1, 10, 0, tzinfo=UTC),
    content="<p>Salt came on the backs of mules.</p>\n",
)
RICH = Entry(
    id="https://walks.example/ferry",
    title="Ferries & <b>bridges</b>",
    published=datetime(2026, 5, 2, 8, 30, tzinfo=UTC),
    updated=datetime(2026, 5, 3, 18, 5, 9, tzinfo=UTC),
    link="https://walks.example/ferry",
    authors=(
        Person(name="Ada Example", email="ada@walks.example", uri="https://walks.example/ada"),
        Person(name="Bo Example"),
    ),
    tags=("ferries", "R&D"),
    summary="Is 1 < 2? A ferry & a bridge.",
    content="<p>The ferry <em>sails</em> at 5.</p>\n<p>Tom &amp; I. </p>\n<p>At last.</p>\n",
    language="fr",
    rights="© Ada Example",
    source=Source(title="Ways & Means", link="https://ways.example/"),
    enclosures=(
        Enclosure(url="https://walks.example/ferry.mp3", type="audio/mpeg", length=1234),
        Enclosure(url="https://walks.example/ferry.pdf", type="application/pdf"),
    ),
    image="https://walks.example/ferry.jpg",
)
CHANNEL = Channel(
    id="tag:walks.example,2026:feed",
    title="Walks <& Ways>",
    link=SITE,
    updated=datetime(2026, 5, 4, 0, 0, 1, tzinfo=UTC),
    subtitle="On foot & by <ferry>",
    authors=(Person(name="Cy Example"),),
    language="en",
    rights="CC BY",
    logo="https://walks.example/logo.png",
    icon="https://walks.example/icon.png",
    hubs=("https://hub.example/", "https://hub2.example/"),
)
FEED = Feed(channel=CHANNEL, entries=(RICH, POOR))
EMPTY = Feed(channel=CHANNEL, entries=())
BARE_CHANNEL = Channel(
    id="tag:walks.example,2026:bare", title="Walks", link=SITE, updated=POOR.updated, language="en"
)
BARE = Feed(channel=BARE_CHANNEL, entries=(POOR,))


def address(name: str) -> str:
    """Where the feed in the format `name` stands."""
    return SITE + FORMATS[name].file_name


def written(name: str, feed: Feed) -> bytes:
    """`feed` in the format `name`."""
    file_name = FORMATS[name].file_name
    output = Output(format=name, path=file_name, url=address(name))
    return FORMATS[name].render(feed, output).content


def feed_of(*entries: Entry, channel: Channel = CHANNEL) -> Feed:
    """A feed of these entries."""
    return Feed(channel=channel, entries=entries)


def rich(**changed: object) -> Feed:
    """A feed of the rich entry alone, with something changed."""
    return feed_of(replace(RICH, **changed))  # type: ignore[arg-type]
