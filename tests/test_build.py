"""A build in its steps: what a folder holds is decided, then rendered, then written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedpub.build import Build, prepare_build, render_build, write_build
from feedpub.config import load_settings
from feedpub.errors import Severity, with_severity
from feedpub.folder_state import FolderState, decide_folder
from feedpub.ledger.store import read_ledger
from feedpub.settings import LEDGER_FILE, Settings

from .workshop import CONFIG, Workshop

ARTICLES = {
    "ferry_txt": "The ferry\n\nIt sails at five, in any weather.\n",
    "lamp_txt": "The lamp\n\nSomebody fills it with oil each night.\n",
}
FEED = '[[feed]]\nname = "sea"\n'


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path).start(CONFIG + FEED, **ARTICLES)


def settings_of(workshop: Workshop) -> Settings:
    return load_settings(workshop.root / "config.toml")


def decided(workshop: Workshop) -> FolderState:
    settings = settings_of(workshop)
    return decide_folder(settings, read_ledger(settings.ledger_file), now=workshop.now)


def shown(build: Build) -> list[list[str]]:
    return [[entry.title for entry in feed.entries] for feed in build.feeds]


def test_deciding_and_rendering_write_nothing(workshop: Workshop) -> None:
    before = sorted(workshop.root.rglob("*"))
    build = prepare_build(settings_of(workshop), now=workshop.now)
    assert [each.path for each in build.documents] == [
        "atom.xml",
        "rss.xml",
        "sea/atom.xml",
        "sea/rss.xml",
    ]
    assert sorted(workshop.root.rglob("*")) == before


def test_what_is_rendered_is_what_was_decided(workshop: Workshop) -> None:
    state = decided(workshop)
    workshop.article("tide.txt", "The tide\n\nIt comes twice a day.\n")
    build = render_build(settings_of(workshop), state)
    titles = [each.article.title for each in state.feeds[0].members]
    assert shown(build) == [titles, titles]
    assert titles == ["The lamp", "The ferry"]


@pytest.mark.parametrize(
    "change",
    [Path.unlink, lambda file: file.write_text("---\nsumary: x\n---\nText.\n")],
    ids=["gone", "wrong"],
)
def test_an_article_that_can_not_be_read_again_is_left_out_and_named_once(
    workshop: Workshop, change: Callable[[Path], object]
) -> None:
    state = decided(workshop)
    assert with_severity(state.diagnostics, Severity.ERROR) == ()
    change(workshop.root / "articles" / "lamp.txt")
    build = render_build(settings_of(workshop), state)
    assert shown(build) == [["The ferry"], ["The ferry"]]
    (error,) = with_severity(build.diagnostics, Severity.ERROR)
    assert error.place == "lamp.txt"


def test_writing_adds_to_the_ledger_what_was_decided(workshop: Workshop) -> None:
    settings = settings_of(workshop)
    state = decided(workshop)
    written = write_build(settings, render_build(settings, state))
    assert len(written.written) == 4
    ledger = read_ledger(workshop.root / LEDGER_FILE)
    assert {*ledger.entries.values(), *ledger.feeds.values()} == set(state.events)
    assert ledger.newest == state.timestamp
    assert decided(workshop).events == ()


def test_what_is_good_to_know_is_a_note_and_leaves_nothing_out(workshop: Workshop) -> None:
    workshop.config(CONFIG.replace('language = "en"\n', "") + '[article."no*.txt"]\ntags = ["x"]\n')
    workshop.article("plain.txt", "")
    workshop.article("words.md", "Words without a title.\n")
    diagnostics = decided(workshop).diagnostics
    assert {each.place for each in with_severity(diagnostics, Severity.ERROR)} == {"plain.txt"}
    assert [each.place for each in with_severity(diagnostics, Severity.NOTE)] == [
        "config.toml",
        "config.toml",
        "words.md",
        "config.toml",
    ]
