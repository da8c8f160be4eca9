"""An old feed is adopted: its subscribers see nothing new in the feeds that take its place."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from reader import Reader, make_reader

from feedpub.adopt.fetch import fetch
from feedpub.errors import FeedError
from feedpub.http.client import make_client

from ..judges import read_with_feedparser
from ..workshop import Said, Workshop

SAMPLES = Path(__file__).parent / "feeds"
CONFIG = """\
[site]
title = "Harbour notes"
url = "https://harbour.example/"
language = "en"
author = "Ada Example"
"""
GENERATORS = {
    "hugo": "rss.xml",
    "jekyll": "atom.xml",
    "wordpress": "rss.xml",
    "feedgen": "rss.xml",
}
BELL = "2024-06-03-the-bell-of-the-customs-house.html"
EMPTY = (
    '<rss version="2.0"><channel><title>T</title><link>https://a.example/</link></channel></rss>'
)


def sample(name: str) -> str:
    return str(SAMPLES / f"{name}.xml")


def rss(*items: str) -> str:
    return EMPTY.replace(
        "</channel>", "".join(f"<item>{each}</item>" for each in items) + "</channel>"
    )


def dates(feed: bytes) -> dict[str, tuple[Any, Any]]:
    """What a feed says of each id: published and updated, which RSS has not."""
    return {
        each["id"]: (
            each.get("published_parsed"),
            # Its own `get` would give `published` in the place of what is not there.
            dict.get(each, "updated_parsed"),
        )
        for each in read_with_feedparser(feed).entries
    }


def ledger(workshop: Workshop) -> list[dict[str, Any]]:
    file = workshop.root / ".feedpub" / "ledger.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [json.loads(line) for line in lines[1:]]


def adopt(workshop: Workshop, feed: str, *options: str) -> Said:
    said = workshop.run("adopt", feed, *options)
    assert said.code == 0, said.stderr
    return said


def found(said: Said) -> dict[str, str]:
    """The id that each article would have."""
    return {each["path"]: each["id"] for each in json.loads(said.stdout)["matches"]}


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    workshop = Workshop(tmp_path / "folder").start(CONFIG)
    shutil.copytree(SAMPLES / "articles", workshop.root / "articles", dirs_exist_ok=True)
    return workshop


@pytest.fixture
def settled(workshop: Workshop) -> Workshop:
    """The same, without the article that the old feeds don't have."""
    (workshop.root / "articles" / "newcomer.md").unlink()
    return workshop


class Host:
    """A web server whose pages the test puts there."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.agents: list[str] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.agents.append(self.headers.get("User-Agent", ""))
                page = host.pages.get(self.path)
                self.send_response(404 if page is None else 200)
                self.send_header("Content-Type", "application/xml")
                self.end_headers()
                self.wfile.write(page or b"")

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    thread = threading.Thread(target=host.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield host
    host.server.shutdown()
    thread.join()
    host.server.server_close()


@pytest.fixture
def subscriber() -> Iterator[Reader]:
    with make_reader(":memory:") as reader:
        yield reader


def subscribe(subscriber: Reader, url: str) -> None:
    subscriber.add_feed(url)
    subscriber.update_feed(url)
    for entry in subscriber.get_entries():
        subscriber.mark_entry_as_read(entry)


@pytest.mark.parametrize(("generator", "output"), GENERATORS.items(), ids=GENERATORS)
def test_a_subscriber_sees_no_new_entry(
    settled: Workshop, host: Host, subscriber: Reader, generator: str, output: str
) -> None:
    host.pages["/feed"] = Path(sample(generator)).read_bytes()
    url = f"{host.url}/feed"
    subscribe(subscriber, url)
    before = {(entry.id, entry.published) for entry in subscriber.get_entries()}
    adopt(settled, url, "--yes", "--import")
    settled.build()
    host.pages["/feed"] = settled.feed(output)
    update = subscriber.update_feed(url)
    assert update is not None
    assert update.new == 0
    assert {(entry.id, entry.published) for entry in subscriber.get_entries()} == before
    assert list(subscriber.get_entries(read=False)) == []
    assert {entry.feed.title for entry in subscriber.get_entries()} == {"Harbour notes"}


@pytest.mark.parametrize(("generator", "output"), GENERATORS.items(), ids=GENERATORS)
def test_without_adoption_a_subscriber_is_flooded(
    settled: Workshop, host: Host, subscriber: Reader, generator: str, output: str
) -> None:
    host.pages["/feed"] = Path(sample(generator)).read_bytes()
    subscribe(subscriber, f"{host.url}/feed")
    settled.build()
    host.pages["/feed"] = settled.feed(output)
    update = subscriber.update_feed(f"{host.url}/feed")
    assert update is not None
    assert update.new == 4


@pytest.mark.parametrize(("generator", "output"), GENERATORS.items(), ids=GENERATORS)
def test_ids_and_dates_stay_as_they_were(settled: Workshop, generator: str, output: str) -> None:
    adopt(settled, sample(generator), "--yes", "--import")
    settled.later(days=30)
    settled.build()
    settled.later(days=30)
    settled.build()
    assert dates(settled.feed(output)) == dates(Path(sample(generator)).read_bytes())


def test_atom_has_the_same_dates_as_the_rss_that_was_adopted(settled: Workshop) -> None:
    adopt(settled, sample("wordpress"), "--yes", "--import")
    settled.build()
    old = dates(Path(sample("wordpress")).read_bytes())
    assert dates(settled.feed("atom.xml")) == {
        uid: (published, published) for uid, (published, _) in old.items()
    }


def test_the_id_of_an_atom_feed_stays_too(settled: Workshop) -> None:
    adopt(settled, sample("jekyll"), "--yes", "--import")
    settled.build()
    feed = read_with_feedparser(settled.feed("atom.xml")).feed
    assert feed.id == "https://harbour.example/feed.xml"
    assert feed.updated == "2024-07-03T06:00:00Z"


def test_an_adopted_article_that_is_edited_keeps_its_id_and_first_date(settled: Workshop) -> None:
    adopt(settled, sample("jekyll"), "--yes", "--import")
    settled.build()
    file = settled.root / "articles" / "quay.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("forty", "fifty"), encoding="utf-8")
    settled.build()
    uid = "https://harbour.example/2024/04/10/new-stones"
    old, new = (dates(feed)[uid] for feed in (Path(sample("jekyll")).read_bytes(), settled.feed()))
    assert new[0] == old[0]
    assert new[1] > old[1]


def test_without_yes_nothing_is_written(workshop: Workshop) -> None:
    before = {file: file.stat().st_mtime_ns for file in workshop.root.rglob("*")}
    said = adopt(workshop, sample("hugo"), "--import")
    assert {file: file.stat().st_mtime_ns for file in workshop.root.rglob("*")} == before
    assert "Nothing is written yet" in said.stdout


def test_the_table_tells_what_is_which_and_why(workshop: Workshop) -> None:
    said = adopt(workshop, sample("hugo"))
    assert "Notes on Harbour notes: RSS 2.0, 5 entries" in said.stdout
    (row,) = (line for line in said.stdout.splitlines() if "tide-tables.md" in line)
    assert "certain: same link, same title, same text" in row
    (row,) = (line for line in said.stdout.splitlines() if "customs house" in line)
    assert "https://harbour.example/notes/bell/" in row
    assert "1 article not in the feed, new to its subscribers:\n  newcomer.md" in said.stdout


def test_a_program_gets_json(workshop: Workshop) -> None:
    said = json.loads(adopt(workshop, sample("jekyll"), "--json").stdout)
    assert said["feed"]["id"] == "https://harbour.example/feed.xml"
    tide = said["matches"][0]
    assert (tide["path"], tide["certainty"]) == ("tide-tables.md", "certain")
    assert (tide["published"], tide["updated"]) == ("2024-07-02T07:30:00Z", "2024-07-03T06:00:00Z")
    assert [each["title"] for each in said["without_article"]] == ["The bell of the customs house"]
    assert said["without_entry"] == ["newcomer.md"]
    assert said["written"] == 0


def test_adopting_twice_changes_nothing(workshop: Workshop) -> None:
    adopt(workshop, sample("jekyll"), "--yes", "--import")
    workshop.build()
    before = {
        file: file.read_bytes()
        for file in workshop.root.rglob("*")
        if file.is_file() and ".feedpub/run" not in file.as_posix()
    }
    workshop.later(days=1)
    assert "There is nothing to write" in adopt(workshop, sample("jekyll"), "--yes").stdout
    workshop.build()
    assert before == {file: file.read_bytes() for file in before}


def test_what_was_edited_since_is_not_set_back(settled: Workshop) -> None:
    adopt(settled, sample("jekyll"), "--yes", "--import")
    settled.build()
    file = settled.root / "articles" / "quay.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("forty", "fifty"), encoding="utf-8")
    settled.build()
    edited = settled.feed()
    adopt(settled, sample("jekyll"), "--yes")
    settled.build()
    assert settled.feed() == edited


class TestOddGuids:
    """RSS may call an entry what it likes; Atom wants a URI."""

    IDS = ("post-5", "post-4", "3 at https://harbour.example", "Größe & Stein/2")

    def test_rss_shows_them_as_they_were(self, settled: Workshop) -> None:
        adopt(settled, sample("feedgen"), "--yes", "--import")
        settled.build()
        feed = settled.feed("rss.xml").decode()
        assert '<guid isPermaLink="false">post-5</guid>' in feed
        assert '<guid isPermaLink="false">3 at https://harbour.example</guid>' in feed
        assert '<guid isPermaLink="false">Größe &amp; Stein/2</guid>' in feed

    def test_atom_has_a_uri_for_each_that_outlasts_the_domain(self, settled: Workshop) -> None:
        adopt(settled, sample("feedgen"), "--yes", "--import")
        settled.build()
        before = [entry.id for entry in read_with_feedparser(settled.feed()).entries]
        assert len(set(before)) == 5
        assert all(uid.startswith("urn:uuid:") for uid in before)
        assert before[-1] == "urn:uuid:6a1f7ad2-2f0b-4b0e-8f43-0b8f0d5a9a01"
        settled.config(CONFIG.replace("harbour.example", "quay.example"))
        settled.later(days=400)
        settled.build()
        assert [entry.id for entry in read_with_feedparser(settled.feed()).entries] == before

    def test_whoever_moves_from_atom_is_told_that_they_can_not_stay(
        self, workshop: Workshop
    ) -> None:
        feed = workshop.root / "old.xml"
        feed.write_text(
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>x:y</id>'
            "<entry><title>New stones for the old quay</title><id>post-2</id>"
            "<updated>2024-04-10T15:45:12Z</updated></entry></feed>"
        )
        said = adopt(workshop, str(feed))
        assert "has ids that are no URIs, such as post-2" in said.stderr


class TestBuiltBefore:
    """feedpub has given the articles ids of its own already."""

    def test_the_old_id_gives_way_and_the_curator_is_warned(self, settled: Workshop) -> None:
        settled.build()
        (minted,) = (each for each in ledger(settled) if each.get("path") == "quay.txt")
        settled.later(days=1)
        said = adopt(settled, sample("hugo"), "--yes")
        assert f"quay.txt: has the id {minted['entry']} in the ledger" in said.stderr
        settled.build()
        ids = dates(settled.feed("rss.xml"))
        assert "https://harbour.example/notes/new-stones/" in ids
        assert minted["entry"] not in ids
        assert len(ids) == 4

    def test_who_was_never_published_is_no_reason_to_warn(self, settled: Workshop) -> None:
        file = settled.root / "articles" / "quay.txt"
        text = file.read_text(encoding="utf-8")
        settled.build()
        file.write_text(f"---\ndraft: true\n---\n{text}", encoding="utf-8")
        settled.build()
        assert "quay.txt: has the id" not in adopt(settled, sample("hugo"), "--yes").stderr

    def test_a_rename_and_a_copy_do_not_bring_the_old_id_back(self, settled: Workshop) -> None:
        settled.build()
        (minted,) = (each for each in ledger(settled) if each.get("path") == "quay.txt")
        adopt(settled, sample("hugo"), "--yes")
        settled.build()
        articles = settled.root / "articles"
        (articles / "2024").mkdir()
        (articles / "quay.txt").rename(articles / "2024" / "stones.txt")
        shutil.copy(articles / "2024" / "stones.txt", articles / "copy.txt")
        settled.later(days=1)
        settled.build()
        ids = dates(settled.feed("rss.xml"))
        assert "https://harbour.example/notes/new-stones/" in ids
        assert minted["entry"] not in ids

    def test_an_id_in_the_metadata_needs_its_dates_only(self, settled: Workshop) -> None:
        file = settled.root / "articles" / "quay.txt"
        text = file.read_text(encoding="utf-8")
        uid = "https://harbour.example/notes/new-stones/"
        file.write_text(f"---\nid: {uid}\n---\n{text}", encoding="utf-8")
        settled.build()
        said = adopt(settled, sample("hugo"), "--yes")
        assert "quay.txt: has the id" not in said.stderr
        settled.build()
        old = dates(Path(sample("hugo")).read_bytes())
        assert dates(settled.feed("rss.xml"))[uid] == old[uid]

    def test_an_update_that_only_the_old_feed_knows_is_taken_over(self, settled: Workshop) -> None:
        file = settled.root / "articles" / "tide-tables.md"
        text = file.read_text(encoding="utf-8")
        uid = "https://harbour.example/2024/07/02/tides"
        file.write_text(
            text.replace("+++\n", f'+++\nid = "{uid}"\npublished = 2024-07-02T07:30:00Z\n', 1),
            encoding="utf-8",
        )
        settled.build()
        adopt(settled, sample("jekyll"), "--yes")
        settled.build()
        assert dates(settled.feed())[uid] == dates(Path(sample("jekyll")).read_bytes())[uid]

    def test_one_may_go_back_to_a_feed_that_was_adopted_first(self, settled: Workshop) -> None:
        for generator in ("hugo", "jekyll", "hugo"):
            settled.later(days=1)
            adopt(settled, sample(generator), "--yes")
        settled.build()
        assert "https://harbour.example/notes/new-stones/" in dates(settled.feed("rss.xml"))
        assert len(dates(settled.feed("rss.xml"))) == 4

    def test_what_was_withdrawn_stays_so(self, settled: Workshop) -> None:
        adopt(settled, sample("hugo"), "--yes", "--import")
        settled.build()
        said = settled.run("retract", "quay.txt")
        assert said.code == 0, said.stderr
        adopt(settled, sample("hugo"), "--yes", "--import")
        settled.build()
        assert "https://harbour.example/notes/new-stones/" not in dates(settled.feed("rss.xml"))

    def test_what_was_withdrawn_under_another_id_stays_so(self, settled: Workshop) -> None:
        settled.build()
        said = settled.run("retract", "quay.txt", "--reason", "It is not so.")
        assert said.code == 0, said.stderr
        said = adopt(settled, sample("hugo"), "--yes")
        assert "They stay out." in said.stderr
        settled.build()
        shown = settled.feed().decode()
        assert "<id>https://harbour.example/notes/new-stones/</id>" not in shown
        assert '<at:deleted-entry ref="https://harbour.example/notes/new-stones/"' in shown
        assert settled.run("restore", "quay.txt").code == 0
        settled.build()
        assert "https://harbour.example/notes/new-stones/" in dates(settled.feed("rss.xml"))


class TestImport:
    """Entries without an article become article files."""

    def test_the_file_holds_what_the_feed_says(self, settled: Workshop) -> None:
        said = adopt(settled, sample("wordpress"), "--yes", "--import")
        assert f"made: {BELL}" in said.stdout
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

    def test_a_file_that_is_there_is_never_overwritten(self, settled: Workshop) -> None:
        other = settled.article(BELL, "<title>A buoy</title><p>It rings when it likes to.</p>\n")
        before = other.read_bytes()
        said = adopt(settled, sample("feedgen"), "--yes", "--import")
        assert f"made: {BELL.replace('.html', '-2.html')}" in said.stdout
        assert other.read_bytes() == before

    def test_any_text_survives_the_trip(self, workshop: Workshop) -> None:
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

    def test_what_has_no_text_is_left_out_and_leaves_no_file(self, workshop: Workshop) -> None:
        feed = workshop.root / "old.xml"
        feed.write_text(rss("<title>Nothing but this</title><guid isPermaLink='false'>x-1</guid>"))
        before = sorted((workshop.root / "articles").rglob("*"))
        said = workshop.run("adopt", str(feed), "--yes", "--import")
        assert said.code == 1
        assert "left out: “Nothing but this”: has no text" in said.stderr
        assert sorted((workshop.root / "articles").rglob("*")) == before

    def test_an_article_that_was_deleted_here_does_not_come_back(self, settled: Workshop) -> None:
        adopt(settled, sample("hugo"), "--yes", "--import")
        settled.build()
        (settled.root / "articles" / BELL).unlink()
        settled.build()
        said = adopt(settled, sample("hugo"), "--yes", "--import")
        assert "have left the feeds here: “The bell of the customs house”" in said.stderr
        assert not (settled.root / "articles" / BELL).exists()


class TestDoubt:
    """What is not clear is shown, and left as it is."""

    PRECOMPRESSED_SUFFIXES = rss(
        "<title>Weekly notes</title><guid>https://a.example/1</guid><link>https://a.example/w1</link>",
        "<title>Weekly notes</title><guid>https://a.example/2</guid><link>https://a.example/w2</link>",
    )

    @pytest.fixture
    def weekly(self, tmp_path: Path) -> Workshop:
        workshop = Workshop(tmp_path / "folder").start(
            CONFIG,
            a_txt="Weekly notes\n\nThe first week had seven days.\n",
            b_txt="Weekly notes\n\nThe second one had as many.\n",
        )
        (workshop.root / "old.xml").write_text(self.PRECOMPRESSED_SUFFIXES)
        return workshop

    def test_namesakes_are_in_doubt_and_not_adopted(self, weekly: Workshop) -> None:
        said = weekly.run("adopt", "old.xml", "--yes", "--import")
        assert said.code == 1
        assert "2 in doubt, left as they are" in said.stdout
        assert "write the link of the entry into the metadata" in said.stdout
        assert ledger(weekly) == []
        assert len(list((weekly.root / "articles").iterdir())) == 2

    def test_a_link_in_the_metadata_settles_it(self, weekly: Workshop) -> None:
        weekly.config(
            CONFIG
            + '[article."a.txt"]\nlink = "http://www.a.example/w2/?utm_source=feed"\n'
            + '[article."b.txt"]\nlink = "https://a.example/w1"\n'
        )
        said = adopt(weekly, "old.xml", "--yes", "--json")
        assert found(said) == {"a.txt": "https://a.example/2", "b.txt": "https://a.example/1"}

    def test_an_article_that_says_another_id_is_in_doubt(self, workshop: Workshop) -> None:
        file = workshop.root / "articles" / "quay.txt"
        text = file.read_text(encoding="utf-8")
        file.write_text(f"---\nid: urn:x:1\n---\n{text}", encoding="utf-8")
        said = json.loads(adopt(workshop, sample("hugo"), "--json").stdout)
        (doubt,) = said["doubts"]
        assert doubt["candidates"][0]["path"] == "quay.txt"
        assert doubt["candidates"][0]["why"][-1] == "but it says id = urn:x:1"

    def test_the_same_title_years_apart_is_another_article(self, workshop: Workshop) -> None:
        feed = workshop.root / "old.xml"
        lamp = "<title>The lamp at the end of the pier</title><guid>https://a.example/1</guid>"
        feed.write_text(rss(f"{lamp}<pubDate>Sat, 04 Mar 2006 10:00:00 +0000</pubDate>"))
        said = json.loads(adopt(workshop, str(feed), "--json").stdout)
        assert not said["matches"]
        (doubt,) = said["doubts"]
        assert "days apart" in doubt["candidates"][0]["why"][1]


class TestMatching:
    """What makes an entry an article."""

    def test_text_alone_is_enough_where_it_is_the_same(self, workshop: Workshop) -> None:
        feed = workshop.root / "old.xml"
        feed.write_text(
            rss(
                "<guid>https://a.example/1</guid><description>The masons have come back to the "
                "quay with forty stones, each with a number, each a little too wide.</description>"
            )
        )
        assert found(adopt(workshop, str(feed), "--json")) == {"quay.txt": "https://a.example/1"}

    def test_text_without_blanks_between_words_is_compared_too(self, workshop: Workshop) -> None:
        text = "港の灯が四年ぶりに灯された。誰の電球かは分からない。船は新しい灯に慣れる。"
        workshop.article("akari.txt", f"港の灯\n\n{text}\n")
        feed = workshop.root / "old.xml"
        feed.write_text(
            rss(f"<guid>https://a.example/1</guid><description>{text[:25]}</description>"),
            encoding="utf-8",
        )
        assert found(adopt(workshop, str(feed), "--json")) == {"akari.txt": "https://a.example/1"}

    def test_an_entry_without_a_date_gets_that_of_its_article(self, workshop: Workshop) -> None:
        feed = workshop.root / "old.xml"
        feed.write_text(
            rss("<title>The lamp at the end of the pier</title><guid>https://a.example/1</guid>")
        )
        said = adopt(workshop, str(feed), "--yes")
        assert "the feed gives no date for it; it gets 2024-03-01 12:00 UTC" in said.stderr
        (record,) = ledger(workshop)
        assert record["published"] == "2024-03-01T12:00:00Z"

    def test_a_date_that_differs_from_the_feeds_is_pointed_out(self, workshop: Workshop) -> None:
        feed = workshop.root / "old.xml"
        item = "<title>The lamp at the end of the pier</title><guid>https://a.example/1</guid>"
        feed.write_text(rss(f"{item}<pubDate>Sat, 02 Mar 2024 10:00:00 +0000</pubDate>"))
        said = adopt(workshop, str(feed))
        assert "2024-03-01-the-lamp.md: another date than that of the feed" in said.stderr

    def test_articles_older_than_the_feed_are_pointed_out(self, workshop: Workshop) -> None:
        workshop.article("2019-05-02-old.txt", "Once upon a time\n\nThere was a quay of wood.\n")
        said = adopt(workshop, sample("hugo"))
        assert "2019-05-02-old.txt: older than the oldest entry of the feed, and new to its" in (
            said.stderr
        )
        assert "Set `limit = 5` under [output]" in said.stderr
        workshop.config(CONFIG + "[output]\nlimit = 5\n")
        assert "older than the oldest entry" not in adopt(workshop, sample("hugo")).stderr

    def test_an_article_that_can_not_be_read_is_named(self, workshop: Workshop) -> None:
        workshop.article("broken.md", "---\ntitle: [\n---\nText.\n")
        said = workshop.run("adopt", sample("hugo"), "--yes")
        assert said.code == 1
        assert "left out: broken.md:" in said.stderr
        assert len([each for each in ledger(workshop) if "entry" in each]) == 4


class TestJsonFeed:
    """JSON Feed 1.0 and 1.1."""

    def test_it_is_adopted_like_any_other(self, settled: Workshop) -> None:
        adopt(settled, str(SAMPLES / "feed.json"), "--yes", "--import")
        settled.build()
        atom = {
            entry.id: (entry.published, entry.updated)
            for entry in read_with_feedparser(settled.feed()).entries
        }
        assert atom["https://harbour.example/notes/tides/"] == (
            "2024-07-02T07:30:00Z",
            "2024-07-03T06:00:00Z",
        )
        assert "4" in dates(settled.feed("rss.xml"))
        text = (settled.root / "articles" / BELL).read_text(encoding="utf-8")
        assert 'authors = [{ name = "Bea Example" }]' in text
        assert (
            'enclosure = [{ url = "https://harbour.example/bell.mp3", type = "audio/mpeg", '
            "length = 1200 }]"
        ) in text
        assert "<p>Nobody &lt;rings&gt; it.</p>" in text

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [("{", "is not JSON"), ('{"a": 1}', "is not a JSON Feed"), ("{}", "is not a JSON Feed")],
    )
    def test_other_json_is_refused(self, workshop: Workshop, text: str, sentence: str) -> None:
        (workshop.root / "x.json").write_text(text)
        said = workshop.run("adopt", "x.json")
        assert said.code == 2
        assert sentence in said.stderr


class TestWrongInput:
    """Each gets a sentence that says what to do."""

    def refused(self, workshop: Workshop, feed: str, code: int = 2) -> str:
        said = workshop.run("adopt", feed, "--yes")
        assert said.code == code
        assert said.stdout == ""
        return said.stderr

    def text(self, workshop: Workshop, content: str) -> str:
        file = workshop.root / "old.xml"
        file.write_text(content, encoding="utf-8")
        return str(file)

    def test_no_such_file(self, workshop: Workshop) -> None:
        said = self.refused(workshop, "nowhere.xml")
        assert "nowhere.xml: can't be read: No such file" in said
        assert "a file or an address" in said

    @pytest.mark.parametrize("content", ["", "Some words.", "<opml version='2.0'/>", "\0\1\2"])
    def test_not_a_feed(self, workshop: Workshop, content: str) -> None:
        assert "is not a feed. RSS, Atom" in self.refused(workshop, self.text(workshop, content))

    def test_a_page_names_its_feed(self, workshop: Workshop, host: Host) -> None:
        host.pages["/"] = (
            b"<!doctype html><title>x</title>"
            b"<link rel='alternate' type='application/rss+xml' href='feed/?a=1&amp;b=2'>"
            b"<link rel='alternate' hreflang='de' href='/de'>"
        )
        said = self.refused(workshop, host.url)
        assert f"is a web page. It names {host.url}/feed/?a=1&b=2: adopt that." in said

    def test_a_feed_without_entries(self, workshop: Workshop) -> None:
        assert "holds no entries" in self.refused(workshop, self.text(workshop, EMPTY))

    def test_an_address_with_nothing_there(self, workshop: Workshop, host: Host) -> None:
        assert "/gone: answers 404 Not Found" in self.refused(workshop, f"{host.url}/gone")

    def test_an_address_where_nobody_answers_is_for_later(
        self, workshop: Workshop, host: Host
    ) -> None:
        host.server.server_close()
        assert "can't be reached: Connection refused" in self.refused(
            workshop, f"{host.url}/feed", code=75
        )

    def test_an_address_that_is_none(self, workshop: Workshop) -> None:
        assert "can't be fetched" in self.refused(workshop, "https://")

    def test_more_than_a_feed_can_be(self, host: Host) -> None:
        host.pages["/feed"] = Path(sample("hugo")).read_bytes()
        for place in (f"{host.url}/feed", sample("hugo")):
            with pytest.raises(FeedError, match="too much for a feed"):
                fetch(place, make_client, max_bytes=1_000)

    def test_a_fetch_says_who_asks(self, workshop: Workshop, host: Host) -> None:
        host.pages["/feed"] = Path(sample("hugo")).read_bytes()
        adopt(workshop, f"{host.url}/feed")
        (agent,) = host.agents
        assert agent.startswith("feedpub/")

    def test_of_two_entries_with_one_guid_the_first_counts(self, workshop: Workshop) -> None:
        one, other = (
            f"<title>{title}</title><guid isPermaLink='false'>7</guid>"
            for title in ("New stones for the old quay", "Three days of fog")
        )
        said = adopt(workshop, self.text(workshop, rss(one, other)), "--json")
        assert found(said) == {"quay.txt": "7"}
        (note,) = (each for each in json.loads(said.stdout)["notes"] if "one id" in each["problem"])
        assert (
            "“Three days of fog” and “New stones for the old quay” have one id, 7"
            in (note["problem"])
        )

    def test_an_entry_without_id_is_known_by_its_link(self, workshop: Workshop) -> None:
        items = (
            "<title>Three days of fog</title><link>https://a.example/fog</link>",
            "<title>New stones for the old quay</title>",
        )
        said = adopt(workshop, self.text(workshop, rss(*items)), "--json")
        assert found(said) == {"fog/index.html": "https://a.example/fog"}
        assert "“New stones for the old quay” has neither an id nor a link" in said.stdout

    def test_a_date_that_is_none_is_pointed_out(self, workshop: Workshop) -> None:
        item = "<title>Three days of fog</title><guid>https://a.example/1</guid>"
        feed = self.text(workshop, rss(f"{item}<pubDate>about noon</pubDate>"))
        assert "the date of “Three days of fog” can't be read" in adopt(workshop, feed).stderr

    def test_a_feed_that_is_not_well_formed_is_read_as_readers_do(self, workshop: Workshop) -> None:
        item = "<title>Fog & more</title><guid>https://a.example/1</guid>"
        feed = self.text(workshop, rss(item).replace("</rss>", ""))
        assert "Fog & more" in adopt(workshop, feed).stdout
