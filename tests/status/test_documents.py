"""`feedpub status` says which feeds the next build would write, and renders none to find out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ..workshop import CONFIG, Workshop

TEXT = "# {0}\n\nThe {0} has words of its own, {0} for {0}, so that it is told apart.\n"
SEA = '[[feed]]\nname = "sea"\ntags = ["sea"]\n'
HEAD = "---\ntags: [sea]\npublished: 2026-06-0{0}\n---\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """One article in the feed `sea`, one in the main feed alone, one that is withdrawn; built."""
    workshop = Workshop(tmp_path).start(
        CONFIG + SEA,
        ferry_md=HEAD.format(1) + TEXT.format("ferry"),
        lamp_md=TEXT.format("lamp"),
        storm_md=TEXT.format("storm"),
    )
    workshop.build()
    workshop.run("retract", "storm.md", "--reason", "It blew over.")
    workshop.build()
    workshop.later(days=1)
    return workshop


def foreseen(workshop: Workshop) -> list[str]:
    written: list[str] = json.loads(workshop.run("status", "--json").stdout)["next_build"]["writes"]
    return written


def written(workshop: Workshop) -> list[str]:
    report: dict[str, list[str]] = json.loads(workshop.run("build", "--json").stdout)
    return report["written"]


def sizes(workshop: Workshop) -> dict[str, int]:
    feeds = json.loads(workshop.run("status", "--json").stdout)["feeds"]
    return {each["path"]: each["size"] for feed in feeds for each in feed["documents"]}


def in_file(path: str, old: str, new: str) -> Callable[[Workshop], None]:
    def change(workshop: Workshop) -> None:
        file = workshop.root / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new, 1))

    return change


def remove(path: str) -> Callable[[Workshop], None]:
    return lambda workshop: (workshop.root / path).unlink()


MAIN_FEED = ["atom.xml", "rss.xml"]
SEA_FEED = ["sea/atom.xml", "sea/rss.xml"]


@pytest.mark.parametrize(
    ("change", "files"),
    [
        (lambda _: None, []),
        (lambda w: w.article("tide.md", TEXT.format("tide")), MAIN_FEED),
        # Nobody knows the tags of a file that is gone.
        (remove("articles/lamp.md"), MAIN_FEED + SEA_FEED),
        (in_file("articles/lamp.md", "words", "a few words"), MAIN_FEED),
        (in_file("articles/lamp.md", "# lamp", "# light"), MAIN_FEED),
        (in_file("articles/lamp.md", "#", "---\nminor: true\n---\nNew. #"), MAIN_FEED),
        (in_file("articles/lamp.md", "#", "---\ntags: [light]\n---\n#"), MAIN_FEED),
        (in_file("articles/ferry.md", "words", "a few words"), MAIN_FEED + SEA_FEED),
        (in_file("articles/ferry.md", "[sea]", "[shore]"), MAIN_FEED + SEA_FEED),
        (in_file("articles/ferry.md", "06-01", "06-02"), MAIN_FEED + SEA_FEED),
        (lambda w: w.run("retract", "ferry.md"), MAIN_FEED + SEA_FEED),
        (lambda w: w.run("restore", "storm.md"), MAIN_FEED),
        (in_file("config.toml", 'title = "Workshop"', 'title = "Shop"'), MAIN_FEED + SEA_FEED),
        (in_file("config.toml", "[[feed]]", "[output]\nlimit = 1\n[[feed]]"), MAIN_FEED),
        (
            in_file("config.toml", "[[feed]]", "[output]\ntombstones = false\n[[feed]]"),
            ["atom.xml"],
        ),
        (remove("feeds/rss.xml"), ["rss.xml"]),
        (in_file("feeds/rss.xml", "</rss>", ""), ["rss.xml"]),
        (in_file("feeds/rss.xml", "<guid", "<guide"), ["rss.xml"]),
        (in_file("feeds/sea/atom.xml", "feed/sea", "feed/see"), ["sea/atom.xml"]),
        (in_file("feeds/atom.xml", "blew over", "blew"), ["atom.xml"]),
        (in_file("feeds/atom.xml", "<updated>2026", "<updated>2025"), ["atom.xml"]),
    ],
)
def test_the_next_build_writes_what_status_foresees(
    workshop: Workshop, change: Callable[[Workshop], object], files: list[str]
) -> None:
    change(workshop)
    assert foreseen(workshop) == files
    assert written(workshop) == files
    assert foreseen(workshop) == []


def test_a_new_name_of_a_file_is_written_to_the_ledger_and_to_no_feed(workshop: Workshop) -> None:
    articles = workshop.root / "articles"
    (articles / "lamp.md").rename(articles / "light.md")
    assert "renamed from lamp.md to light.md" in workshop.run("status").stdout
    assert foreseen(workshop) == written(workshop) == []


def test_a_size_is_that_of_the_file_that_stands_there(workshop: Workshop) -> None:
    (workshop.root / "feeds" / "rss.xml").unlink()
    workshop.article("tide.md", TEXT.format("tide"))
    assert sizes(workshop) == {
        "atom.xml": len(workshop.feed()),
        "rss.xml": 0,
        "sea/atom.xml": len(workshop.feed("sea/atom.xml")),
        "sea/rss.xml": len(workshop.feed("sea/rss.xml")),
    }
