"""`feedpub add --sources`: link posts of what is new in a feed, each entry once, for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..workshop import CONFIG, Said, Workshop
from .site import Reply, Site, html, site

FEED = "/starred.xml"


def feed(*names: str, prefix: str = "https://quay.example/") -> str:
    """Entries by their names, which are parts of ids and links."""
    items = "".join(
        f"<item><title>The {name}</title><link>{prefix}{name}</link>"
        f'<guid isPermaLink="false">id-{name}</guid></item>'
        for name in names
    )
    return f'<rss version="2.0"><channel><title>Starred</title>{items}</channel></rss>'


@pytest.fixture
def reader() -> Iterator[Site]:
    with site({FEED: html(feed("lamp", "ferry"))}) as running:
        yield running


@pytest.fixture
def workshop(tmp_path: Path, reader: Site) -> Workshop:
    table = f'[[source]]\nfeed = "{reader.url}{FEED}"\ntags = ["read"]\n'
    return Workshop(tmp_path).start(CONFIG + table)


def add(workshop: Workshop, *options: str, code: int = 0) -> Said:
    said = workshop.run("add", "--sources", *options)
    assert said.code == code, said.stderr
    return said


def articles(workshop: Workshop) -> list[str]:
    return sorted(file.name for file in (workshop.root / "articles").iterdir())


def handled(workshop: Workshop) -> list[dict[str, str]]:
    lines = (workshop.root / ".feedpub" / "sources.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_what_is_new_becomes_link_posts_with_the_tags_of_the_source(
    workshop: Workshop, reader: Site
) -> None:
    said = add(workshop, "--tag", "more")
    assert said.stdout.splitlines()[-1] == "2 links: 2 added"
    text = (workshop.root / "articles" / "2026-06-15-the-lamp.md").read_text()
    assert 'link: "https://quay.example/lamp"\n' in text
    assert 'tags: ["read", "more"]\n' in text
    assert handled(workshop)[0] == {
        "at": "2026-06-15T10:00:00Z",
        "source": f"{reader.url}{FEED}",
        "id": "id-lamp",
        "link": "https://quay.example/lamp",
    }


def test_an_entry_is_taken_once_also_when_its_article_was_deleted(
    workshop: Workshop, reader: Site
) -> None:
    add(workshop)
    (workshop.root / "articles" / "2026-06-15-the-lamp.md").unlink()
    assert add(workshop).stdout == "There is nothing to add.\n"
    reader.pages[FEED] = html(feed("gull", "lamp", "ferry"))
    assert add(workshop).stdout == "added articles/2026-06-15-the-gull.md: The gull\n"
    assert articles(workshop) == ["2026-06-15-the-ferry.md", "2026-06-15-the-gull.md"]


def test_an_entry_is_known_by_its_id_when_its_link_changes_and_by_its_link_elsewhere(
    workshop: Workshop, reader: Site
) -> None:
    add(workshop)
    for name in articles(workshop):
        (workshop.root / "articles" / name).unlink()
    reader.pages[FEED] = html(feed("lamp", "ferry", prefix="https://new.example/"))
    assert add(workshop).stdout == "There is nothing to add.\n"
    workshop.config(f'{CONFIG}[[source]]\nfeed = "{reader.url}/moved.xml"\n')
    reader.pages["/moved.xml"] = html(feed("lamp", "ferry").replace("id-", "other-"))
    assert add(workshop).stdout == "There is nothing to add.\n"


def test_what_is_an_article_already_is_left_alone_and_remembered(workshop: Workshop) -> None:
    workshop.article("mine.md", "---\nlink: https://quay.example/lamp\n---\nMy own words.\n")
    assert add(workshop).stdout == "added articles/2026-06-15-the-ferry.md: The ferry\n"
    assert [each["id"] for each in handled(workshop)] == ["id-lamp", "id-ferry"]


def test_a_run_that_was_killed_is_made_good(workshop: Workshop) -> None:
    add(workshop)
    file = workshop.root / ".feedpub" / "sources.jsonl"
    file.write_bytes(file.read_bytes()[:-30])
    assert add(workshop).stdout == "There is nothing to add.\n"
    assert [each["id"] for each in handled(workshop)] == ["id-lamp", "id-ferry"]


def test_a_source_that_can_not_be_read_does_not_hold_up_the_others(
    workshop: Workshop, reader: Site
) -> None:
    reader.pages["/page"] = html("<html><body><p>No feed</p></body></html>")
    reader.pages["/busy"] = lambda: Reply(status=503)
    paths = ("/page", "/busy", "/gone", FEED)
    workshop.config(
        CONFIG + "".join(f'[[source]]\nfeed = "{reader.url}{path}"\n' for path in paths)
    )
    said = add(workshop, code=1)
    assert "/page: is no feed and no list of links" in said.stderr
    assert "/busy: answers 503" in said.stderr
    assert "/gone: answers 404" in said.stderr
    assert len(articles(workshop)) == 2


def test_a_broken_line_is_named(workshop: Workshop) -> None:
    add(workshop)
    file = workshop.root / ".feedpub" / "sources.jsonl"
    file.write_text("<<<<<<< HEAD\n" + file.read_text())
    said = add(workshop, code=2)
    assert "sources.jsonl:1: this is not a line of this file" in said.stderr


def test_without_sources_it_is_said_how_to_name_one(workshop: Workshop) -> None:
    workshop.config(CONFIG)
    assert "config.toml: names no [[source]] to add from" in add(workshop, code=2).stderr


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ("", "says nothing to add"),
        ("--sources page.html", "names --sources and something else"),
        ("--sources --fetch", "makes link posts of sources, without pages"),
        ("--sources --title x", "a title, a date or a note is of one article"),
    ],
)
def test_a_wrong_call_is_said(workshop: Workshop, arguments: str, problem: str) -> None:
    said = workshop.run("add", *arguments.split())
    assert (said.code, problem in said.stderr) == (2, True)


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("[[source]]\ntags = []\n", "`source[1].feed` is missing"),
        ('[[source]]\nfeed = "starred.xml"\n', "`source[1].feed` must be a web address"),
        ('[[source]]\nfeed = "https://a.example/"\n' * 2, "is another source already"),
        ('[[source]]\nfeed = "https://u:p@a.example/"\n', "must hold no user and no password"),
        ('[[source]]\nurl = "https://a.example/"\n', "Did you mean `feed`?"),
        ("[publish]\nsources = true\n", "`publish.sources` has no [[source]] to read"),
    ],
)
def test_a_source_must_be_an_address(workshop: Workshop, table: str, problem: str) -> None:
    workshop.config(CONFIG + table)
    said = add(workshop, code=2)
    assert problem in said.stderr


def publishing(workshop: Workshop, reader: Site, path: str = FEED) -> Workshop:
    table = f'[[source]]\nfeed = "{reader.url}{path}"\n[publish]\nsources = true\n'
    workshop.config(CONFIG + table)
    return workshop


def test_a_publish_adds_what_is_new_before_it_builds(workshop: Workshop, reader: Site) -> None:
    said = publishing(workshop, reader).run("publish")
    assert (said.code, said.stderr) == (0, "")
    assert said.stdout.startswith("2 links added from sources; 2 new; ")
    assert workshop.run("publish").stdout == ""


def test_a_source_that_can_not_be_read_does_not_keep_the_rest_from_being_published(
    workshop: Workshop, reader: Site
) -> None:
    publishing(workshop, reader, "/gone.xml").article("own.md", "Text")
    said = workshop.run("publish")
    assert (said.code, "answers 404" in said.stderr) == (1, True)
    assert said.stdout.startswith("1 new; ")


def test_a_program_is_told_what_became_of_sources(workshop: Workshop, reader: Site) -> None:
    said = publishing(workshop, reader).run("publish", "--json")
    assert json.loads(said.stdout)["sources"] == {"added": 2, "errors": []}
