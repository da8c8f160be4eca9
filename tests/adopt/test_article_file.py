"""Entries without an article become article files."""

from __future__ import annotations

from ..judges import read_with_feedparser
from ..workshop import Workshop
from .old_feeds import BELL, adopt, rss, sample


def test_the_file_holds_what_the_feed_says(settled: Workshop) -> None:
    result = adopt(settled, sample("wordpress"), "--yes", "--import")
    assert f"made: {BELL}" in result.stdout
    text = (settled.root / "articles" / BELL).read_text(encoding="utf-8")
    head, _, body = text.removeprefix("+++\n").partition("\n+++\n")
    assert head.splitlines() == [
        'id = "https://harbour.example/?p=37"',
        'title = "The bell of the customs house"',
        "published = 2024-06-03T10:00:00Z",
        'link = "https://harbour.example/the-bell-of-the-customs-house/"',
        'authors = [{ name = "ada" }]',
        'tags = ["Harbour & Light"]',
    ]
    assert body.startswith("<p>The bell of the customs house has been sold to a collector")


def test_a_file_that_is_there_is_never_overwritten(settled: Workshop) -> None:
    other = settled.article(BELL, "<title>A buoy</title><p>It rings when it likes to.</p>\n")
    before = other.read_bytes()
    result = adopt(settled, sample("feedgen"), "--yes", "--import")
    assert f"made: {BELL.replace('.html', '-2.html')}" in result.stdout
    assert other.read_bytes() == before


def test_any_text_of_the_feed_is_the_same_in_the_new_feed(workshop: Workshop) -> None:
    feed = workshop.root / "old.xml"
    title = 'A "quoted" \\ title &amp;amp; more +++ &#127482;&#127462; &#127;'
    feed.write_text(
        rss(
            f"<title>{title}</title><guid>https://a.example/1</guid><link>/one</link>"
            "<description>&lt;h2&gt;In&lt;/h2&gt;&lt;p&gt;+++&lt;/p&gt;"
            "&lt;a href='two'&gt;two&lt;/a&gt;&lt;script&gt;x()&lt;/script&gt;</description>"
            "<author>ada@a.example (Ada)</author>"
        )
    )
    adopt(workshop, str(feed), "--yes", "--import")
    workshop.build()
    (entry,) = (
        each
        for each in read_with_feedparser(workshop.feed()).entries
        if each.id == "https://a.example/1"
    )
    assert entry.title == 'A "quoted" \\ title & more +++ 🇺🇦'
    assert entry.link == "https://a.example/one"
    assert entry.author_detail == {"name": "Ada", "email": "ada@a.example"}
    assert 'href="https://a.example/two"' in entry.content[0].value
    assert "script" not in entry.content[0].value


def test_what_has_no_text_is_left_out_and_leaves_no_file(workshop: Workshop) -> None:
    feed = workshop.root / "old.xml"
    feed.write_text(rss("<title>Nothing but this</title><guid isPermaLink='false'>x-1</guid>"))
    before = sorted((workshop.root / "articles").rglob("*"))
    result = workshop.run("adopt", str(feed), "--yes", "--import")
    assert result.code == 1
    assert "left out: “Nothing but this”: has no text" in result.stderr
    assert sorted((workshop.root / "articles").rglob("*")) == before


def test_an_article_that_was_deleted_here_does_not_come_back(settled: Workshop) -> None:
    adopt(settled, sample("hugo"), "--yes", "--import")
    settled.build()
    (settled.root / "articles" / BELL).unlink()
    settled.build()
    result = adopt(settled, sample("hugo"), "--yes", "--import")
    assert "have left the feeds here: “The bell of the customs house”" in result.stderr
    assert not (settled.root / "articles" / BELL).exists()
