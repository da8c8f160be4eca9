"""What the commands say and do: init, build, and what they answer to a wrong call."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from feedpub.cli.app import app

from ..workshop import CONFIG, CONFIG_WITH_LINKS, Workshop

ARTICLE = "A title\n\nA paragraph of text that stands in the feed.\n"
BAD = "---\ndarft: true\n---\nText\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def test_init_makes_a_folder_that_builds(workshop: Workshop) -> None:
    result = workshop.run(
        "init", "mine", "--title", 'The "best"', "--url", "https://example.org/f", "--author", "Ada"
    )
    assert result.code == 0
    assert "Made mine/config.toml" in result.stdout
    mine = Workshop(workshop.root / "mine", now=workshop.now)
    mine.article("a.txt", ARTICLE)
    mine.build("--strict")
    assert b'The "best"' in mine.feed()
    assert b"https://example.org/f/atom.xml" in mine.feed()


def test_the_example_of_init_is_published_once_it_is_edited(workshop: Workshop) -> None:
    workshop.run("init", "mine", "--title", "T", "--url", "https://example.org/f")
    mine = Workshop(workshop.root / "mine", now=workshop.now)
    mine.later(days=3)
    result = mine.run("build")
    assert result.code == 1
    assert "note: first-entry.md: is the example of `feedpub init`" in result.stderr
    assert "warning: articles: there is no article in it." in result.stderr
    example = mine.root / "articles" / "first-entry.md"
    example.write_text(example.read_text().replace("The first entry", "The sea"))
    assert "1 article published" in mine.build().stdout
    assert b"The sea" in mine.feed()


def test_nothing_is_written_before_the_first_article(workshop: Workshop) -> None:
    workshop.start()
    result = workshop.run("build")
    assert (result.code, "there is no article in it" in result.stderr) == (1, True)
    result = workshop.run("publish")
    assert (result.code, "there is no article in it" in result.stderr) == (1, True)
    assert not (workshop.root / "feeds").exists()
    assert not (workshop.root / ".feedpub" / "ledger.jsonl").exists()


def test_the_feeds_of_a_folder_whose_articles_are_gone_are_written(workshop: Workshop) -> None:
    workshop.start(a_txt=ARTICLE).build()
    (workshop.root / "articles" / "a.txt").unlink()
    assert "gone: a.txt" in workshop.build().stdout
    assert b"A title" not in workshop.feed()


def test_init_names_a_command_that_can_be_pasted(workshop: Workshop) -> None:
    result = workshop.run("init", "my feed", "--title", "T", "--url", "https://example.org/")
    assert "then run: cd 'my feed' && feedpub build" in result.stdout


def test_init_never_overwrites(workshop: Workshop) -> None:
    workshop.start(a_txt=ARTICLE)
    result = workshop.run("init", "--title", "T", "--url", "https://example.org/")
    assert (result.code, result.stdout) == (2, "")
    assert "config.toml: is there already" in result.stderr
    assert (workshop.root / "config.toml").read_text() == CONFIG


def test_init_leaves_articles_that_are_there_alone(workshop: Workshop) -> None:
    workshop.article("a.txt", ARTICLE)
    workshop.run("init", "--title", "T", "--url", "https://example.org/")
    assert [file.name for file in (workshop.root / "articles").iterdir()] == ["a.txt"]


def test_init_tells_git_to_keep_the_lines_of_both_branches(workshop: Workshop) -> None:
    workshop.run("init", "--title", "T", "--url", "https://example.org/")
    line = ".feedpub/ledger.jsonl merge=union"
    assert line in (workshop.root / ".gitattributes").read_text().splitlines()


def test_init_says_what_git_should_be_told_where_somebody_has_told_it_something(
    workshop: Workshop,
) -> None:
    attributes = workshop.root / ".gitattributes"
    attributes.write_text("*.html text\n")
    result = workshop.run("init", "--title", "T", "--url", "https://example.org/")
    assert result.code == 0
    assert "add this line to .gitattributes: .feedpub/ledger.jsonl merge=union" in result.stderr
    assert attributes.read_text() == "*.html text\n"


def test_init_names_the_line_for_git_where_it_can_not_be_looked_for(workshop: Workshop) -> None:
    (workshop.root / ".gitattributes").symlink_to("nowhere")
    result = workshop.run("init", "--title", "T", "--url", "https://example.org/")
    assert (result.code, "merge=union" in result.stderr) == (0, True)


def test_init_makes_nothing_of_what_is_not_utf_8(workshop: Workshop) -> None:
    result = workshop.run("init", "--title", "T\udcff", "--url", "https://example.org/")
    assert (result.code, "not UTF-8" in result.stderr) == (2, True)
    assert list(workshop.root.iterdir()) == []


def test_init_without_a_terminal_says_what_it_needs(workshop: Workshop) -> None:
    result = workshop.run("init", "--title", "T")
    assert result.code == 2
    assert "no terminal to ask for --url" in result.stderr
    assert not (workshop.root / "config.toml").exists()


def test_init_asks_again_for_an_address_that_is_none(tmp_path: Path) -> None:
    terminal, stdin = pty.openpty()
    os.write(terminal, b"Mine\nexample.org\nhttps://example.org/?feeds\nhttps://example.org/f\n\n")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "feedpub", "init", str(tmp_path / "mine")],
        stdin=stdin,
        capture_output=True,
        text=True,
        check=True,
    )
    os.close(stdin)
    os.close(terminal)
    assert done.stdout.count("Write it in full, such as https://example.org/feeds/.") == 2
    assert 'url = "https://example.org/f"' in (tmp_path / "mine" / "config.toml").read_text()


def test_init_refuses_an_address_that_is_none(workshop: Workshop) -> None:
    result = workshop.run("init", "--title", "T", "--url", "example.org")
    assert result.code == 2
    assert result.stderr.startswith("feedpub init: `site.url` must be a web address")
    assert not (workshop.root / "config.toml").exists()


def test_a_dry_run_writes_nothing(workshop: Workshop) -> None:
    workshop.start(a_txt=ARTICLE)
    result = workshop.build("--dry-run")
    assert "would write feeds/atom.xml, feeds/rss.xml" in result.stdout
    assert sorted(path.name for path in workshop.root.iterdir()) == ["articles", "config.toml"]


def test_a_bad_article_is_left_out_and_the_rest_is_published(workshop: Workshop) -> None:
    workshop.start(a_txt=ARTICLE, b_txt=BAD)
    result = workshop.run("build")
    assert result.code == 1
    assert "left out: b.txt:2: `darft` is not a key" in result.stderr
    assert "1 article published: 1 new, 1 left out" in result.stdout
    assert b"A title" in workshop.feed()


def test_strict_writes_nothing_when_an_article_is_bad(workshop: Workshop) -> None:
    workshop.start(a_txt=ARTICLE, b_txt=BAD)
    result = workshop.run("build", "--strict")
    assert result.code == 1
    assert "Nothing was written, because of --strict." in result.stderr
    assert not (workshop.root / "feeds").exists()
    assert not (workshop.root / ".feedpub" / "ledger.jsonl").exists()


def test_quiet_says_only_what_is_wrong(workshop: Workshop) -> None:
    workshop.start(a_txt=ARTICLE)
    result = workshop.build("-q")
    assert (result.stdout, result.stderr) == ("", "")
    workshop.article("b.txt", BAD)
    result = workshop.run("build", "-q")
    assert result.stdout == ""
    assert "b.txt" in result.stderr


def test_verbose_names_each_line_that_was_cut(workshop: Workshop) -> None:
    workshop.start(a_txt=ARTICLE + "\n- Advertisement -\n\nAnd another paragraph of the text.\n")
    assert "cut: a.txt:5: - Advertisement - (" in workshop.build("-v").stderr
    assert "cut:" not in workshop.build().stderr


def test_a_feed_is_named_by_the_whole_path_to_it(workshop: Workshop) -> None:
    workshop.start(CONFIG + '[output]\npath = "public/feeds"\n', a_txt=ARTICLE)
    assert "wrote public/feeds/atom.xml, public/feeds/rss.xml" in workshop.build().stdout
    elsewhere = workshop.root.parent / "www"
    workshop.config(CONFIG + f'[output]\npath = "{elsewhere}"\n')
    assert f"wrote {elsewhere}/atom.xml" in workshop.build().stdout


def test_feeds_that_config_names_no_more_are_named(workshop: Workshop) -> None:
    workshop.start(CONFIG_WITH_LINKS + '[[feed]]\nname = "sea"\n', a_txt="Title\n\nText")
    assert workshop.build().stderr == ""
    workshop.config(CONFIG_WITH_LINKS + '[output]\nformats = ["atom"]\n')
    notes = workshop.build().stderr.splitlines()
    assert [line.partition(" is not made")[0] for line in notes] == [
        "note: feeds/rss.xml:",
        "note: feeds/sea/atom.xml:",
        "note: feeds/sea/rss.xml:",
    ]
    for name in ("rss.xml", "sea/atom.xml", "sea/rss.xml"):
        (workshop.root / "feeds" / name).unlink()
    assert workshop.build().stderr == ""


def test_json_says_the_same_to_a_program(workshop: Workshop) -> None:
    workshop.start(a_txt=ARTICLE, b_txt=BAD)
    result = workshop.run("build", "--json")
    report = json.loads(result.stdout)
    assert result.stderr == ""
    assert report["new"] == ["a.txt"]
    assert report["left_out"][0]["place"] == "b.txt"
    assert report["left_out"][0]["line"] == 2
    assert report["written"] == ["atom.xml", "rss.xml"]
    assert report["feeds"][0]["entries"] == 1


def test_json_says_what_is_wrong_with_the_config(workshop: Workshop) -> None:
    workshop.start("[site]\n")
    result = workshop.run("build", "--json")
    assert result.code == 2
    places = {(fault["place"], fault["problem"]) for fault in json.loads(result.stdout)["errors"]}
    assert ("config.toml", "`site.title` is missing") in places


def test_another_config_may_be_named_and_its_folder_counts(workshop: Workshop) -> None:
    inner = Workshop(workshop.root / "deep" / "folder").start(a_txt=ARTICLE)
    workshop.build("--config", "deep/folder/config.toml")
    assert b"A title" in inner.feed()
    workshop.build("--config", "deep/folder")


def test_long_lists_are_cut_unless_asked_for(workshop: Workshop) -> None:
    workshop.start(**{f"a{n}_txt": f"Title {n}\n\nText number {n}.\n" for n in range(12)})
    assert "new: and 2 more (-v names them)" in workshop.build("--dry-run").stdout
    assert "more" not in workshop.build("--dry-run", "-v").stdout


@pytest.mark.parametrize(
    "arguments", [("biuld",), ("build", "--fast"), ("build", "extra"), ("build", "--config")]
)
def test_a_wrong_call_exits_with_2(workshop: Workshop, arguments: tuple[str, ...]) -> None:
    result = workshop.run(*arguments)
    assert result.code == 2
    assert result.stderr


def test_the_version_is_told(workshop: Workshop) -> None:
    assert workshop.run("--version").stdout.startswith("feedpub 0.")


def test_every_command_has_a_help_that_begins_with_a_verb() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        first = (command.callback.__doc__ or "").split()[0]
        assert first[0].isupper() and not first.endswith("s")


@pytest.mark.parametrize("command", ["build", "publish", "retract", "ledger rebuild"])
def test_help_fills_the_lines_of_a_terminal(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    result = workshop.run(*command.split(), "--help").stdout
    lines = [line.strip() for line in result.partition("╭")[0].splitlines()]
    for line, following in pairwise(lines):
        if line and following:
            assert len(f"{line} {following.split()[0]}") > 78
