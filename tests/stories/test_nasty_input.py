"""Nasty input gets a sentence, not a traceback, and the rest is published all the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ..workshop import CONFIG, Workshop

GOOD = "---\npublished: 2026-01-01\n---\n# Good\n\nThe article that is well.\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path).start(good_md=GOOD)


def left_out(workshop: Workshop, *words: str) -> None:
    said = workshop.run("build")
    assert said.code == 1
    assert b"The article that is well" in workshop.feed()
    for word in words:
        assert word in said.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "has no text"),
        (b" \n\n\t\n", "has no text"),
        (b"\x00\x01\x02\x03" * 100, "not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
        (b"a line of text\n" * 4_000_000, "larger than 5 MB"),
    ],
    ids=["empty", "blank", "binary", "png", "pdf", "60 MB"],
)
@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_a_file_that_is_no_article(
    workshop: Workshop, content: bytes, words: str, ending: str
) -> None:
    (workshop.root / "articles" / f"bad.{ending}").write_bytes(content)
    left_out(workshop, f"bad.{ending}: ", words)


def test_links_that_lead_nowhere_or_in_circles(workshop: Workshop) -> None:
    articles = workshop.root / "articles"
    (articles / "broken.txt").symlink_to("nothing")
    (articles / "self.txt").symlink_to("self.txt")
    (articles / "round").symlink_to(articles)
    left_out(workshop, "broken.txt: is a link", "self.txt: is a link")


def test_a_name_that_is_not_utf8(workshop: Workshop) -> None:
    (workshop.root / "articles" / os.fsdecode(b"na\xefve.txt")).write_text("T\n\nText.\n")
    left_out(workshop, "na\ufffdve.txt: its name is not UTF-8")


def test_a_folder_named_like_an_article(workshop: Workshop) -> None:
    (workshop.root / "articles" / "x.md").mkdir()
    workshop.build()


# Root may read and write everything, unless it gives that up.
HUMBLE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.getuid() == 0 else ()


def build_humbly(root: Path) -> subprocess.CompletedProcess[str]:
    """Runs `feedpub build` in `root` under the permissions of files, root or not."""
    return subprocess.run(
        [*HUMBLE, sys.executable, "-m", "feedpub", "build"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_file_that_may_not_be_read(workshop: Workshop) -> None:
    workshop.article("secret.txt", "T\n\nText.\n").chmod(0)
    done = build_humbly(workshop.root)
    assert done.returncode == 1, done.stderr
    assert "secret.txt: can't be read: Permission denied" in done.stderr
    assert b"The article that is well" in workshop.feed()


def test_feeds_that_may_not_be_written(workshop: Workshop) -> None:
    workshop.build()
    before = workshop.feed()
    workshop.article("new.txt", "New\n\nA text that is new.\n")
    feeds = workshop.root / "feeds"
    feeds.chmod(0o555)
    done = build_humbly(workshop.root)
    feeds.chmod(0o755)
    assert done.returncode == 2
    assert "atom.xml: can't be written: Permission denied" in done.stderr
    assert "Traceback" not in done.stderr
    assert workshop.feed() == before


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("", "`site` is missing"),
        ("[site\n", "config.toml:1: this is not TOML"),
        (CONFIG + "[push]\n[push]\n", "config.toml:7: this is not TOML: this key or table"),
        (CONFIG + "url = 1\n", "config.toml:6: this is not TOML: this key or table"),
        ('site = "x"\n', "`site` must be a table, not a text"),
        ("[site]\ntitle = 1.5\nurl = true\n", "config.toml:3: `site.url` must be a text"),
        ("[[site]]\n", "`site` must be a table, not a list"),
        (CONFIG + "[output]\nformats = 7\n", "config.toml:7: `output.formats` must be a list"),
        (CONFIG + "[article]\nx = 1\n", "must be a table of metadata"),
        (CONFIG + '[articles]\npath = "nowhere"\n', "nowhere: the articles can't be looked at"),
        (CONFIG + '[articles]\npath = "config.toml"\n', "a file stands where a folder should be"),
    ],
)
def test_a_config_that_is_wrong(workshop: Workshop, config: str, words: str) -> None:
    workshop.config(config)
    said = workshop.run("build")
    assert said.code == 2
    assert words in said.stderr
    assert not (workshop.root / "feeds").exists()


def test_a_config_that_is_missing_a_folder_or_not_utf8(workshop: Workshop) -> None:
    config = workshop.root / "config.toml"
    config.write_bytes(CONFIG.replace("Workshop", "Caf\u00e9").encode("latin-1"))
    said = workshop.run("build")
    assert (said.code, "config.toml:2: this is not UTF-8" in said.stderr) == (2, True)
    config.unlink()
    said = workshop.run("build")
    assert (said.code, "feedpub init" in said.stderr) == (2, True)
    config.mkdir()
    assert workshop.run("build").code == 2  # a folder, and no config.toml in it


def test_a_ledger_that_is_broken(workshop: Workshop) -> None:
    workshop.build()
    ledger = workshop.root / ".feedpub" / "ledger.jsonl"
    ledger.write_text("<<<<<<< HEAD\n" + ledger.read_text())
    before = workshop.feed()
    said = workshop.run("build")
    assert said.code == 2
    assert "ledger.jsonl:1: " in said.stderr
    assert "git conflict" in said.stderr
    assert workshop.feed() == before


def test_without_the_ledger_of_the_feeds_nothing_is_built(workshop: Workshop) -> None:
    workshop.build()
    before = workshop.feed()
    (workshop.root / ".feedpub" / "ledger.jsonl").unlink()
    workshop.later(days=1)
    said = workshop.run("build")
    assert said.code == 2
    assert "feeds were built before" in said.stderr
    assert "feedpub ledger rebuild" in said.stderr
    assert workshop.feed() == before


def test_html_without_end(workshop: Workshop) -> None:
    workshop.article("deep.html", "<title>Deep</title>" + "<div>" * 50_000 + "text")
    workshop.article("deep.md", "# Deep\n\n" + ">" * 5_000 + " text\n")
    workshop.article("wide.md", "# Wide\n\n" + "*" * 50_000 + "\n\ntext\n")
    said = workshop.run("build")
    assert said.code in (0, 1)
    assert b"The article that is well" in workshop.feed()


def test_names_that_are_in_the_way_are_told(workshop: Workshop) -> None:
    feeds, memory = workshop.root / "feeds", workshop.root / ".feedpub"
    for wrong in (feeds, memory):
        wrong.touch()
        said = workshop.run("build")
        assert said.code == 2
        assert "a file stands where a folder should be" in said.stderr
        wrong.unlink()
        shutil.rmtree(memory, ignore_errors=True)
    (feeds / "atom.xml").mkdir(parents=True)
    said = workshop.run("build")
    assert said.code == 2
    assert "atom.xml: can't be written: a folder stands there" in said.stderr
