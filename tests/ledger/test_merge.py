"""Two branches go on with one folder each, and git puts their ledgers together."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from feedpub.ledger.store import append, read_events, read_ledger
from feedpub.model import Fingerprints, Record
from feedpub.settings import LEDGER_FILE

from ..judges import read_with_feedparser
from ..workshop import NOW, Workshop

ID = "tag:example.org,2026-06-15:b"
TEXT = "Title {0}\n\nThe text of {0}, which is like no other: {0}{0}{0}.\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    workshop = Workshop(tmp_path / "ours")
    workshop.root.mkdir()
    workshop.run("init", "--title", "Workshop", "--url", "https://example.org/feeds/")
    (workshop.root / "articles" / "first-entry.md").unlink()
    return workshop


def git(workshop: Workshop, *arguments: str) -> None:
    identity = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for who in ("AUTHOR", "COMMITTER"):
        identity |= {f"GIT_{who}_NAME": "Ada", f"GIT_{who}_EMAIL": "ada@example.org"}
    subprocess.run(
        ["git", *arguments],
        cwd=workshop.root,
        env=os.environ | identity,
        check=True,
        capture_output=True,
    )


def commit(workshop: Workshop) -> None:
    git(workshop, "add", "--all", "--", ".", ":!feeds")
    git(workshop, "commit", "-qm", "More articles")


def branch(workshop: Workshop) -> Workshop:
    """Another machine with a clone of the folder."""
    if shutil.which("git") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("git is not installed")
        pytest.skip("git is not installed")
    git(workshop, "init", "-q", "-b", "main")
    commit(workshop)
    theirs = Workshop(workshop.root.parent / "theirs", now=workshop.now)
    git(workshop, "clone", "-q", str(workshop.root), str(theirs.root))
    return theirs


def merge(ours: Workshop, theirs: Workshop) -> None:
    commit(ours)
    commit(theirs)
    git(ours, "pull", "-q", "--no-rebase", "--no-edit", str(theirs.root), "HEAD")


def shown(workshop: Workshop) -> dict[str, tuple[str, str, str]]:
    """What subscribers have: id, published and updated by title."""
    return {
        entry.title: (entry.id, entry.published, entry.updated)
        for entry in read_with_feedparser(workshop.feed()).entries
    }


@pytest.mark.real
def test_git_merges_what_two_machines_have_published(workshop: Workshop) -> None:
    workshop.article("a.txt", TEXT.format("a"))
    workshop.build()
    theirs = branch(workshop)
    workshop.later(hours=1)
    workshop.article("ours.txt", TEXT.format("ours"))
    workshop.article("a.txt", TEXT.format("a").replace("like no other", "unlike any other"))
    workshop.build()
    theirs.later(hours=2)
    theirs.article("theirs.txt", TEXT.format("theirs"))
    (theirs.root / "articles" / "a.txt").rename(theirs.root / "articles" / "a-moved.txt")
    theirs.build()
    before = shown(theirs) | shown(workshop)
    merge(workshop, theirs)
    workshop.later(days=1)
    workshop.build()
    assert shown(workshop) | {"Title a": before["Title a"]} == before
    assert shown(workshop)["Title a"][:2] == before["Title a"][:2]
    result = workshop.run("ledger", "check")
    assert result.code == 0, result.stdout


@pytest.mark.real
def test_a_withdrawal_survives_a_branch_that_knows_nothing_of_it(workshop: Workshop) -> None:
    workshop.article("b.txt", TEXT.format("b"))
    workshop.build()
    theirs = branch(workshop)
    workshop.run("retract", "b.txt", "--reason", "It was wrong.")
    workshop.build()
    theirs.later(days=2)
    theirs.article("b.txt", TEXT.format("b").replace("like no other", "unlike any other"))
    theirs.build()
    merge(workshop, theirs)
    workshop.later(days=3)
    assert "withdrawn: b.txt" in workshop.build().stdout
    assert shown(workshop) == {}
    assert b"It was wrong." in workshop.feed()


@pytest.mark.real
def test_a_file_that_both_have_added_keeps_the_id_that_was_first(workshop: Workshop) -> None:
    theirs = branch(workshop)
    workshop.later(days=1)
    for machine in (workshop, theirs):
        machine.article("b.txt", TEXT.format("b"))
        machine.build()
    merge(workshop, theirs)
    result = workshop.run("ledger", "check")
    assert result.code == 1
    assert f"gives b.txt the id tag:example.org,2026-06-16:b, and it has {ID}" in result.stdout
    workshop.build()
    assert shown(workshop)["Title b"][0] == ID
    assert workshop.run("ledger", "check").code == 0
    articles = workshop.root / "articles"
    for old, new in (("b.txt", "c.txt"), ("c.txt", "d.txt")):
        (articles / old).rename(articles / new)
        workshop.later(days=1)
        workshop.build()
        assert shown(workshop)["Title b"][0] == ID, f"though the file is called {new} by now"


@pytest.mark.real
def test_a_withdrawal_survives_a_branch_that_gave_the_file_another_id(workshop: Workshop) -> None:
    theirs = branch(workshop)
    workshop.later(days=1)
    for machine in (workshop, theirs):
        machine.article("b.txt", TEXT.format("b"))
        machine.build()
    workshop.run("retract", "b.txt")
    merge(workshop, theirs)
    workshop.later(days=1)
    for _ in range(2):
        assert "withdrawn: b.txt" in workshop.build().stdout
        assert shown(workshop) == {}
    assert workshop.run("ledger", "check").code == 0
    assert workshop.run("restore", "b.txt").code == 0
    workshop.build()
    assert "Title b" in shown(workshop)


def record(
    path: str = "b.txt",
    *,
    text: str = "b",
    withdrawn: datetime | None = None,
    restored: datetime | None = None,
) -> Record:
    return Record(
        id=ID,
        path=path,
        published=NOW,
        updated=NOW,
        fingerprints=Fingerprints(source=f"s{text}", content=f"c{text}", sketch=(text,)),
        withdrawn=withdrawn,
        restored=restored,
    )


def hours(number: int) -> datetime:
    return NOW + timedelta(hours=number)


def lines_of(file: Path, *events: tuple[datetime, Record]) -> list[str]:
    for at, each in events:
        append(file, [each], at)
    return file.read_text().splitlines()


@pytest.mark.parametrize(
    ("states", "withdrawn"),
    [
        ([(1, 0), (0, 0)], True),
        ([(1, 0), (0, 2), (0, 0)], False),
        ([(1, 0), (0, 2), (1, 0)], False),
        ([(1, 0), (0, 2), (3, 0), (0, 0)], True),
        ([(1, 0), (2, 0), (0, 3)], False),
    ],
    ids=["went on", "restored", "went on withdrawn", "withdrawn again", "both withdrew"],
)
def test_a_withdrawal_lasts_until_it_is_undone_in_whatever_order_the_lines_stand(
    tmp_path: Path, states: list[tuple[int, int]], withdrawn: bool
) -> None:
    file = tmp_path / LEDGER_FILE
    told = [
        record(withdrawn=hours(down) if down else None, restored=hours(up) if up else None)
        for down, up in states
    ]
    head, *lines = lines_of(file, *((hours(at), each) for at, each in enumerate(told, 1)))
    for order in permutations(lines):
        file.write_text("\n".join((head, *order)) + "\n")
        found = read_ledger(file).entries[ID]
        assert bool(found.withdrawn) is withdrawn
        assert bool(found.left_at) is withdrawn


def test_events_of_the_same_moment_give_one_ledger_in_whatever_order_they_stand(
    tmp_path: Path,
) -> None:
    file = tmp_path / LEDGER_FILE
    head, *lines = lines_of(file, *((NOW, record(f"{number}.txt")) for number in range(6)))
    found = set()
    for _ in range(20):
        random.shuffle(lines)
        file.write_text("\n".join((head, *lines)) + "\n")
        found.add(read_ledger(file).entries[ID].path)
    assert len(found) == 1


def check(workshop: Workshop, *events: tuple[datetime, Record]) -> str:
    lines_of(workshop.root / LEDGER_FILE, *events)
    return workshop.run("ledger", "check").stdout


def test_lines_that_say_the_same_or_contradict_each_other_are_named(workshop: Workshop) -> None:
    findings = check(workshop, (NOW, record()), (NOW, record()), (NOW, record("c.txt")))
    assert ".feedpub/ledger.jsonl:3: says the same as line 2" in findings
    assert (
        f":4: gives {ID} another state than line 3, at the same moment; this one counts" in findings
    )


def test_an_id_that_two_branches_have_minted_is_named_with_both_lines(workshop: Workshop) -> None:
    other = record("c/b.txt", text="another")
    findings = check(workshop, (hours(1), record()), (hours(2), other))
    assert f":3: gives {ID} to c/b.txt, and line 2 gives it to b.txt" in findings
    renamed = record("c/d.txt", text="another")
    assert ":4: " not in check(workshop, (hours(3), renamed))


def test_what_is_added_while_the_clock_is_behind_counts(workshop: Workshop) -> None:
    workshop.article("b.txt", TEXT.format("b"))
    workshop.build()
    workshop.later(days=-100)
    workshop.run("retract", "b.txt")
    workshop.run("restore", "b.txt")
    workshop.build()
    assert "Title b" in shown(workshop)
    moments = [event.at for event in read_events(workshop.root / LEDGER_FILE)]
    assert moments == sorted(moments)
    assert moments[0] == datetime(2026, 6, 15, 10, tzinfo=UTC)
