"""`feedpub push` and `feedpub pull`: what they say, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import stamina

from .workshop import CONFIG, Workshop

ARTICLE = "A title\n\nA text that is long enough to be one.\n"


def to(root: Path, name: str = "served") -> str:
    return f'[push]\ntarget = "{(root.parent / name).as_uri()}"\npublic = ""\n'


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    (tmp_path / "desk").mkdir()
    workshop = Workshop(tmp_path / "desk").start(CONFIG + to(tmp_path / "desk"), a_txt=ARTICLE)
    workshop.build()
    return workshop


def test_the_first_push_says_what_was_sent_and_how_writers_keep_apart(workshop: Workshop) -> None:
    said = workshop.run("push")
    assert (said.code, said.stderr) == (0, "")
    first, second, *sent = said.stdout.splitlines()
    assert first.endswith("/served/: 2 documents sent")
    assert second == "  several machines may push there: they take turns by a lock"
    assert sent == ["  sent: atom.xml", "  sent: rss.xml"]
    assert workshop.run("push").stdout.endswith("/served/: nothing new\n")
    assert workshop.run("push", "-q").stdout == ""


def test_a_dry_run_shows_the_plan_and_sends_nothing(workshop: Workshop) -> None:
    said = workshop.run("push", "--dry-run")
    assert said.code == 0
    assert "would send 2 documents" in said.stdout
    assert "new" in said.stdout and "atom.xml" in said.stdout
    assert not (workshop.root.parent / "served").exists()


def test_json_tells_a_program_the_same(workshop: Workshop) -> None:
    (planned,) = json.loads(workshop.run("push", "--dry-run", "--json").stdout)
    assert [step["path"] for step in planned["uploads"]] == ["atom.xml", "rss.xml"]
    (done,) = json.loads(workshop.run("push", "--json").stdout)
    assert (done["uploaded"], done["generation"]) == (["atom.xml", "rss.xml"], 1)


def test_a_bad_target_does_not_stop_the_others(workshop: Workshop) -> None:
    (workshop.root.parent / "blocked").write_text("no folder", encoding="utf-8")
    good = (workshop.root.parent / "good").as_uri()
    workshop.config(
        CONFIG + to(workshop.root, "blocked") + f'[[target]]\nname = "good"\nurl = "{good}"\n'
    )
    said = workshop.run("push")
    assert said.code == 2
    assert "blocked" in said.stderr
    assert (workshop.root.parent / "good" / "atom.xml").exists()
    assert workshop.run("push", "--target", "good").code == 0
    assert workshop.run("push", "--target", "god").code == 2


def test_a_host_out_of_reach_is_for_later(
    workshop: Workshop,
) -> None:
    workshop.config(CONFIG + '[push]\ntarget = "http://127.0.0.1:9/x/"\n')
    with stamina.set_testing(True):
        said = workshop.run("push")
    assert said.code == 75
    assert "can't be reached" in said.stderr


def test_without_a_target_or_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path / "desk")
    workshop.start(CONFIG, a_txt=ARTICLE)
    said = workshop.run("push")
    assert (said.code, "names no target" in said.stderr) == (2, True)
    workshop.config(CONFIG + to(workshop.root))
    said = workshop.run("push")
    assert (said.code, "Run `feedpub build` first" in said.stderr) == (2, True)


def test_a_machine_that_is_behind_pulls_and_then_agrees(workshop: Workshop) -> None:
    workshop.run("push")
    other = Workshop(workshop.root.parent / "other").start(
        CONFIG + to(workshop.root), b_txt="Another\n\nThe text of another machine.\n"
    )
    (other.root / "articles" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    other.later(days=1)
    other.build()
    said = other.run("push")
    assert said.code == 1
    assert "Run `feedpub pull`" in said.stderr
    said = other.run("pull")
    assert said.code == 0
    assert "lines merged into .feedpub/ledger.jsonl" in said.stdout
    other.build()
    assert other.run("push").code == 0
    assert other.run("pull").stdout.startswith("file:///")
    served = (workshop.root.parent / "served" / "atom.xml").read_bytes()
    assert served == other.feed()
    assert workshop.feed().split(b"<entry>")[1][:60] in served, "the id that was first is kept"


def test_many_removals_are_refused_until_max_delete_allows_them(workshop: Workshop) -> None:
    for number in range(60):
        (workshop.root / "feeds" / f"page{number}.html").write_text("x", encoding="utf-8")
    workshop.run("push")
    for number in range(60):
        (workshop.root / "feeds" / f"page{number}.html").unlink()
    said = workshop.run("push")
    assert said.code == 1
    assert "60 files that are gone here stay on the host" in said.stderr
