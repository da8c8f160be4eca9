"""What is written of a feed, in each format."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feedpub.formats import FORMATS
from feedpub.model import Entry, Feed, Output, Person, Source
from feedpub.text.characters import clean_characters
from feedpub.version import VERSION

from ..judges import (
    complaints_about_atom,
    complaints_about_rss,
    read_with_atoma,
    read_with_feedparser,
)
from ..judges.names import ATOM, CONTENT, DC, MEDIA, XML, text, texts
from ..samples import (
    BARE,
    BARE_CHANNEL,
    CHANNEL,
    EMPTY,
    FEED,
    POOR,
    RICH,
    address,
    feed_of,
    rich,
    written,
)

every_format = pytest.mark.parametrize("name", FORMATS)
JUDGES = {"atom": complaints_about_atom, "rss": complaints_about_rss}

ATOM_FEED = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en">
  <id>tag:walks.example,2026:feed</id>
  <title>Walks &lt;&amp; Ways&gt;</title>
  <updated>2026-05-04T00:00:01Z</updated>
  <author>
    <name>Cy Example</name>
  </author>
  <link href="https://walks.example/atom.xml" rel="self" type="application/atom+xml"/>
  <link href="https://walks.example/" rel="alternate" type="text/html"/>
  <link href="https://hub.example/" rel="hub"/>
  <link href="https://hub2.example/" rel="hub"/>
  <generator version="{VERSION}">feedpub</generator>
  <icon>https://walks.example/icon.png</icon>
  <logo>https://walks.example/logo.png</logo>
  <rights>CC BY</rights>
  <subtitle>On foot &amp; by &lt;ferry&gt;</subtitle>
  <entry xml:lang="fr">
    <id>https://walks.example/ferry</id>
    <title>Ferries &amp; &lt;b&gt;bridges&lt;/b&gt;</title>
    <updated>2026-05-03T18:05:09Z</updated>
    <published>2026-05-02T08:30:00Z</published>
    <author>
      <name>Ada Example</name>
      <email>ada@walks.example</email>
      <uri>https://walks.example/ada</uri>
    </author>
    <author>
      <name>Bo Example</name>
    </author>
    <link rel="alternate" type="text/html" href="https://walks.example/ferry"/>
    <link rel="enclosure" type="audio/mpeg" href="https://walks.example/ferry.mp3" length="1234"/>
    <link rel="enclosure" type="application/pdf" href="https://walks.example/ferry.pdf"/>
    <category term="ferries" label="ferries"/>
    <category term="R&amp;D" label="R&amp;D"/>
    <rights>© Ada Example</rights>
    <source>
      <id>https://ways.example/</id>
      <title>Ways &amp; Means</title>
      <updated>2026-05-02T08:30:00Z</updated>
      <link rel="alternate" type="text/html" href="https://ways.example/"/>
    </source>
    <media:thumbnail url="https://walks.example/ferry.jpg"/>
    <summary>Is 1 &lt; 2? A ferry &amp; a bridge.</summary>
    <content type="html">&lt;p&gt;The ferry &lt;em&gt;sails&lt;/em&gt; at 5.&lt;/p&gt;
&lt;p&gt;Tom &amp;amp; I. &lt;/p&gt;
&lt;p&gt;At last.&lt;/p&gt;
</content>
  </entry>
  <entry>
    <id>tag:walks.example,2026:salt</id>
    <title>The salt road</title>
    <updated>2026-05-01T10:00:00Z</updated>
    <published>2026-05-01T10:00:00Z</published>
    <content type="html">&lt;p&gt;Salt came on the backs of mules.&lt;/p&gt;
</content>
  </entry>
</feed>
"""
RSS_NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
)
RSS_FEED = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<rss {RSS_NAMESPACES} version="2.0">
  <channel>
    <title>Walks &#x3C;&amp; Ways&gt;</title>
    <link>https://walks.example/</link>
    <description>On foot &amp;amp; by &amp;lt;ferry&amp;gt;</description>
    <atom:link rel="self" type="application/rss+xml" href="https://walks.example/rss.xml"/>
    <atom:link rel="hub" href="https://hub.example/"/>
    <atom:link rel="hub" href="https://hub2.example/"/>
    <language>en</language>
    <copyright>CC BY</copyright>
    <lastBuildDate>Mon, 04 May 2026 00:00:01 +0000</lastBuildDate>
    <generator>feedpub {VERSION}</generator>
    <docs>http://www.rssboard.org/rss-specification</docs>
    <image>
      <url>https://walks.example/logo.png</url>
      <title>Walks &#x3C;&amp; Ways&gt;</title>
      <link>https://walks.example/</link>
    </image>
    <item>
      <title>Ferries &amp; &#x3C;b&gt;bridges&#x3C;/b&gt;</title>
      <link>https://walks.example/ferry</link>
      <guid isPermaLink="true">https://walks.example/ferry</guid>
      <pubDate>Sat, 02 May 2026 08:30:00 +0000</pubDate>
      <dc:creator>Ada Example</dc:creator>
      <dc:creator>Bo Example</dc:creator>
      <category>ferries</category>
      <category>R&amp;D</category>
      <source url="https://ways.example/">Ways &amp; Means</source>
      <enclosure url="https://walks.example/ferry.mp3" length="1234" type="audio/mpeg"/>
      <media:thumbnail url="https://walks.example/ferry.jpg"/>
      <description>Is 1 &amp;lt; 2? A ferry &amp;amp; a bridge.</description>
      <content:encoded>&lt;p&gt;The ferry &lt;em&gt;sails&lt;/em&gt; at 5.&lt;/p&gt;
&lt;p&gt;Tom &amp;amp; I. &lt;/p&gt;
&lt;p&gt;At last.&lt;/p&gt;
</content:encoded>
    </item>
    <item>
      <title>The salt road</title>
      <guid isPermaLink="false">tag:walks.example,2026:salt</guid>
      <pubDate>Fri, 01 May 2026 10:00:00 +0000</pubDate>
      <dc:creator>Cy Example</dc:creator>
      <description>&lt;p&gt;Salt came on the backs of mules.&lt;/p&gt;
</description>
    </item>
  </channel>
</rss>
"""


def tree(name: str, feed: Feed) -> Any:
    return etree.fromstring(written(name, feed))


def entry_of(entry: Entry) -> Any:
    return tree("atom", feed_of(entry)).find(f"{ATOM}entry")


def item_of(entry: Entry) -> Any:
    return tree("rss", feed_of(entry)).find("channel/item")


def test_a_feed_in_atom() -> None:
    assert written("atom", FEED).decode() == ATOM_FEED


def test_a_feed_in_rss() -> None:
    assert written("rss", FEED).decode() == RSS_FEED


@every_format
def test_a_document_has_the_path_of_its_output_and_names_its_own_address_and_type(
    name: str,
) -> None:
    output = Output(format=name, path="walks/feed.xml", url=address(name))
    document = FORMATS[name].render(FEED, output)
    assert document.path == "walks/feed.xml"
    metadata = FORMATS[name].read_metadata(document.content)
    assert metadata is not None and metadata.self_link == address(name)
    assert f'type="application/{name}+xml"'.encode() in document.content


@every_format
@pytest.mark.parametrize("feed", [FEED, BARE, EMPTY, replace(EMPTY, channel=BARE_CHANNEL)])
def test_every_feed_pleases_the_judges(name: str, feed: Feed) -> None:
    content = written(name, feed)
    assert JUDGES[name](content, address(name)) == []
    assert read_with_feedparser(content).bozo == 0
    assert len(read_with_atoma(content).ids) == len(feed.entries)


@every_format
def test_both_parsers_read_the_same(name: str) -> None:
    content = written(name, FEED)
    feed = read_with_feedparser(content)
    seen = read_with_atoma(content)
    first = feed.entries[0]
    assert (feed.feed.title, feed.feed.link) == ("Walks <& Ways>", "https://walks.example/")
    assert (first.id, first.title, first.link) == (RICH.id, RICH.title, RICH.link)
    assert [author.name for author in first.authors] == ["Ada Example", "Bo Example"]
    assert [tag.term for tag in first.tags] == list(RICH.tags)
    assert first.content[0].value == RICH.content.strip()
    assert first.published_parsed[:6] == RICH.published.timetuple()[:6]
    assert first.enclosures[0].href == RICH.enclosures[0].url
    assert first.source.title == "Ways & Means"
    assert first.media_thumbnail[0]["url"] == RICH.image
    assert seen.ids == (RICH.id, POOR.id)
    assert seen.titles == (RICH.title, POOR.title)
    assert seen.authors == ("Ada Example", "Bo Example", "Cy Example")


class TestAuthors:
    def test_a_feed_without_authors_has_its_own_name_for_one(self) -> None:
        root = tree("atom", BARE)
        assert texts(root, f"{ATOM}author/{ATOM}name") == ["Walks"]

    def test_nobody_is_made_up_where_every_entry_has_an_author(self) -> None:
        feed = feed_of(RICH, channel=replace(CHANNEL, authors=()))
        assert tree("atom", feed).find(f"{ATOM}author") is None

    def test_an_item_without_authors_has_those_of_the_feed(self) -> None:
        assert texts(item_of(POOR), f"{DC}creator") == ["Cy Example"]
        assert tree("rss", BARE).find(f"channel/item/{DC}creator") is None


class TestTexts:
    def test_a_description_is_html_and_a_summary_is_text(self) -> None:
        entry = replace(RICH, summary="<b> & </b>")
        assert text(entry_of(entry), f"{ATOM}summary") == "<b> & </b>"
        assert text(item_of(entry), "description") == "&lt;b&gt; &amp; &lt;/b&gt;"

    def test_content_alone_is_the_description(self) -> None:
        item = item_of(replace(RICH, summary=""))
        assert text(item, "description") == RICH.content
        assert item.find(f"{CONTENT}encoded") is None

    def test_a_summary_alone_has_no_content_beside_it(self) -> None:
        entry = replace(RICH, content="")
        assert entry_of(entry).find(f"{ATOM}content") is None
        assert item_of(entry).find(f"{CONTENT}encoded") is None
        assert JUDGES["atom"](written("atom", feed_of(entry)), address("atom")) == []

    @pytest.mark.parametrize("summary", ["A < b", ""])
    def test_an_entry_without_a_link_has_content(self, summary: str) -> None:
        entry = replace(POOR, content="", summary=summary, title="A < b")
        assert text(entry_of(entry), f"{ATOM}content") == "<p>A &lt; b</p>"
        assert JUDGES["atom"](written("atom", feed_of(entry)), address("atom")) == []

    def test_a_channel_without_a_subtitle_is_described_by_its_title(self) -> None:
        feed = replace(BARE, channel=replace(BARE_CHANNEL, title="R&D"))
        assert text(tree("rss", feed), "channel/description") == "R&amp;D"
        assert tree("atom", feed).find(f"{ATOM}subtitle") is None

    @pytest.mark.parametrize(
        "white", [" leading", "trailing ", "a\n\n  b", "\n", "\t", "a\rb", "<pre>\n  x\n</pre>\n"]
    )
    def test_no_indent_gets_into_the_content(self, white: str) -> None:
        entry = replace(RICH, content=white)
        assert text(entry_of(entry), f"{ATOM}content") == white
        assert text(item_of(entry), f"{CONTENT}encoded") == white


class TestLinks:
    def test_a_guid_is_a_permalink_only_where_it_is_the_link(self) -> None:
        elsewhere = replace(RICH, link="https://elsewhere.example/")
        unlinked = replace(RICH, link="")
        flags = [item_of(each).find("guid").get("isPermaLink") for each in (RICH, elsewhere)]
        assert flags == ["true", "false"]
        assert item_of(unlinked).find("guid").get("isPermaLink") == "false"

    def test_an_entry_without_a_link_has_no_alternate(self) -> None:
        assert entry_of(POOR).find(f"{ATOM}link") is None
        assert item_of(POOR).find("link") is None

    def test_a_length_that_is_unknown_is_left_out_in_atom_and_0_in_rss(self) -> None:
        entry = replace(RICH, enclosures=RICH.enclosures[1:])
        link = entry_of(entry).find(f"{ATOM}link[@rel='enclosure']")
        assert (link.get("type"), link.get("length")) == ("application/pdf", None)
        assert item_of(entry).find("enclosure").get("length") == "0"

    def test_rss_takes_one_enclosure(self) -> None:
        assert [each.get("type") for each in item_of(RICH).findall("enclosure")] == ["audio/mpeg"]

    @pytest.mark.parametrize(
        ("logo", "shown"), [("logo.JPEG", True), ("logo.svg", False), ("logo", False), ("", False)]
    )
    def test_rss_shows_a_logo_that_it_knows_the_type_of(self, logo: str, shown: bool) -> None:
        url = f"https://walks.example/{logo}" if logo else ""
        root = tree("rss", replace(EMPTY, channel=replace(CHANNEL, logo=url)))
        assert (root.find("channel/image") is not None) == shown


class TestSource:
    def test_a_source_that_is_known_whole_stands_whole(self) -> None:
        updated = datetime(2026, 4, 1, 7, tzinfo=UTC)
        source = Source(title="W", id="tag:ways.example,2026:w", updated=updated)
        made = entry_of(replace(RICH, source=source)).find(f"{ATOM}source")
        parts = [(child.tag.removeprefix(ATOM), child.text) for child in made]
        assert parts == [
            ("id", "tag:ways.example,2026:w"),
            ("title", "W"),
            ("updated", "2026-04-01T07:00:00Z"),
        ]

    def test_a_source_that_is_a_name_alone_is_left_to_the_content(self) -> None:
        entry = replace(RICH, source=Source(title="The Daily"))
        assert entry_of(entry).find(f"{ATOM}source") is None
        assert item_of(entry).find("source") is None

    def test_rss_wants_the_link_of_a_source(self) -> None:
        source = Source(title="W", id="tag:ways.example,2026:w", updated=RICH.updated)
        assert item_of(replace(RICH, source=source)).find("source") is None


class TestSmallThings:
    def test_the_language_of_an_entry_is_said_where_it_is_another(self) -> None:
        assert entry_of(RICH).get(f"{XML}lang") == "fr"
        assert entry_of(replace(RICH, language="en")).get(f"{XML}lang") is None

    @every_format
    def test_a_namespace_is_declared_where_it_is_used(self, name: str) -> None:
        assert b"xmlns:media" in written(name, FEED)
        assert MEDIA.encode()[1:-1] not in written(name, BARE)

    @every_format
    def test_an_early_year_has_four_digits(self, name: str) -> None:
        early = datetime(476, 9, 4, tzinfo=UTC)
        content = written(name, rich(published=early))
        assert {"atom": b"0476-09-04T00:00:00Z", "rss": b"04 Sep 0476"}[name] in content

    @every_format
    def test_what_xml_cannot_carry_is_left_out(self, name: str) -> None:
        author = Person(name="\ud800")
        content = written(name, rich(title="a\x00b", tags=("\ufffe",), authors=(author,)))
        seen = read_with_atoma(content)
        assert (seen.titles, seen.tags, seen.authors) == (("ab",), ("?",), ("?",))


MAKE_A_FEED = """
import sys
from tests.samples import FEED, FORMATS, written
assert not {"lxml", "feedgen"} & sys.modules.keys(), "loaded before it is needed"
sys.stdout.buffer.write(b"".join(written(name, FEED) for name in FORMATS))
"""


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8"},
    ],
    ids=["plain", "far away"],
)
def test_bytes_depend_on_the_feed_alone(environment: dict[str, str]) -> None:
    made = subprocess.run(
        [sys.executable, "-c", MAKE_A_FEED],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
    )
    assert made.stdout.decode() == ATOM_FEED + RSS_FEED


def is_whole(text: str) -> bool:
    """Whether it does not look like UTF-8 that was read as Latin-1, which feedparser mends."""
    return not re.search("[\xc2-\xf4][\x80-\xbf]", text)


marked = st.sampled_from(
    ["]]>", "<![CDATA[", "&amp;", "&lt;b&gt;", "<b>", "</b>", "</title>", "&nbsp;", "<!--", "<3"]
)
some_text = (
    st.lists(st.one_of(st.text(max_size=8), marked), min_size=1, max_size=5)
    .map("".join)
    # Readers may take white space at either end, and line ends, for an indent.
    .map(lambda text: " ".join(clean_characters(text).split()) or "x")
    .filter(is_whole)
)
# HTML that readers who clean it leave as it is.
some_html = (
    some_text.map(lambda text: "".join(c for c in text if c.isalnum() or c in " .,!"))
    .map(lambda text: f"<p>Whole {text} <em>x</em></p>")
    .filter(is_whole)
)
some_entry = st.builds(
    lambda title, author, tag, summary, content: replace(
        RICH,
        title=title,
        authors=(Person(name=author),),
        tags=(tag,),
        summary=summary,
        content=content,
    ),
    title=some_text,
    # A name that holds an address is the only one that validators mind.
    author=some_text.map(lambda name: name.replace("@", "a")),
    tag=some_text,
    summary=some_text,
    content=some_html,
)


@every_format
@settings(max_examples=50, deadline=None)
@given(entry=some_entry)
def test_any_text_reaches_the_reader(name: str, entry: Entry) -> None:
    made = written(name, feed_of(entry))
    assert JUDGES[name](made, address(name)) == []
    author, tag = entry.authors[0].name, entry.tags[0]
    seen = read_with_atoma(made)
    assert (seen.titles, seen.authors, seen.tags) == ((entry.title,), (author,), (tag,))
    assert (seen.summaries, seen.contents) == ((summary_in(name, entry),), (entry.content,))
    read = read_with_feedparser(made)
    shown = read.entries[0]
    assert read.bozo == 0
    # RSS can't say that a title is text: where one holds an entity or an end tag, feedparser
    # guesses that it is HTML, and cleans it.
    if shown.title_detail.type == "text/plain":
        assert shown.title == entry.title
    else:
        assert name == "rss"
        assert re.search(r"&#?\w+;|</\w+", entry.title)
    assert (shown.author, shown.tags[0].term) == (author, tag)
    assert shown.content[0].value == entry.content


def summary_in(name: str, entry: Entry) -> str:
    """What an element for the summary holds: HTML in RSS."""
    return escape(entry.summary, quote=False) if name == "rss" else entry.summary


@every_format
@settings(max_examples=20, deadline=None)
@given(count=st.integers(0, 5))
def test_entries_keep_their_order(name: str, count: int) -> None:
    entries = [
        replace(
            POOR,
            id=f"tag:walks.example,2026:{number}",
            published=POOR.published - timedelta(minutes=number),
            updated=POOR.updated - timedelta(minutes=number),
        )
        for number in range(count)
    ]
    seen = read_with_atoma(written(name, feed_of(*entries)))
    assert seen.ids == tuple(entry.id for entry in entries)
