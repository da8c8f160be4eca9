"""An old feed is adopted: its subscribers see nothing new in the feeds that take its place."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from reader import Reader

from ..judges import read_with_feedparser
from ..terminal import on_terminal
from ..workshop import Workshop
from .host import Host
from .old_feeds import CONFIG, GENERATORS, adopt, dates, ledger, sample


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
    result = adopt(workshop, sample("hugo"), "--import")
    assert {file: file.stat().st_mtime_ns for file in workshop.root.rglob("*")} == before
    assert "Nothing is written yet" in result.stdout


def test_a_pipe_gets_rows_with_tabs(workshop: Workshop) -> None:
    result = adopt(workshop, sample("hugo"))
    assert "Notes on Harbour notes: RSS 2.0, 5 entries" in result.stdout
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    (row,) = (each for each in rows if "tide-tables.md" in each)
    assert row[0] == "match"
    assert row[-1].startswith("certain: same link, same title, same text")
    (row,) = (each for each in rows if each[0] == "no article")
    assert row[-1] == "https://harbour.example/notes/bell/"
    assert ["not in the feed", "newcomer.md"] in rows


@pytest.mark.parametrize("no_color", ["", "1"])
def test_a_terminal_gets_tables_and_no_style_where_none_is_wanted(
    workshop: Workshop, no_color: str
) -> None:
    printed = on_terminal("adopt", sample("hugo"), folder=workshop.root, NO_COLOR=no_color)
    assert "found among the articles" in printed
    assert "1 article not in the feed, new to its subscribers:" in printed
    assert ("\x1b[1m" in printed) == (not no_color)


def test_a_program_gets_json(workshop: Workshop) -> None:
    report = json.loads(adopt(workshop, sample("jekyll"), "--json").stdout)
    assert report["feed"]["id"] == "https://harbour.example/feed.xml"
    tide = report["matches"][0]
    assert (tide["path"], tide["certainty"]) == ("tide-tables.md", "certain")
    assert (tide["published"], tide["updated"]) == ("2024-07-02T07:30:00Z", "2024-07-03T06:00:00Z")
    (bell,) = report["without_article"]
    assert bell["title"] == "The bell of the customs house"
    assert report["without_entry"] == ["newcomer.md"]
    assert report["written"] == 0


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
        result = adopt(workshop, str(feed))
        assert "has ids that are no URIs, such as post-2" in result.stderr


class TestBuiltBefore:
    """feedpub has given the articles ids of its own already."""

    def test_the_old_id_gives_way_and_the_curator_is_warned(self, settled: Workshop) -> None:
        settled.build()
        (minted,) = (each for each in ledger(settled) if each.get("path") == "quay.txt")
        settled.later(days=1)
        result = adopt(settled, sample("hugo"), "--yes")
        assert f"quay.txt: has the id {minted['entry']} in the ledger" in result.stderr
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
        result = adopt(settled, sample("hugo"), "--yes")
        assert "quay.txt: has the id" not in result.stderr
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
        result = settled.run("retract", "quay.txt")
        assert result.code == 0, result.stderr
        adopt(settled, sample("hugo"), "--yes", "--import")
        settled.build()
        assert "https://harbour.example/notes/new-stones/" not in dates(settled.feed("rss.xml"))

    def test_what_was_withdrawn_under_another_id_stays_so(self, settled: Workshop) -> None:
        settled.build()
        result = settled.run("retract", "quay.txt", "--reason", "It is not so.")
        assert result.code == 0, result.stderr
        result = adopt(settled, sample("hugo"), "--yes")
        assert "They stay out." in result.stderr
        settled.build()
        shown = settled.feed().decode()
        assert "<id>https://harbour.example/notes/new-stones/</id>" not in shown
        assert '<at:deleted-entry ref="https://harbour.example/notes/new-stones/"' in shown
        assert settled.run("restore", "quay.txt").code == 0
        settled.build()
        assert "https://harbour.example/notes/new-stones/" in dates(settled.feed("rss.xml"))
