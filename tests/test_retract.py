"""An entry that is withdrawn leaves every feed for good; only an undoing brings it back."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from .judges import complaints_about_atom, read_with_feedparser
from .workshop import CONFIG, Workshop

TEXTS = {
    f"{name}_txt": f"Title {name}\n\nThe text of {name}, which is like no other: {name * 9}.\n"
    for name in "abc"
}
URL = "https://example.org/feeds/atom.xml"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    workshop = Workshop(tmp_path).start(CONFIG, **TEXTS)
    workshop.build()
    workshop.later(days=1)
    return workshop


def titles(workshop: Workshop, path: str = "atom.xml") -> list[str]:
    return sorted(entry.title for entry in read_with_feedparser(workshop.feed(path)).entries)


def updated(workshop: Workshop) -> str:
    return str(read_with_feedparser(workshop.feed()).feed.updated)


def test_a_withdrawn_entry_is_in_no_feed_and_atom_says_that_it_was_deleted(
    workshop: Workshop,
) -> None:
    result = workshop.run("retract", "b.txt", "--reason", "It was  wrong & <b>bad</b>.")
    assert result.code == 0
    assert "Withdrawn: b.txt (tag:example.org,2026-06-15:b)" in result.stdout
    assert "withdrawn: b.txt" in workshop.build().stdout
    assert titles(workshop) == titles(workshop, "rss.xml") == ["Title a", "Title c"]
    feed = workshop.feed().decode()
    assert (
        '<at:deleted-entry ref="tag:example.org,2026-06-15:b" when="2026-06-16T10:00:00Z">' in feed
    )
    assert "<at:comment>It was wrong &amp; &lt;b&gt;bad&lt;/b&gt;.</at:comment>" in feed
    assert updated(workshop) == "2026-06-16T10:00:00Z"
    # The one warning that we accept: the validator does not know this namespace.
    first, second = complaints_about_atom(workshop.feed(), URL)
    assert "tombstones" in first and "at" in second
    assert b"deleted-entry" not in workshop.feed("rss.xml")


def test_nothing_brings_a_withdrawn_entry_back_but_restore(workshop: Workshop) -> None:
    workshop.run("retract", "tag:example.org,2026-06-15:b")
    articles = workshop.root / "articles"
    workshop.build()
    (articles / "b.txt").rename(articles / "renamed.txt")
    workshop.build()
    assert titles(workshop) == ["Title a", "Title c"]
    (articles / "renamed.txt").unlink()
    workshop.build()
    workshop.article("b.txt", TEXTS["b_txt"])
    workshop.later(days=1)
    assert "withdrawn: b.txt" in workshop.build().stdout
    assert titles(workshop) == ["Title a", "Title c"]
    before = workshop.feed()
    assert "Restored: b.txt" in workshop.run("restore", "b.txt").stdout
    workshop.later(days=1)
    workshop.build()
    assert titles(workshop) == ["Title a", "Title b", "Title c"]
    (entry,) = [e for e in read_with_feedparser(workshop.feed()).entries if e.title == "Title b"]
    assert entry.id == "tag:example.org,2026-06-15:b"
    assert entry.published == "2026-06-15T09:59:59Z"
    assert b"deleted-entry" not in workshop.feed()
    assert workshop.feed() != before


def test_a_file_that_is_gone_can_be_withdrawn_and_a_new_text_of_its_name_is_new(
    workshop: Workshop,
) -> None:
    (workshop.root / "articles" / "b.txt").unlink()
    workshop.build()
    assert workshop.run("retract", "b.txt").code == 0
    workshop.article("b.txt", "Another title\n\nQuite another text about something else.\n")
    workshop.build()
    assert titles(workshop) == ["Another title", "Title a", "Title c"]
    ids = [entry.id for entry in read_with_feedparser(workshop.feed()).entries]
    assert "tag:example.org,2026-06-15:b" not in ids


@pytest.mark.parametrize("way", ["withdrawn", "draft", "expired"])
def test_an_article_out_of_the_feeds_may_be_written_anew_and_stays_the_same_entry(
    workshop: Workshop, way: str
) -> None:
    if way == "withdrawn":
        workshop.run("retract", "b.txt")
    else:
        line = {"draft": "draft: true", "expired": "expires: 2026-06-15"}[way]
        workshop.article("b.txt", f"---\n{line}\n---\n{TEXTS['b_txt']}")
    workshop.build()
    workshop.later(days=1)
    workshop.article("b.txt", "Another title\n\nQuite another text, at the same place.\n")
    workshop.build()
    if way == "withdrawn":
        assert titles(workshop) == ["Title a", "Title c"]
        assert workshop.run("restore", "b.txt").code == 0
        workshop.build()
    (entry,) = [
        each
        for each in read_with_feedparser(workshop.feed()).entries
        if each.title == "Another title"
    ]
    assert entry.id == "tag:example.org,2026-06-15:b"
    assert (entry.published, entry.updated) == ("2026-06-15T09:59:59Z", "2026-06-17T10:00:00Z")


def test_a_file_that_is_gone_when_it_is_withdrawn_leaves_its_name_to_others(
    workshop: Workshop,
) -> None:
    (workshop.root / "articles" / "b.txt").unlink()
    workshop.run("retract", "b.txt")
    workshop.article("b.txt", "Another title\n\nQuite another text about something else.\n")
    workshop.build()
    assert titles(workshop) == ["Another title", "Title a", "Title c"]


def test_a_file_that_was_renamed_since_the_last_build_is_known(workshop: Workshop) -> None:
    articles = workshop.root / "articles"
    (articles / "b.txt").rename(articles / "new name.txt")
    result = workshop.run("retract", "new name.txt")
    assert "Withdrawn: new name.txt (tag:example.org,2026-06-15:b)" in result.stdout
    workshop.build()
    assert titles(workshop) == ["Title a", "Title c"]


def test_files_that_swapped_their_names_since_the_last_build_are_told_apart(
    workshop: Workshop,
) -> None:
    articles = workshop.root / "articles"
    (articles / "a.txt").rename(articles / "x")
    (articles / "b.txt").rename(articles / "a.txt")
    (articles / "x").rename(articles / "b.txt")
    result = workshop.run("retract", "articles/a.txt")
    assert "Withdrawn: a.txt (tag:example.org,2026-06-15:b)" in result.stdout
    workshop.build()
    assert titles(workshop) == ["Title a", "Title c"]


def test_what_was_withdrawn_can_be_restored_under_its_new_name_at_once(workshop: Workshop) -> None:
    articles = workshop.root / "articles"
    workshop.run("retract", "b.txt")
    (articles / "b.txt").rename(articles / "new name.txt")
    result = workshop.run("restore", "articles/new name.txt")
    assert "Restored: new name.txt (tag:example.org,2026-06-15:b)" in result.stdout
    workshop.build()
    assert titles(workshop) == ["Title a", "Title b", "Title c"]


def test_a_new_text_with_the_name_of_a_withdrawn_one_is_not_taken_for_it(
    workshop: Workshop,
) -> None:
    (workshop.root / "articles" / "b.txt").unlink()
    workshop.run("retract", "b.txt")
    workshop.article("b.txt", "Another title\n\nQuite another text about something else.\n")
    result = workshop.run("restore", "b.txt")
    assert (result.code, "names no entry" in result.stderr) == (2, True)
    assert workshop.run("restore", "tag:example.org,2026-06-15:b").code == 0


def test_a_new_text_is_published_though_what_had_its_name_is_withdrawn_by_its_id(
    workshop: Workshop,
) -> None:
    (workshop.root / "articles" / "b.txt").unlink()
    workshop.build()
    workshop.article("b.txt", "Another title\n\nQuite another text about something else.\n")
    workshop.run("retract", "tag:example.org,2026-06-15:b")
    workshop.build()
    assert titles(workshop) == ["Another title", "Title a", "Title c"]


def test_a_file_that_can_not_be_read_can_be_withdrawn(workshop: Workshop) -> None:
    workshop.article("b.txt", "---\npublished: some day\n---\nText.\n")
    assert workshop.run("retract", "b.txt").code == 0


def test_a_name_may_be_written_as_macos_writes_it(workshop: Workshop) -> None:
    workshop.article("Cafe\u0301.txt", "A title\n\nA text about a small place by the sea.\n")
    workshop.build()
    assert workshop.run("retract", "articles/Cafe\u0301.txt").code == 0
    workshop.article("Cafe\u0301.txt", "Another title\n\nQuite another text, still withdrawn.\n")
    workshop.build()
    assert titles(workshop) == ["Title a", "Title b", "Title c"]
    result = workshop.run("restore", "Caf\u00e9.txt")
    assert "The next `feedpub build` publishes it again." in result.stdout


def test_a_folder_may_be_reached_by_a_link(workshop: Workshop) -> None:
    (workshop.root / "link").symlink_to(workshop.root / "articles")
    assert workshop.run("retract", "link/b.txt").code == 0


def test_tombstones_can_be_switched_off(workshop: Workshop) -> None:
    workshop.config(CONFIG + "[output]\ntombstones = false\n")
    workshop.run("retract", "b.txt")
    workshop.build()
    assert b"deleted-entry" not in workshop.feed()
    assert titles(workshop) == ["Title a", "Title c"]


def test_a_tombstone_stands_as_long_as_the_entry_would_have(workshop: Workshop) -> None:
    workshop.config(CONFIG + "[output]\nlimit = 3\n")
    workshop.run("retract", "a.txt")
    workshop.build()
    assert b"deleted-entry" in workshop.feed()
    for number in range(3):
        workshop.later(days=1)
        workshop.article(f"n{number}.txt", f"New {number}\n\nNew text {number} {number}.\n")
        workshop.build()
    assert b"deleted-entry" not in workshop.feed()


def test_what_was_never_published_or_is_withdrawn_already_is_said(workshop: Workshop) -> None:
    result = workshop.run("retract", "bb.txt")
    assert (result.code, "names no entry" in result.stderr) == (2, True)
    assert "Did you mean b.txt?" in result.stderr
    result = workshop.run("restore", "b.txt")
    assert (result.code, "is not withdrawn" in result.stderr) == (2, True)
    workshop.run("retract", "articles/b.txt")
    result = workshop.run("retract", "b.txt")
    assert (result.code, "is withdrawn already" in result.stderr) == (2, True)


def test_a_feed_of_some_tags_is_not_told_of_what_it_never_had(workshop: Workshop) -> None:
    tags = '[article."a.txt"]\ntags = ["x"]\n[article."b.txt"]\ntags = ["x"]\n'
    workshop.config(f'{CONFIG}{tags}[[feed]]\nname = "x"\ntags = ["x"]\n')
    workshop.build()
    before = workshop.feed("x/atom.xml")
    workshop.later(days=1)
    workshop.run("retract", "c.txt")
    workshop.build()
    assert workshop.feed("x/atom.xml") == before
    workshop.run("retract", "b.txt")
    workshop.build()
    assert workshop.feed("x/atom.xml").count(b"<at:deleted-entry") == 1
    assert workshop.feed().count(b"<at:deleted-entry") == 2


def test_a_second_build_changes_nothing(workshop: Workshop) -> None:
    workshop.run("retract", "b.txt")
    workshop.build()
    before = workshop.feed(), (workshop.root / ".feedpub" / "ledger.jsonl").read_bytes()
    workshop.later(days=1)
    workshop.build()
    assert before == (
        workshop.feed(),
        (workshop.root / ".feedpub" / "ledger.jsonl").read_bytes(),
    )


@pytest.mark.parametrize(("answer", "withdrawn"), [("y", True), ("n", False), ("", False)])
def test_a_terminal_is_asked_what_a_missing_file_means(
    workshop: Workshop, answer: str, withdrawn: bool
) -> None:
    (workshop.root / "articles" / "b.txt").unlink()
    terminal, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "feedpub", "build"],
        cwd=workshop.root,
        stdin=inner,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.write(terminal, f"{answer}\n".encode())
    stdout, stderr = process.communicate(timeout=30)
    os.close(terminal)
    os.close(inner)
    assert process.returncode == 0, stderr
    assert "b.txt is gone. Withdraw its entry for good? [y/N]" in stdout
    assert (b"deleted-entry" in workshop.feed()) is withdrawn
    assert b"Title b" not in workshop.feed()


def test_a_typo_that_is_said_to_be_minor_keeps_the_date(workshop: Workshop) -> None:
    workshop.article("b.txt", "---\nminor: true\n---\n" + TEXTS["b_txt"].replace("like", "unlike"))
    workshop.build()
    assert b"unlike" in workshop.feed()
    assert updated(workshop) == "2026-06-15T10:00:00Z"
    workshop.later(days=1)
    workshop.article("b.txt", TEXTS["b_txt"].replace("like", "unlike"))
    workshop.build()
    assert updated(workshop) == "2026-06-15T10:00:00Z"
    workshop.later(days=1)
    workshop.article("b.txt", TEXTS["b_txt"].replace("like", "much unlike"))
    workshop.build()
    assert updated(workshop) == "2026-06-18T10:00:00Z"


def test_a_clock_that_went_backwards_loses_no_change(workshop: Workshop) -> None:
    workshop.later(days=-30)
    workshop.article("b.txt", TEXTS["b_txt"].replace("like", "unlike"))
    workshop.build()
    assert b"unlike" in workshop.feed()
    ids = {entry.id: entry.published for entry in read_with_feedparser(workshop.feed()).entries}
    workshop.run("retract", "c.txt")
    workshop.build()
    assert titles(workshop) == ["Title a", "Title b"]
    workshop.later(days=60)
    workshop.build()
    assert titles(workshop) == ["Title a", "Title b"]
    for entry in read_with_feedparser(workshop.feed()).entries:
        assert ids[entry.id] == entry.published
