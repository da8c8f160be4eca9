"""Each folder of tests/cases is a description: this config and these articles give these feeds.

`expected/said.txt` is what the command says. To write the expected files anew:
`pytest tests/test_cases.py --rewrite`, and read the difference.
"""

from __future__ import annotations

import shutil
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


def built(name: str, root: Path) -> tuple[Workshop, Said]:
    shutil.copytree(CASES / name, root, dirs_exist_ok=True)
    workshop = Workshop(root)
    return workshop, workshop.run("build", "-v")


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


@pytest.mark.parametrize("name", NAMES)
def test_a_case_gives_what_is_expected(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    _, said = built(name, tmp_path)
    if request.config.getoption("--rewrite"):
        rewrite(name, made(tmp_path), as_text(said))
    files, words = expected(name)
    assert as_text(said) == words
    assert made(tmp_path) == files


@pytest.mark.parametrize("name", NAMES)
def test_every_judge_is_content(name: str, tmp_path: Path) -> None:
    for path, content in expected(name)[0].items():
        url = f"https://example.org/feeds/{path}"
        complaints = (
            complaints_about_atom(content, url)
            if path.endswith("atom.xml")
            else complaints_about_rss(content, url)
        )
        assert complaints == []
        assert read_with_feedparser(content).bozo == 0
        read_with_atoma(content)
    assert tmp_path.exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_second_build_changes_nothing(name: str, tmp_path: Path) -> None:
    workshop, first = built(name, tmp_path)
    before = made(tmp_path)
    ledger = tmp_path / ".feedpub" / "ledger.jsonl"
    remembered = ledger.read_bytes() if ledger.exists() else b""
    workshop.later(days=0.1)
    again = workshop.run("build", "-v")
    assert made(tmp_path) == before
    assert again.code == first.code
    assert "wrote" not in again.stdout
    assert (ledger.read_bytes() if ledger.exists() else b"") == remembered


@pytest.mark.parametrize("name", NAMES)
def test_what_was_built_may_be_pushed(name: str, tmp_path: Path) -> None:
    if built(name, tmp_path)[1].code < 2:
        settings = load_settings(tmp_path / "config.toml")
        assert not list(outdated(settings, read_ledger(tmp_path / LEDGER_FILE)))
