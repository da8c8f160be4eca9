"""The judges see what is wrong: each fault put into a good feed gets its complaint."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedpub.formats import FORMATS

from ..samples import BARE_CHANNEL, FEED, POOR, address, feed_of, written
from . import (
    complaints_about_atom,
    complaints_about_html,
    complaints_about_rss,
    markup_in_plain_text,
    read_with_atoma,
    read_with_feedparser,
)

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ATOM_FAULTS = {
    "no declaration": ('<?xml version="1.0" encoding="UTF-8"?>\n', ""),
    "no last line end": ("</feed>\n", "</feed>"),
    "a control character": ("Bo Example", "Bo\x85Example"),
    "an unknown namespace": ("xml:lang", 'xmlns:x="https://x.example/" xml:lang'),
    "a namespace declared twice": ("<media:", '<media:thumbnail xmlns:x="https://x.example/"/><media:'),
    "an element that is not Atom's": ("<icon>", "<docs>x</docs><icon>"),
    "no id": ("<id>tag:walks.example,2026:feed</id>", ""),
    "an id that is no tag": ("tag:walks.example,2026:salt", "tag:walks.example:salt"),
    "an id that is not canonical": ("<id>https://walks.example/ferry", "<id>https://Walks.example/ferry"),
    "white space in an id": ("<id>tag:walks.example,2026:feed", "<id> tag:walks.example,2026:feed"),
    "two ids alike": ("tag:walks.example,2026:salt", "https://walks.example/ferry"),
    "two entries of one moment": ("2026-05-01T10:00:00Z", "2026-05-03T18:05:09Z"),
    "another self link": ('walks.example/atom.xml"', 'walks.example/feed.xml"'),
    "a self link of another type": ("application/atom+xml", "text/xml"),
    "a link of unknown relation": ('rel="hub"', 'rel="nub"'),
    "a relative link": ('href="https://hub.example/"', 'href="/hub"'),
    "two alternates": (
        '<link rel="enclosure" type="application/pdf"',
        '<link rel="alternate" type="text/html"',
    ),
    "a length of words": ('length="1234"', 'length="long"'),
    "a category without a term": ('term="ferries" ', ""),
    "an empty title": ("<title>The salt road</title>", "<title/>"),
    "an empty summary": ("<summary>Is 1 &lt; 2? A ferry &amp; a bridge.", "<summary> "),
    "a type that is none": ('<content type="html">', '<content type="CDATA">'),
    "no author": ("  <author>\n    <name>Cy Example</name>\n  </author>\n", ""),
    "an address for a name": ("<name>Bo Example", "<name>bo@walks.example"),
    "a broken address": ("<email>ada@walks.example", "<email>ada"),
    "no language": (' xml:lang="en"', ""),
    "a language of two words": ('xml:lang="en"', 'xml:lang="en_GB"'),
    "a date without a zone": ("2026-05-04T00:00:01Z", "2026-05-04T00:00:01"),
    "a date that is none": ("2026-05-02T08:30:00Z", "2026-02-30T08:30:00Z"),
    "a date of the future": ("2026-05-03T18:05:09Z", "2026-07-03T18:05:09Z"),
    "updated before published": ("2026-05-03T18:05:09Z", "2026-05-01T18:05:09Z"),
    "a feed older than its entries": ("2026-05-04T00:00:01Z", "2026-04-04T00:00:01Z"),
    "oldest first": ("<published>2026-05-02", "<published>2026-04-02"),
    "a source without an id": ("<id>https://ways.example/</id>", ""),
    "a relative address in the content": ("&lt;em&gt;", '&lt;em&gt;&lt;img src="x.png" alt=""&gt;'),
    "a script in the content": ("&lt;em&gt;", "&lt;em&gt;&lt;script&gt;&lt;/script&gt;"),
    "summary that is the content": (
        "Is 1 &lt; 2? A ferry &amp; a bridge.",
        "The ferry sails at 5. Tom &amp; I. At last.",
    ),
}  # fmt: skip
RSS_FAULTS = {
    "no language": ("<language>en</language>", ""),
    "no description": ("<description>On foot &amp;amp; by &amp;lt;ferry&amp;gt;</description>", ""),
    "an unknown element": ("<docs>", "<mood>fair</mood><docs>"),
    "a relative link": ("<link>https://walks.example/ferry", "<link>/ferry"),
    "another self link": ('walks.example/rss.xml"', 'walks.example/feed.xml"'),
    "two titles": ("<docs>", "<title>x</title><docs>"),
    "metadata after items": ("  </channel>", "  <ttl>1</ttl></channel>"),
    "a picture of another title": ("<image>", "<image><title>x</title>"),
    "a picture that RSS does not know": ("logo.png", "logo.svg"),
    "a guid without isPermaLink": (' isPermaLink="false"', ""),
    "a guid that is no permalink": ('isPermaLink="false"', 'isPermaLink="true"'),
    "a permalink in capitals": ('isPermaLink="false"', 'isPermaLink="False"'),
    "two guids alike": ("tag:walks.example,2026:salt", "https://walks.example/ferry"),
    "an author": ("<dc:creator>", "<author>Bo</author><dc:creator>"),
    "two enclosures": (
        "<enclosure ",
        '<enclosure url="https://x.example/" length="0" type="a/b"/><enclosure ',
    ),
    "an enclosure without a length": ('length="1234"', 'length=""'),
    "a source without a link": (' url="https://ways.example/"', ""),
    "content before the description": (
        "<description>Is 1",
        "<content:encoded>x</content:encoded><description>Is 1",
    ),
    "a < that looks like a tag": ("&#x3C;b&gt;", "&lt;b&gt;"),
    "a date of ISO": ("Sat, 02 May 2026 08:30:00 +0000", "2026-05-02T08:30:00Z"),
    "another day of the week": ("Sat, 02 May", "Sun, 02 May"),
    "an hour of another zone": ("08:30:00 +0000", "08:30:00 +0530"),
    "a date of the future": ("Sat, 02 May 2026", "Sun, 02 May 2027"),
    "an empty category": ("<category>ferries</category>", "<category/>"),
    "HTML that is broken": ("&lt;em&gt;sails&lt;/em&gt;", "&lt;em&gt;sails"),
}  # fmt: skip


def broken(content: bytes, fault: tuple[str, str]) -> bytes:
    text = content.decode()
    assert fault[0] in text, "the sample has changed"
    return text.replace(*fault).encode()


@pytest.mark.parametrize("name", ATOM_FAULTS)
def test_a_fault_in_atom_is_seen(name: str) -> None:
    good = written("atom", FEED)
    assert complaints_about_atom(good, address("atom"), NOW) == []
    assert complaints_about_atom(broken(good, ATOM_FAULTS[name]), address("atom"), NOW)


@pytest.mark.parametrize("name", RSS_FAULTS)
def test_a_fault_in_rss_is_seen(name: str) -> None:
    good = written("rss", FEED)
    assert complaints_about_rss(good, address("rss"), NOW) == []
    assert complaints_about_rss(broken(good, RSS_FAULTS[name]), address("rss"), NOW)


@pytest.mark.parametrize(
    "html",
    [
        "<p><i>open</p>",
        "<p>a & b</p><b>",
        "<a href='x'>x</a>",
        "<a href='//x.example/'>x</a>",
        "<a href='#x'>x</a>",
        "<a href='javascript:x'>x</a>",
        "<img src='https://x.example/a b.png' alt=''>",
        "<img srcset='a.png 2x' alt=''>",
        "<p onclick='x'>x</p>",
        "<p style='position: fixed'>x</p>",
        "<iframe src='https://x.example/'></iframe>",
        "<my-own>x</my-own>",
        "<p>&#150;</p>",
    ],
)
def test_html_that_is_not_fit_is_seen(html: str) -> None:
    assert complaints_about_html(html)


def test_html_that_is_fit_passes() -> None:
    assert not complaints_about_html("<p>a &amp; <a href='https://x.example/?a=1&amp;b'>b</a></p>")


@pytest.mark.parametrize("name", FORMATS)
def test_a_title_that_validators_take_for_html_is_told_apart(name: str) -> None:
    def taken(title: str) -> bool:
        feed = feed_of(replace(POOR, title=title), channel=BARE_CHANNEL)
        return bool(markup_in_plain_text(written(name, feed)))

    assert [taken(title) for title in ("</b>", "&amp;", "&#60;")] == [True] * 3
    assert [taken(title) for title in ("a < b & c", "AT&T", "<div>", "&x;")] == [False] * 4


def test_the_parsers_refuse_what_is_no_feed() -> None:
    half = written("atom", FEED)[:600]
    assert read_with_feedparser(half).bozo
    with pytest.raises(Exception, match=r"(?i)not a valid XML document"):
        read_with_atoma(half)
