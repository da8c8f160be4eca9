"""`feedpub push` and `feedpub pull`: what they say, and their exit codes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import stamina

from feedpub.cli.console import Verbosity
from feedpub.cli.push_report import print_results
from feedpub.errors import Diagnostic, LedgerError, Severity
from feedpub.hosts.push.results import HUB_NOT_TOLD, PushResult, Receipt
from feedpub.ledger.merge import merge_into
from feedpub.settings import Target

from ..servers.scripted import Answer, Asked, host
from ..workshop import CONFIG, Workshop

ARTICLE = "A title\n\nA text that is long enough to be one.\n"


def to(root: Path, name: str = "served") -> str:
    return f'[push]\ntarget = "{(root.parent / name).as_uri()}"\npublic = ""\n'


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    (tmp_path / "desk").mkdir()
    workshop = Workshop(tmp_path / "desk").start(CONFIG + to(tmp_path / "desk"), a_txt=ARTICLE)
    workshop.build()
    return workshop


def test_the_first_push_says_what_was_sent_and_what_keeps_machines_apart(
    workshop: Workshop,
) -> None:
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
    assert [(step["path"], step["why"]) for step in planned["uploads"]] == [
        ("atom.xml", "new"),
        ("rss.xml", "new"),
    ]
    (done,) = json.loads(workshop.run("push", "--json").stdout)
    assert (done["uploaded"], done["generation"]) == (["atom.xml", "rss.xml"], 1)
    assert done["learnt"] == "lock"


WARNING = Severity.WARNING
RECEIPT = Receipt(
    generation=3,
    uploaded=("atom.xml", "rss.xml"),
    diagnostics=(
        Diagnostic(code="document-differs", place="rss.xml", problem="shows other bytes"),
        Diagnostic(
            code="media-type-unexpected", severity=WARNING, place="atom.xml", problem="is text"
        ),
        Diagnostic(code=HUB_NOT_TOLD, severity=WARNING, place="atom.xml", problem="the hub is off"),
    ),
)


def test_json_tells_what_can_not_be_read_from_what_is_served_oddly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    result = PushResult(target=Target(name="", url="file:///served/"), receipt=RECEIPT)
    assert print_results([result], Verbosity.JSON) == 1
    (done,) = json.loads(capsys.readouterr().out)
    kinds = ("unread", "remarks", "unannounced")
    assert {key: [(each["place"], each["code"]) for each in done[key]] for key in kinds} == {
        "unread": [("rss.xml", "document-differs")],
        "remarks": [("atom.xml", "media-type-unexpected")],
        "unannounced": [("atom.xml", "hub-not-told")],
    }


def test_what_went_wrong_is_said_in_the_order_of_its_weight(
    capsys: pytest.CaptureFixture[str],
) -> None:
    result = PushResult(
        target=Target(name="", url="file:///served/"),
        receipt=replace(RECEIPT, skipped_removals=("a.html", "b.html")),
    )
    assert print_results([result], Verbosity.QUIET) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "sent, but rss.xml: shows other bytes",
        "warning: atom.xml: is text",
        "warning: atom.xml: the hub is off (the next push tells it again)",
        "2 files that are gone here stay on the host, as that is more than max_delete allows, "
        "such as a.html. If that is right, raise max_delete.",
    ]


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


def test_a_host_out_of_reach_does_not_keep_the_others_from_being_pulled(workshop: Workshop) -> None:
    workshop.run("push")
    good = (workshop.root.parent / "served").as_uri()
    other = Workshop(workshop.root.parent / "other").start(
        CONFIG
        + '[push]\ntarget = "http://127.0.0.1:9/x/"\n'
        + f'[[target]]\nname = "good"\nurl = "{good}"\n'
    )
    with stamina.set_testing(True):
        said = other.run("pull")
    assert said.code == 75
    assert "127.0.0.1:9" in said.stderr
    assert "good: 3 lines merged" in said.stdout


def test_a_mirror_tells_no_hub_of_feeds_that_are_subscribed_to_elsewhere(
    workshop: Workshop,
) -> None:
    folder = workshop.root.parent / "mirror"

    def mirrored(asked: Asked) -> Answer:
        content = (folder / asked.path.rpartition("/")[2]).read_bytes()
        return Answer(content=content, headers={"Content-Type": "application/xml"})

    with host(mirrored) as web, host() as hub:
        home = f"{web.url}feeds/"
        config = CONFIG.replace("https://example.org/feeds/", home)
        config += f'[push]\nhubs = ["{hub.url}"]\n'
        config += f'[[target]]\nname = "mirror"\nurl = "{folder.as_uri()}"\n'
        workshop.config(config + f'public = "{web.url}mirror/"\n')
        workshop.build()
        said = workshop.run("push")
        assert (said.code, said.stderr, hub.asked) == (0, "", [])
        workshop.config(config + f'public = "{web.url}feeds"\n')
        workshop.article("b.txt", "Another\n\nA text that is as long.\n")
        workshop.build()
        assert "hubs told of 2 feeds" in workshop.run("push").stdout
        topics = [parse_qs(asked.body.decode())["hub.topic"] for asked in hub.asked]
    assert topics == [[f"{home}atom.xml"], [f"{home}rss.xml"]]


def test_a_host_out_of_reach_is_for_later(
    workshop: Workshop,
) -> None:
    workshop.config(CONFIG + '[push]\ntarget = "http://127.0.0.1:9/x/"\n')
    with stamina.set_testing(True):
        said = workshop.run("push")
    assert said.code == 75
    assert "can't be reached: Connection refused" in said.stderr


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


def test_a_pull_heals_a_line_that_a_killed_build_has_left(workshop: Workshop) -> None:
    workshop.run("push")
    other = Workshop(workshop.root.parent / "other").start(CONFIG + to(workshop.root))
    ledger = other.root / ".feedpub" / "ledger.jsonl"
    ledger.parent.mkdir()
    ledger.write_bytes(b'{"ledger":1}\n{"at":"2026-06-1')
    said = other.run("pull")
    assert (said.code, said.stderr) == (0, "")
    assert ledger.read_bytes() == (workshop.root / ".feedpub" / "ledger.jsonl").read_bytes()


def test_a_ledger_that_makes_no_sense_is_not_pulled(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    with pytest.raises(LedgerError, match="not a line of a ledger"):
        merge_into(ledger, b"<html>\n")
    assert not ledger.exists()


def test_feeds_that_were_not_built_since_a_pull_do_not_go_up(workshop: Workshop) -> None:
    workshop.run("push")
    served = workshop.root.parent / "served" / "atom.xml"
    before = served.read_bytes()
    other = Workshop(workshop.root.parent / "other").start(
        CONFIG + to(workshop.root), b_txt="Another\n\nThe text of another machine.\n"
    )
    other.later(days=1)
    other.build()
    other.run("pull")
    for arguments in (("push", "--dry-run"), ("push",)):
        said = other.run(*arguments)
        assert said.code == 2
        assert "feeds/atom.xml: is older than what the ledger knows. Run `feedpub build`." in (
            said.stderr
        )
    assert served.read_bytes() == before
    assert other.run("publish").code == 0


def test_feeds_that_are_withdrawn_or_changed_elsewhere_are_built_first(workshop: Workshop) -> None:
    workshop.run("push")
    workshop.article("a.txt", ARTICLE + "\nA line more.\n")
    ledger, feeds = (workshop.root / ".feedpub" / "ledger.jsonl"), workshop.root / "feeds"
    old = {file.name: file.read_bytes() for file in feeds.iterdir()}
    workshop.later(days=1)
    workshop.build()
    for name, content in old.items():
        (feeds / name).write_bytes(content)
    assert workshop.run("push").code == 2
    workshop.build()
    assert workshop.run("push").code == 0
    workshop.run("retract", "a.txt")
    assert b"withdrawn" in ledger.read_bytes()
    assert workshop.run("push").code == 2


def test_an_output_folder_that_was_emptied_does_not_empty_the_host(workshop: Workshop) -> None:
    workshop.run("push")
    for file in (workshop.root / "feeds").iterdir():
        file.unlink()
    said = workshop.run("push")
    assert said.code == 2
    assert "Run `feedpub build`" in said.stderr
    assert (workshop.root.parent / "served" / "atom.xml").exists()


def test_half_a_line_of_a_killed_build_is_not_sent_for_others_to_stumble_over(
    workshop: Workshop,
) -> None:
    ledger = workshop.root / ".feedpub" / "ledger.jsonl"
    whole = ledger.read_bytes()
    ledger.write_bytes(whole + b'{"at":"2026-06-1')
    assert workshop.run("push").code == 0
    ledger.write_bytes(whole)
    assert "nothing new" in workshop.run("push").stdout
    ledger.write_bytes(whole + b"<<<<<<< HEAD\n")
    said = workshop.run("push")
    assert said.code == 2
    assert "git conflict" in said.stderr


def test_many_removals_are_refused_until_max_delete_allows_them(workshop: Workshop) -> None:
    for number in range(60):
        (workshop.root / "feeds" / f"page{number}.html").write_text("x", encoding="utf-8")
    workshop.run("push")
    for number in range(60):
        (workshop.root / "feeds" / f"page{number}.html").unlink()
    said = workshop.run("push")
    assert said.code == 1
    assert "60 files that are gone here stay on the host" in said.stderr
