"""The life of one pasted article: seen by subscribers once, whatever its curator does to it."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ..judges import read_with_feedparser
from ..workshop import CONFIG, Workshop

# A paste as news sites give it: a headline, counters, an advert between paragraphs, two paragraphs
# on adjacent lines, a sign-up block at the end, and no line end.
PARAGRAPHS = (
    "HARBOUR – The island council is forming a group of towns to keep the ferry running through "
    "the winter, its chair said on Tuesday.",
    "“We are asking every town that has ever missed the boat to join us,” she said when asked by "
    "this paper about the closure that the ferry company has planned.",
    "According to the chair, the group will be joined by others, since its aim is simple: “that "
    "people get home before it is dark.”",
    "The council and the company have agreed to go on talking, but their positions lie far apart, "
    "as the chair said on Tuesday.",
    "She had spoken by telephone with the head of the company about the matter [the winter "
    "timetable].",
    "“We will go on talking, but I do not see how we can meet. They have a ship and no wish to "
    "sail it, we have a wish and no ship,” she told this paper on the quay.",
    "“The positions are far apart, but we are ready to talk,” she added.",
    "Of the call itself, which was made on Monday, she spoke with some irony. “I understood that "
    "he only called in order to be able to say that he had called.”",
    "“Well, now he can,” she concluded.",
    "On Sunday 230 people had come to the quay to wait for a ship that was not announced. 205 of "
    "them had brought lanterns, according to the harbour office, and at least four an accordion.",
)
TITLE = "MAJOR: Island towns form a GROUP to keep the ferry"
PASTE = "\n\n".join(
    (
        TITLE,
        "0 3,127",
        *PARAGRAPHS[:5],
        "- Advertisement -",
        "\n".join(PARAGRAPHS[5:7]),
        *PARAGRAPHS[7:],
        "Subscribe to our newsletter\nSign up to get the news of the harbour, updates and offers "
        "delivered to your inbox.",
        "Get real time alerts on your phone, subscribe now.",
    )
)
TABLE = """
[article."000_1c9.txt"]
title = "Towns want the ferry"
link = "https://news.example/ferry"
published = 2019-05-02T17:00:00+05:00
tags = ["ferry"]
"""


@dataclass(frozen=True)
class Seen:
    """What subscribers have of the one entry."""

    id: str
    title: str
    published: str
    updated: str
    paragraphs: tuple[str, ...]


def seen(workshop: Workshop) -> Seen:
    (entry,) = read_with_feedparser(workshop.feed()).entries
    content = entry.content[0].value
    return Seen(
        id=entry.id,
        title=entry.title,
        published=entry.published,
        updated=entry.updated,
        paragraphs=tuple(
            part.strip().removesuffix("</p>") for part in content.split("<p>") if part.strip()
        ),
    )


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path).start(**{"000_1c9_txt": PASTE})


def test_a_paste_as_it_is_has_its_title_its_paragraphs_and_nothing_else(
    workshop: Workshop,
) -> None:
    workshop.build()
    entry = seen(workshop)
    assert entry.title == TITLE
    assert entry.paragraphs == PARAGRAPHS
    assert entry.published == entry.updated == "2026-06-15T10:00:00Z"


def test_with_a_table_it_has_the_title_and_the_date_of_the_table(workshop: Workshop) -> None:
    workshop.config(CONFIG + TABLE)
    workshop.build()
    entry = seen(workshop)
    assert entry.title == "Towns want the ferry"
    assert entry.paragraphs == PARAGRAPHS
    assert entry.published == entry.updated == "2019-05-02T12:00:00Z"


@pytest.mark.parametrize("config", [CONFIG, CONFIG + TABLE], ids=["as it is", "with a table"])
def test_ten_builds_give_the_same_bytes_and_write_them_once(
    workshop: Workshop, config: str
) -> None:
    workshop.config(config)
    workshop.build()
    feeds = workshop.root / "feeds"
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in feeds.iterdir()}
    for _ in range(9):
        workshop.later(hours=7)
        for file in (workshop.root / "articles").iterdir():
            os.utime(file)
        workshop.build()
    assert before == {
        file: (file.read_bytes(), file.stat().st_mtime_ns) for file in feeds.iterdir()
    }


def test_a_rename_and_a_move_change_nothing(workshop: Workshop) -> None:
    workshop.build()
    before = seen(workshop)
    bytes_before = workshop.feed()
    articles = workshop.root / "articles"
    for old, new in (("000_1c9.txt", "ferry.txt"), ("ferry.txt", "2019/05/2019-05-02-ferry.txt")):
        workshop.later(days=1)
        (articles / new).parent.mkdir(parents=True, exist_ok=True)
        (articles / old).rename(articles / new)
        assert f"renamed: {old} is now {new}" in workshop.build().stdout
        assert seen(workshop) == before
        assert workshop.feed() == bytes_before


def test_a_new_title_is_an_update_and_no_new_entry(workshop: Workshop) -> None:
    workshop.build()
    before = seen(workshop)
    workshop.later(days=1)
    workshop.article("000_1c9.txt", PASTE.replace(TITLE, "Towns want the ferry"))
    workshop.build()
    after = seen(workshop)
    assert (after.id, after.published) == (before.id, before.published)
    assert after.title == "Towns want the ferry"
    assert after.updated == "2026-06-16T10:00:00Z"


def test_a_rename_together_with_a_new_title_is_no_new_entry(workshop: Workshop) -> None:
    workshop.build()
    before = seen(workshop)
    (workshop.root / "articles" / "000_1c9.txt").unlink()
    workshop.article("b.txt", PASTE.replace(TITLE, "Towns want the ferry"))
    workshop.build()
    assert seen(workshop).id == before.id


def test_a_new_domain_changes_the_self_link_alone(workshop: Workshop) -> None:
    workshop.build()
    before = seen(workshop)
    feed_id = read_with_feedparser(workshop.feed()).feed.id
    workshop.config(CONFIG.replace("https://example.org/feeds/", "https://other.example/f/"))
    workshop.later(days=400)
    workshop.build()
    assert seen(workshop) == before
    feed = read_with_feedparser(workshop.feed()).feed
    assert feed.id == feed_id
    assert [link.href for link in feed.links if link.rel == "self"] == [
        "https://other.example/f/atom.xml"
    ]


def test_a_new_machine_with_nothing_but_the_folder_changes_nothing(
    workshop: Workshop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    workshop.build()
    elsewhere = tmp_path_factory.mktemp("machine") / "clone"
    shutil.copytree(workshop.root, elsewhere, ignore=shutil.ignore_patterns("feeds"))
    clone = Workshop(elsewhere, now=datetime(2030, 1, 1, tzinfo=UTC))
    clone.build()
    assert clone.feed() == workshop.feed()


def test_a_copy_is_an_entry_of_its_own(workshop: Workshop) -> None:
    workshop.build()
    before = seen(workshop)
    workshop.later(days=1)
    workshop.article("copy.txt", PASTE)
    workshop.build()
    entries = read_with_feedparser(workshop.feed()).entries
    assert len({entry.id for entry in entries}) == 2
    assert before.id in {entry.id for entry in entries}


def test_white_space_is_no_news(workshop: Workshop) -> None:
    workshop.build()
    before = workshop.feed()
    workshop.later(days=1)
    workshop.article("000_1c9.txt", "\ufeff" + PASTE.replace("\n", "  \r\n") + "\r\n\r\n")
    workshop.build()
    assert workshop.feed() == before


def test_a_deleted_article_leaves_the_feed_and_its_id_is_never_given_again(
    workshop: Workshop,
) -> None:
    workshop.build()
    seen_first = seen(workshop).id
    workshop.article("b.txt", "Another one\n\nWith other words, so that they are told apart.\n")
    workshop.build()
    workshop.later(days=1)
    (workshop.root / "articles" / "b.txt").unlink()
    said = workshop.build()
    assert "gone: b.txt" in said.stdout
    feed = read_with_feedparser(workshop.feed())
    assert len(feed.entries) == 1
    assert feed.feed.updated == "2026-06-16T10:00:00Z"
    assert "gone" not in workshop.build().stdout
    workshop.later(days=1)
    workshop.article("b.txt", "Quite a different text\n\nThat shares nothing with the old one.\n")
    workshop.build()
    ids = [entry.id for entry in read_with_feedparser(workshop.feed()).entries]
    assert ids == ["tag:example.org,2026-06-17:b", seen_first]


def test_an_article_that_comes_back_is_the_same_entry(workshop: Workshop) -> None:
    workshop.build()
    before = seen(workshop)
    file = workshop.root / "articles" / "000_1c9.txt"
    file.unlink()
    workshop.later(days=1)
    workshop.build()
    assert read_with_feedparser(workshop.feed()).entries == []
    workshop.later(days=1)
    workshop.article("000_1c9.txt", PASTE)
    workshop.build()
    assert seen(workshop) == before


def test_a_draft_that_was_published_comes_back_as_what_it_was(workshop: Workshop) -> None:
    workshop.build()
    before = seen(workshop)
    workshop.article("000_1c9.txt", f"---\ndraft: true\n---\n{PASTE}")
    workshop.later(days=1)
    assert "held back: 000_1c9.txt, a draft" in workshop.build().stdout
    workshop.article("000_1c9.txt", PASTE)
    workshop.later(days=1)
    workshop.build()
    assert seen(workshop) == before


def test_an_article_of_the_future_is_published_when_its_time_has_come(workshop: Workshop) -> None:
    workshop.article("later.md", "---\npublished: 2026-06-16 12:00\n---\n# Later\n\nText.\n")
    said = workshop.build()
    assert "held back: later.md until 2026-06-16 12:00 UTC" in said.stdout
    assert "later" not in (workshop.root / ".feedpub" / "ledger.jsonl").read_text()
    workshop.later(hours=27)
    assert "new: later.md" in workshop.build().stdout
    newest = read_with_feedparser(workshop.feed()).entries[0]
    assert (newest.title, newest.published) == ("Later", "2026-06-16T12:00:00Z")
    workshop.later(hours=-27)
    before = workshop.feed()
    workshop.build()
    assert workshop.feed() == before


def test_tags_and_site_defaults_are_no_update(workshop: Workshop) -> None:
    workshop.build()
    before = seen(workshop)
    workshop.later(days=1)
    workshop.config(
        CONFIG.replace("Ada Example", "Bea Example") + '[article."*"]\ntags = ["ferry"]\n'
    )
    workshop.build()
    assert seen(workshop) == before
    assert b"Bea Example" in workshop.feed()
    assert b"ferry" in workshop.feed()


def test_the_same_id_stands_in_every_format_and_every_feed(workshop: Workshop) -> None:
    workshop.config(CONFIG + '[[feed]]\nname = "all"\n')
    workshop.build()
    ids = {
        read_with_feedparser(workshop.feed(path)).entries[0].id
        for path in ("atom.xml", "rss.xml", "all/atom.xml", "all/rss.xml")
    }
    assert len(ids) == 1


def test_the_ledger_is_on_the_disk_before_any_feed(workshop: Workshop) -> None:
    (workshop.root / "feeds").write_text("a file where the folder should be")
    said = workshop.run("build")
    assert said.code == 2
    assert "can't be written" in said.stderr
    first = (workshop.root / ".feedpub" / "ledger.jsonl").read_text()
    assert first
    (workshop.root / "feeds").unlink()
    workshop.later(days=1)
    workshop.build()
    assert seen(workshop).published == "2026-06-15T10:00:00Z"
    assert (workshop.root / ".feedpub" / "ledger.jsonl").read_text() == first


PAGE = """\
<!doctype html><title>Town page</title>
<article class="{mark}"><!-- {mark} -->
{paragraphs}
</article>
"""


def page(mark: str) -> str:
    paragraphs = "\n".join(f'<p class="{mark}" onclick="{mark}()">{p}</p>' for p in PARAGRAPHS)
    return PAGE.format(mark=mark, paragraphs=paragraphs)


def test_a_page_that_is_saved_again_is_no_news(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path).start(a_html=page("css-1x9"))
    workshop.build()
    before = workshop.feed()
    workshop.later(days=1)
    workshop.article("a.html", page("css-7q4"))
    workshop.build()
    assert workshop.feed() == before


@pytest.mark.parametrize("kind", ["md", "html"])
def test_an_article_that_becomes_one_of_another_kind_keeps_its_id(
    workshop: Workshop, kind: str
) -> None:
    workshop.build()
    before = seen(workshop)
    (workshop.root / "articles/000_1c9.txt").unlink()
    markdown = f"# {TITLE}\n\n" + "\n\n".join(PARAGRAPHS)
    workshop.article(f"ferry.{kind}", markdown if kind == "md" else page("css-1x9"))
    workshop.later(days=1)
    workshop.build()
    after = seen(workshop)
    assert (after.id, after.published) == (before.id, before.published)
