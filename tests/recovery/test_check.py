"""`feedpub ledger check` finds whatever is not as the ledger says, and is silent on what is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ..workshop import CONFIG, Workshop

TEXT = "Title {0}\n\nThe text of {0}, which is like no other: {0}{0}{0}.\n"
FEEDS = '[output]\nlimit = 3\n[[feed]]\nname = "b"\ntags = ["b"]\n[article."b.txt"]\ntags = ["b"]\n'


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    workshop = Workshop(tmp_path).start(CONFIG + FEEDS)
    for name in "abcde":
        workshop.article(f"{name}.txt", TEXT.format(name))
    workshop.build()
    workshop.later(days=1)
    workshop.run("retract", "d.txt", "--reason", "A mistake.")
    workshop.build()
    return workshop


def test_a_folder_that_was_built_agrees(workshop: Workshop) -> None:
    result = workshop.run("ledger", "check")
    assert result.code == 0, result.stdout
    assert result.stdout == "9 lines, 5 entries, 4 documents: all agree.\n"
    found = json.loads(workshop.run("ledger", "check", "--json").stdout)
    assert found["agree"] is True
    assert found["faults"] == found["remarks"] == []


def damage(path: str, old: str, new: str) -> Callable[[Workshop], None]:
    def change(workshop: Workshop) -> None:
        file = workshop.root / path
        text = file.read_text()
        assert re.search(old, text)
        file.write_text(re.sub(old, new, text, count=1))

    return change


ENTRY = r"(?s)<entry>.*?</entry>"
TOMBSTONE = r"(?s)<at:deleted-entry.*?</at:deleted-entry>"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda w: w.article("f.txt", TEXT.format("f")), "f.txt: is not in the ledger. Run"),
        (lambda w: w.article("a.txt", TEXT.format("z")), "a.txt: is not as the ledger says"),
        (lambda w: (w.root / "articles/e.txt").unlink(), "e.txt: is not as the ledger says"),
        (lambda w: (w.root / "feeds/rss.xml").unlink(), "feeds/rss.xml: can't be read"),
        (lambda w: w.run("restore", "d.txt"), "feeds/atom.xml: has a needless tombstone"),
        (lambda w: w.run("retract", "b.txt"), "feeds/b/atom.xml: lacks the tombstone"),
        (lambda w: w.run("retract", "e.txt"), "shows e.txt (tag:example.org,2026-06-15:e), which"),
        (damage("feeds/atom.xml", "</feed>", ""), "feeds/atom.xml: is no feed of ours"),
        (damage("feeds/atom.xml", ENTRY, ""), "feeds/atom.xml: does not show e.txt"),
        (damage("feeds/rss.xml", "15:e<", "15:x<"), "rss.xml: shows tag:example.org,2026-06-15:x"),
        (damage("feeds/rss.xml", "15:e<", "15:a<"), "shows a.txt (tag:example.org,2026-06-15:a)"),
        (damage("feeds/rss.xml", "15:e<", "15:c<"), "shows tag:example.org,2026-06-15:c 2 times"),
        (damage("feeds/atom.xml", "<published>2026", "<published>2025"), "as published 2025-06"),
        (damage("feeds/atom.xml", r"(/title>\s*)<updated>2026", r"\1<updated>2025"), "2025-06-16"),
        (damage("feeds/atom.xml", "feed/main", "feed/x"), "has the id tag:example.org,2026-06-15"),
        (damage("feeds/rss.xml", "Date>Tue, 16", "Date>Mon, 15"), "rss.xml: was updated 2026"),
        (damage("feeds/atom.xml", TOMBSTONE, ""), "feeds/atom.xml: lacks the tombstone of tag"),
        (damage("feeds/atom.xml", 'when="2026', 'when="2025'), "has a wrong tombstone of tag"),
        (damage(".feedpub/ledger.jsonl", ".*:e.*\n", ""), "The ledger has lost lines"),
        (damage(".feedpub/ledger.jsonl", ".*", "<<<<<<< HEAD"), "ledger.jsonl:1: "),
        (lambda w: (w.root / ".feedpub/ledger.jsonl").unlink(), "feedpub ledger rebuild"),
    ],
)
def test_what_does_not_agree_is_named(
    workshop: Workshop, change: Callable[[Workshop], None], words: str
) -> None:
    change(workshop)
    result = workshop.run("ledger", "check")
    assert result.code == 1
    assert words in result.stdout + result.stderr
    report = json.loads(workshop.run("ledger", "check", "--json").stdout)
    assert report.get("faults") or report.get("errors")


def test_it_writes_nothing(workshop: Workshop) -> None:
    def state() -> dict[str, tuple[bytes, int]]:
        files = (file for file in workshop.root.rglob("*") if file.is_file())
        return {str(file): (file.read_bytes(), file.stat().st_mtime_ns) for file in files}

    workshop.article("a.txt", TEXT.format("z"))
    before = state()
    workshop.run("ledger", "check")
    assert state() == before


def test_a_config_that_is_wrong_is_no_finding(workshop: Workshop) -> None:
    workshop.config("[site]\n")
    assert workshop.run("ledger", "check").code == 2
