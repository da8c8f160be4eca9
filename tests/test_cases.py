"""Each folder of tests/cases is a description: this config and these articles give these feeds.

`expected/said.txt` is what the command says. To write the expected files anew:
`pytest tests/test_cases.py --rewrite`, and read the difference.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from feedpub.config import load_settings
from feedpub.ledger.store import read_ledger
from feedpub.output.built import outdated
from feedpub.settings import LEDGER_FILE

from .judges import (
    complaints_about_atom,
    complaints_about_rss,
    read_with_atoma,
    read_with_feedparser,
)
from .workshop import Said, Workshop

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case that was built once, and what the command said then."""

    name: str
    workshop: Workshop
    said: Said


@pytest.fixture(scope="module", params=NAMES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Each case; the tests below look at one build of it, one after the other."""
    name = str(request.param)
    root = tmp_path_factory.mktemp(name)
    shutil.copytree(CASES / name, root, dirs_exist_ok=True)
    workshop = Workshop(root)
    return Case(name=name, workshop=workshop, said=workshop.run("build", "-v"))


def made(root: Path) -> dict[str, bytes]:
    feeds = root / "feeds"
    return {
        file.relative_to(feeds).as_posix(): file.read_bytes()
        for file in sorted(feeds.rglob("*"))
        if file.is_file()
    }


def as_text(said: Said) -> str:
    return f"exit {said.code}\n--- stdout\n{said.stdout}--- stderr\n{said.stderr}"


def expected(name: str) -> tuple[dict[str, bytes], str]:
    folder = CASES / name / "expected"
    said = (folder / "said.txt").read_text(encoding="utf-8")
    files = {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*.xml"))
    }
    return files, said


def rewrite(name: str, files: dict[str, bytes], said: str) -> None:
    folder = CASES / name / "expected"
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in {**files, "said.txt": said.encode()}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def test_a_case_gives_what_is_expected(case: Case, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--rewrite"):
        rewrite(case.name, made(case.workshop.root), as_text(case.said))
    files, words = expected(case.name)
    assert as_text(case.said) == words
    assert made(case.workshop.root) == files


def test_every_judge_is_content(case: Case) -> None:
    files = made(case.workshop.root)
    has_articles = "there is no article" not in case.said.stderr
    assert bool(files) == (case.said.code < 2 and has_articles)
    for path, content in files.items():
        url = f"https://example.org/feeds/{path}"
        complaints = (
            complaints_about_atom(content, url)
            if path.endswith("atom.xml")
            else complaints_about_rss(content, url)
        )
        assert complaints == []
        assert read_with_feedparser(content).bozo == 0
        read_with_atoma(content)


def test_what_was_built_may_be_pushed(case: Case) -> None:
    if case.said.code == 2 or not made(case.workshop.root):
        assert not (case.workshop.root / LEDGER_FILE).exists()
        return
    settings = load_settings(case.workshop.root / "config.toml")
    assert not list(outdated(settings, read_ledger(settings.ledger_file)))


def test_a_second_build_changes_nothing(case: Case) -> None:
    workshop, ledger = case.workshop, case.workshop.root / LEDGER_FILE
    before = made(workshop.root)
    remembered = ledger.read_bytes() if ledger.exists() else b""
    workshop.later(days=0.1)
    again = workshop.run("build", "-v")
    assert made(workshop.root) == before
    assert again.code == case.said.code
    assert "wrote" not in again.stdout
    assert (ledger.read_bytes() if ledger.exists() else b"") == remembered


def test_status_says_that_the_next_build_writes_nothing(case: Case) -> None:
    case.workshop.later(days=0.1)
    shown = case.workshop.run("status")
    assert (shown.code == 2) == (case.said.code == 2)
    assert "next build\t" not in shown.stdout
