"""`feedpub status`: what each article and feed is, what the next build would do, and the past."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from feedpub.cli.status_screen import print_status
from feedpub.config import load_settings
from feedpub.folder_state import decide_folder
from feedpub.ledger.store import read_ledger
from feedpub.status.folder_status import Status, compose_status

from ..workshop import CONFIG, Workshop

TEXT = "# {0}\n\nThe {0} has words of its own, {0} for {0}, so that it is told apart.\n"
LISBON = CONFIG.replace('language = "en"', 'language = "en"\ntimezone = "Europe/Lisbon"')


def article(title: str, *metadata: str) -> str:
    head = "".join(f"{line}\n" for line in metadata)
    return (f"---\n{head}---\n" if head else "") + TEXT.format(title)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """One article, built."""
    workshop = Workshop(tmp_path).start(LISBON, ferry_md=article("ferry", "published: 2026-06-01"))
    workshop.build()
    workshop.later(days=1)
    return workshop


def lines(workshop: Workshop, *arguments: str) -> list[str]:
    result = workshop.run("status", *arguments)
    assert result.code == 0, result.stderr
    return result.stdout.splitlines()


def row(workshop: Workshop, path: str) -> list[str]:
    """The fields of an article: its state, when, and so on."""
    rows = [line.split("\t") for line in lines(workshop) if line.startswith("article\t")]
    (found,) = (each[1:] for each in rows if each[3] == path)
    return found


def as_json(workshop: Workshop, *arguments: str) -> Any:
    return json.loads("\n".join(lines(workshop, "--json", *arguments)))


def look(workshop: Workshop) -> Status:
    settings = load_settings(workshop.root / "config.toml")
    state = decide_folder(settings, read_ledger(settings.ledger_file), now=workshop.now)
    return compose_status(settings, state, now=workshop.now)


def screen(workshop: Workshop, width: int, *, everything: bool = False) -> str:
    settings = load_settings(workshop.root / "config.toml")
    console = Console(file=io.StringIO(), width=width, force_terminal=True, no_color=True)
    print_status(look(workshop), settings, console, everything=everything)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_published_article_is_told_with_its_moment_in_the_time_of_the_site(
    workshop: Workshop,
) -> None:
    assert row(workshop, "ferry.md") == [
        "published",
        "since 2026-06-01 12:00 WEST",
        "ferry.md",
        "ferry",
    ]


def test_an_article_that_no_build_has_seen_is_new(workshop: Workshop) -> None:
    workshop.article("tide.md", article("tide"))
    assert row(workshop, "tide.md")[0] == "new"
    workshop.build()
    assert row(workshop, "tide.md")[0] == "published"


def test_an_article_of_the_future_is_held_back_until_its_moment(workshop: Workshop) -> None:
    workshop.article("tide.md", article("tide", "published: 2026-12-24 18:00"))
    assert row(workshop, "tide.md")[:2] == ["held back", "until 2026-12-24 18:00 WET"]


def test_a_draft_is_a_draft_whether_it_was_published_or_not(workshop: Workshop) -> None:
    workshop.article("tide.md", article("tide", "draft: true"))
    workshop.article("ferry.md", article("ferry", "published: 2026-06-01", "draft: true"))
    workshop.build()
    assert row(workshop, "tide.md")[:2] == ["draft", ""]
    assert row(workshop, "ferry.md")[:2] == ["draft", "since 2026-06-16 11:00 WEST"]


def test_an_expired_article_is_told_with_the_end_of_its_last_day(workshop: Workshop) -> None:
    workshop.article("ferry.md", article("ferry", "published: 2026-06-01", "expires: 2026-06-10"))
    assert row(workshop, "ferry.md")[:2] == ["expired", "since 2026-06-11 00:00 WEST"]


def test_an_article_that_will_expire_says_when(workshop: Workshop) -> None:
    workshop.article("ferry.md", article("ferry", "published: 2026-06-01", "expires: 2026-06-30"))
    assert row(workshop, "ferry.md")[:2] == [
        "published",
        "since 2026-06-01 12:00 WEST until 2026-07-01 00:00 WEST",
    ]


def test_an_article_that_is_left_out_says_why_and_where(workshop: Workshop) -> None:
    workshop.article("ferry.md", article("ferry", "published: 2026-06-01", "darft: true"))
    found = row(workshop, "ferry.md")
    assert found[0] == "left out"
    assert found[4] == "line 3: `darft` is not a key that feedpub knows"


def test_an_article_that_is_left_out_keeps_its_id(workshop: Workshop) -> None:
    before = as_json(workshop)["articles"][0]["id"]
    workshop.article("ferry.md", article("ferry", "darft: true"))
    (found,) = as_json(workshop)["articles"]
    assert (found["state"], found["id"]) == ("left out", before)


def test_an_article_whose_file_is_gone_is_told_with_the_moment_it_left(
    workshop: Workshop,
) -> None:
    (workshop.root / "articles" / "ferry.md").unlink()
    assert row(workshop, "ferry.md") == ["gone", "", "ferry.md"]
    workshop.build()
    assert row(workshop, "ferry.md")[:2] == ["gone", "since 2026-06-16 11:00 WEST"]


@pytest.mark.parametrize("file", ["there", "gone"])
def test_a_withdrawn_article_says_why(workshop: Workshop, file: str) -> None:
    workshop.run("retract", "ferry.md", "--reason", "It never sailed.")
    if file == "gone":
        (workshop.root / "articles" / "ferry.md").unlink()
    workshop.later(days=1)
    workshop.build()
    found = row(workshop, "ferry.md")
    assert found[:2] == ["withdrawn", "since 2026-06-16 11:00 WEST"]
    assert found[4] == "It never sailed."


def test_who_takes_the_name_of_a_file_that_is_gone_is_told_beside_it(workshop: Workshop) -> None:
    (workshop.root / "articles" / "ferry.md").unlink()
    workshop.build()
    workshop.article("ferry.md", article("quite another", "draft: true"))
    found = as_json(workshop)["articles"]
    assert [(each["state"], bool(each["id"])) for each in found] == [
        ("draft", False),
        ("gone", True),
    ]


def test_what_needs_a_hand_comes_first_and_then_the_newest(workshop: Workshop) -> None:
    workshop.article("bad.md", article("bad", "darft: true"))
    workshop.article("new.md", article("new"))
    workshop.article("tide.md", article("tide", "published: 2026-12-24"))
    workshop.article("soon.md", article("soon", "published: 2026-06-20"))
    workshop.article("b.md", article("older", "published: 2026-05-01"))
    paths = [each["path"] for each in as_json(workshop)["articles"]]
    assert paths == ["bad.md", "new.md", "b.md", "soon.md", "tide.md", "ferry.md"]


def test_a_feed_is_told_with_its_size_its_newest_entry_and_its_last_change(
    workshop: Workshop,
) -> None:
    size = len(workshop.feed())
    shown = lines(workshop)
    assert (
        "feed\tmain\t1 entry\tchanged 2026-06-01 12:00 WEST\t2026-06-01 12:00 WEST\tferry" in shown
    )
    assert f"document\tatom.xml\t{size} bytes" in shown


def test_an_article_names_the_feeds_that_it_stands_in(workshop: Workshop) -> None:
    workshop.config(LISBON + '[[feed]]\nname = "sea"\ntags = ["sea"]\n')
    workshop.article("tide.md", article("tide", "tags: [sea]"))
    feeds = {each["path"]: each["feeds"] for each in as_json(workshop)["articles"]}
    assert feeds == {"ferry.md": ["main"], "tide.md": ["main", "sea"]}


def test_documents_belong_to_their_feed(workshop: Workshop) -> None:
    workshop.config(LISBON + '[[feed]]\nname = "sea"\ntags = ["sea"]\n')
    found = {
        feed["name"]: {each["path"] for each in feed["documents"]}
        for feed in as_json(workshop)["feeds"]
    }
    assert found["main"] >= {"atom.xml", "rss.xml"}
    assert found["sea"] >= {"sea/atom.xml", "sea/rss.xml"}
    assert not found["main"] & found["sea"]


def test_the_next_build_does_what_status_foretold(workshop: Workshop) -> None:
    workshop.article("tide.md", article("tide"))
    (workshop.root / "articles" / "ferry.md").rename(workshop.root / "articles" / "boat.md")
    foretold = [line for line in lines(workshop) if line.startswith("next build\t")]
    assert foretold[:2] == [
        "next build\ttide.md\tpublished as of 2026-06-16 11:00 WEST",
        "next build\tboat.md\trenamed from ferry.md to boat.md",
    ]
    assert "next build\tatom.xml\twritten" in foretold
    before = as_json(workshop)
    workshop.build()
    assert not any(line.startswith("next build\t") for line in lines(workshop))
    after = as_json(workshop)
    assert [each["id"] for each in after["articles"]] == [each["id"] for each in before["articles"]]


def test_status_writes_nothing(workshop: Workshop) -> None:
    workshop.article("tide.md", article("tide"))
    before = {file: file.stat().st_mtime_ns for file in workshop.root.rglob("*")}
    lines(workshop)
    lines(workshop, "tide.md")
    assert before == {file: file.stat().st_mtime_ns for file in workshop.root.rglob("*")}


def test_a_folder_that_was_never_built_has_a_status(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path).start(a_txt="A title\n\nText.\n")
    assert row(workshop, "a.txt")[0] == "new"
    assert {each.name for each in tmp_path.iterdir()} == {"articles", "config.toml"}


def test_what_time_will_do_is_told_in_its_order(workshop: Workshop) -> None:
    workshop.article("ferry.md", article("ferry", "published: 2026-06-01", "expires: 2026-07-01"))
    workshop.article("tide.md", article("tide", "published: 2026-12-24 18:00"))
    workshop.article("soon.md", article("soon", "published: 2026-06-20"))
    coming = [line.split("\t")[1:] for line in lines(workshop) if line.startswith("coming\t")]
    assert coming == [
        ["2026-06-20 00:00 WEST", "due", "soon.md"],
        ["2026-07-02 00:00 WEST", "expires", "ferry.md"],
        ["2026-12-24 18:00 WET", "due", "tide.md"],
    ]


def test_months_are_those_of_the_site(workshop: Workshop) -> None:
    # Half past eleven at night in UTC is the next day in Lisbon's summer.
    workshop.article("tide.md", article("tide", "published: 2026-04-30T23:30:00Z"))
    months = {each["month"]: each["entries"] for each in as_json(workshop)["months"]}
    assert (months["2026-04"], months["2026-05"], months["2026-06"]) == (0, 1, 1)
    assert (min(months), max(months), len(months)) == ("2024-07", "2026-06", 24)


def test_the_history_of_an_article_is_told_from_its_first_day(workshop: Workshop) -> None:
    dated = "published: 2026-06-01"
    articles = workshop.root / "articles"
    (articles / "ferry.md").rename(articles / "boat.md")
    workshop.build()
    workshop.later(days=1)
    workshop.article("boat.md", article("ferry", dated) + "\nA paragraph more.\n")
    workshop.build()
    workshop.later(days=1)
    workshop.article("boat.md", article("ferry", dated, "tags: [sea]") + "\nA paragraph more.\n")
    workshop.build()
    workshop.later(days=1)
    away = (articles / "boat.md").rename(workshop.root / "away.md")
    workshop.build()
    workshop.later(days=1)
    away.rename(articles / "boat.md")
    workshop.build()
    workshop.later(days=1)
    workshop.run("retract", "boat.md", "--reason", "Sunk")
    workshop.later(days=1)
    workshop.run("restore", "boat.md")
    workshop.build()
    assert lines(workshop, "boat.md") == [
        "boat.md: ferry",
        "  published since 2026-06-01 12:00 WEST",
        "  id tag:example.org,2026-06-01:ferry",
        "  in main",
        "2026-06-15 11:00 WEST  published as of 2026-06-01 12:00 WEST",
        "2026-06-16 11:00 WEST  renamed from ferry.md to boat.md",
        "2026-06-17 11:00 WEST  edited, updated 2026-06-17 11:00 WEST",
        "2026-06-18 11:00 WEST  edited, nothing that subscribers are told of",
        "2026-06-19 11:00 WEST  out of the feeds",
        "2026-06-20 11:00 WEST  back in the feeds",
        "2026-06-21 11:00 WEST  withdrawn: Sunk",
        "2026-06-22 11:00 WEST  no longer withdrawn",
        "2026-06-22 11:00 WEST  back in the feeds",
    ]


def test_json_says_of_each_change_its_kind_and_what_was_before_and_after(
    workshop: Workshop,
) -> None:
    ferry = workshop.root / "articles" / "ferry.md"
    boat = ferry.rename(ferry.with_name("boat.md"))
    text = boat.read_text()
    workshop.build()
    boat.write_text(text.replace("06-01", "06-03"))
    workshop.build()
    boat.write_text(text.replace("06-01", "06-03").replace("words", "some words"))
    workshop.build()
    boat.unlink()
    workshop.build()
    workshop.run("retract", "boat.md", "--reason", "Sunk")
    changes = as_json(workshop, "boat.md")["history"]
    assert [list(each) for each in changes] == [["at", "path", "kind", "old", "new"]] * 7
    assert [(each["kind"], each["old"], each["new"]) for each in changes] == [
        ("new", None, "2026-06-01T11:00:00Z"),
        ("renamed", "ferry.md", "boat.md"),
        ("redated", "2026-06-01T11:00:00Z", "2026-06-03T11:00:00Z"),
        ("edited", None, "2026-06-03T11:00:00Z"),
        ("edited", None, "2026-06-16T10:00:00Z"),
        ("left", None, None),
        ("withdrawn", None, "Sunk"),
    ]


def test_a_new_date_is_in_the_history(workshop: Workshop) -> None:
    workshop.article("ferry.md", article("ferry", "published: 2026-06-03 08:00"))
    workshop.build()
    assert (
        "2026-06-16 11:00 WEST  redated from 2026-06-01 12:00 WEST to 2026-06-03 08:00 WEST"
        in lines(workshop, "ferry.md")
    )


def test_the_history_says_what_the_next_build_adds(workshop: Workshop) -> None:
    (workshop.root / "articles" / "ferry.md").unlink()
    assert lines(workshop, "ferry.md")[-1] == "the next build  out of the feeds"
    assert as_json(workshop, "ferry.md")["next_build"][0]["kind"] == "left"


def test_an_article_is_found_by_any_of_its_names(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = workshop.root / "articles"
    (articles / "ferry.md").rename(articles / "boat.md")
    workshop.build()
    uri = "tag:example.org,2026-06-01:ferry"
    told = lines(workshop, "boat.md")
    for name in ("articles/boat.md", "./articles/boat.md", str(articles / "boat.md"), uri):
        assert lines(workshop, name) == told
    assert lines(workshop, "ferry.md") == told, "by a name that it had"
    assert lines(workshop, "articles/ferry.md") == told
    monkeypatch.setattr(workshop, "root", articles)
    for name in ("boat.md", "../articles/boat.md", uri):
        assert lines(workshop, "--config", "..", name) == told


def test_the_file_in_this_folder_goes_before_one_below_articles(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.article("old/ferry.md", article("old tub"))
    monkeypatch.setattr(workshop, "root", workshop.root / "articles" / "old")
    assert lines(workshop, "--config", "../..", "ferry.md")[0] == "old/ferry.md: old tub"


def test_an_unknown_article_is_refused_with_the_nearest_there_is(workshop: Workshop) -> None:
    result = workshop.run("status", "fery.md")
    assert (result.code, result.stdout) == (2, "")
    assert "fery.md: there is no article with this path or id" in result.stderr
    assert "Did you mean ferry.md?" in result.stderr


def test_an_error_is_json_for_a_program(workshop: Workshop) -> None:
    result = workshop.run("status", "nothing", "--json")
    assert result.code == 2
    assert json.loads(result.stdout)["errors"][0]["place"] == "nothing"


def test_a_wide_screen_shows_titles_as_they_are(workshop: Workshop) -> None:
    workshop.article("tide.md", "# The [bold]tide[/bold] :smile:\n\nText.\n")
    shown = screen(workshop, 120)
    assert "Workshop: 1 new, 1 published" in shown
    assert "The [bold]tide[/bold] :smile:" in shown
    assert "feeds/atom.xml: written" in shown


@pytest.mark.parametrize("width", [20, 40, 60, 76, 200])
def test_no_table_is_wider_than_the_screen(workshop: Workshop, width: int) -> None:
    workshop.article("a/long/path/to/an/article/that/is/left/out.md", article("x", "darft: true"))
    tables = screen(workshop, width).split("The next build")[0]
    assert max(len(line) for line in _without_styles(tables).splitlines()) <= width
    assert "ferry.md" in tables


def _without_styles(shown: str) -> str:
    from rich.text import Text

    return Text.from_ansi(shown).plain


def test_a_narrow_screen_still_says_why_an_article_is_left_out(workshop: Workshop) -> None:
    workshop.article("bad.md", article("x", "darft: true"))
    assert "`darft`" in screen(workshop, 50)


def test_a_long_table_is_cut_to_the_newest_unless_all_is_asked_for(workshop: Workshop) -> None:
    for number in range(25):
        workshop.article(
            f"{number:02}.md", article(f"n{number}", f"published: 2026-05-{number + 1:02}")
        )
    workshop.build()
    shown = screen(workshop, 100)
    assert "and 6 more published (--all names them)" in shown
    assert "24.md" in shown
    assert "05.md" not in shown
    everything = screen(workshop, 100, everything=True)
    assert "00.md" in everything
    assert "more" not in everything
    assert len([line for line in lines(workshop) if line.startswith("article\t")]) == 26


def test_the_picture_is_as_high_as_the_month_is_full(workshop: Workshop) -> None:
    for number in range(4):
        workshop.article(f"{number}.md", article(f"n{number}", f"published: 2026-05-0{number + 1}"))
    picture = _without_styles(screen(workshop, 100)).split("Entries a month\n")[1].splitlines()
    columns = [[row[i : i + 3] for row in picture] for i in (22 * 4, 23 * 4)]
    assert columns[0] == ["███", "███", "███", "███", "4  ", "May", ""]
    assert columns[1] == ["", "", "", "███", "1", "Jun", ""]


def test_the_picture_fits_a_narrow_screen(workshop: Workshop) -> None:
    picture = _without_styles(screen(workshop, 48)).split("Entries a month\n")[1]
    assert max(len(row) for row in picture.splitlines()) <= 48
    assert picture.splitlines()[5].split()[0] == "Jul"


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path).start()
    assert "no articles yet" in screen(workshop, 80)


@pytest.mark.parametrize("colour", [True, False], ids=["colour", "NO_COLOR"])
def test_a_terminal_gets_tables_and_colours_unless_no_color_is_set(
    workshop: Workshop, colour: bool
) -> None:
    workshop.article("bad.md", article("x", "darft: true"))
    shown = _on_a_terminal(workshop.root, {} if colour else {"NO_COLOR": "1"})
    assert "Entries a month" in shown
    assert ("\x1b[1;31m" in shown) is colour


def _on_a_terminal(folder: Path, environment: dict[str, str]) -> str:
    ours, theirs = pty.openpty()
    inherited = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    fixed = {"TERM": "xterm", "COLUMNS": "100", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "feedpub", "status"],
        cwd=folder,
        stdout=theirs,
        env=inherited | fixed | environment,
    ) as process:
        os.close(theirs)
        shown = bytearray()
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:
            pass  # This is how Linux says that the other side has closed the terminal.
    os.close(ours)
    assert process.returncode == 0
    return shown.decode()
