"""`[articles] dates = "git"`: the dates of commits, and what becomes of them in the ledger."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedpub.articles.git_dates import CommitDates, GitError, commit_dates
from feedpub.ledger.store import read_ledger
from feedpub.model import Record
from feedpub.settings import LEDGER_FILE

from ..workshop import CONFIG, NOW, Workshop

GIT_CONFIG = CONFIG + '[articles]\ndates = "git"\n'
Commit = Callable[..., None]


def day(number: int) -> datetime:
    return datetime(2020, 1, number, 12, tzinfo=UTC)


def git(folder: Path, *words: str, **environment: str) -> str:
    isolated = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    names = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    return subprocess.run(
        ["git", *names, *words],
        cwd=folder,
        env=os.environ | isolated | environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "site")
    return Workshop(tmp_path / "site").start(GIT_CONFIG)


@pytest.fixture
def commit(workshop: Workshop) -> Commit:
    def commit(when: datetime, root: Path = workshop.root) -> None:
        git(root, "add", "--all")
        # That it was committed much later, as after a rebase, makes no difference.
        dates = {
            "GIT_AUTHOR_DATE": when.isoformat(),
            "GIT_COMMITTER_DATE": day(28).isoformat(),
        }
        git(root, "commit", "--quiet", "--message", "Write", **dates)

    return commit


def dates(workshop: Workshop) -> dict[str, CommitDates]:
    return dict(commit_dates(workshop.root / "articles", now=NOW))


def record(workshop: Workshop, path: str) -> Record:
    entries = read_ledger(workshop.root / LEDGER_FILE).entries.values()
    return next(each for each in entries if each.path == path)


def text(title: str) -> str:
    return f"# {title}\n\nWhat is said under the title {title} is long enough to be known again.\n"


def test_a_file_has_the_dates_of_its_first_and_last_commit(
    workshop: Workshop, commit: Commit
) -> None:
    workshop.article("a.md", text("A"))
    workshop.article("deep/b c.md", text("B"))
    commit(day(1))
    workshop.article("a.md", text("A") + "More.\n")
    commit(day(2))
    workshop.article("new.md", text("Not committed"))
    assert dates(workshop) == {
        "a.md": CommitDates(first=day(1), last=day(2)),
        "deep/b c.md": CommitDates(first=day(1), last=day(1)),
    }


def test_renames_are_followed_and_a_name_may_be_used_again(
    workshop: Workshop, commit: Commit
) -> None:
    (workshop.root / "posts").mkdir()
    (workshop.root / "posts" / "ä.md").write_text(text("A"), encoding="utf-8")
    commit(day(1))
    (workshop.root / "posts" / "ä.md").rename(workshop.root / "articles" / "ä.md")
    commit(day(2))
    (workshop.root / "articles" / "ä.md").rename(workshop.root / "articles" / "b.md")
    commit(day(3))
    workshop.article("ä.md", text("Something else, under the same name"))
    commit(day(4))
    assert dates(workshop) == {
        "b.md": CommitDates(first=day(1), last=day(3)),
        "ä.md": CommitDates(first=day(4), last=day(4)),
    }


def test_a_commit_in_the_future_does_not_count(workshop: Workshop, commit: Commit) -> None:
    workshop.article("a.md", text("A"))
    commit(NOW + timedelta(days=1))
    assert dates(workshop) == {}


def test_a_shallow_clone_gives_no_dates(workshop: Workshop, commit: Commit, tmp_path: Path) -> None:
    workshop.article("a.md", text("A"))
    commit(day(1))
    workshop.article("a.md", text("A") + "More.\n")
    commit(day(2))
    git(tmp_path, "clone", "--quiet", "--depth=1", workshop.root.as_uri(), "shallow")
    with pytest.raises(GitError, match="shallow clone"):
        commit_dates(tmp_path / "shallow" / "articles", now=NOW)


def test_within_a_hook_the_repository_is_that_of_the_folder(
    workshop: Workshop, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.article("a.md", text("A"))
    commit(day(1))
    monkeypatch.setenv("GIT_DIR", ".git")
    assert dates(workshop).keys() == {"a.md"}


def test_an_article_without_a_date_gets_those_of_its_commits_once(
    workshop: Workshop, commit: Commit
) -> None:
    workshop.article("a.md", text("A"))
    commit(day(1))
    workshop.article("a.md", text("A") + "More.\n")
    commit(day(2))
    workshop.build()
    first = record(workshop, "a.md")
    assert (first.published, first.updated) == (day(1), day(2))
    workshop.article("a.md", text("A") + "More, and then an edit.\n")
    commit(day(3))
    workshop.later(hours=1)
    workshop.build()
    later = record(workshop, "a.md")
    assert (later.published, later.updated) == (day(1), NOW + timedelta(hours=1))


def test_dates_that_are_stated_count_and_what_is_not_committed_is_new_now(
    workshop: Workshop, commit: Commit
) -> None:
    workshop.article("2019-05-02-named.md", text("Named"))
    workshop.article("stated.md", "---\npublished: 2018-01-01\n---\n" + text("Stated"))
    commit(day(1))
    workshop.article("new.md", text("New"))
    workshop.build()
    assert record(workshop, "2019-05-02-named.md").published.year == 2019
    stated = record(workshop, "stated.md")
    assert stated.published.year == stated.updated.year == 2018
    assert record(workshop, "new.md").published == NOW


def test_files_of_one_commit_are_told_apart_by_seconds(workshop: Workshop, commit: Commit) -> None:
    for name in "abc":
        workshop.article(f"{name}.md", text(name))
    commit(NOW - timedelta(seconds=1))
    workshop.build()
    records = [record(workshop, f"{name}.md") for name in "abc"]
    moments = [NOW - timedelta(seconds=seconds) for seconds in (3, 2, 1)]
    assert [each.published for each in records] == moments
    assert len({each.updated for each in records}) == 3
    assert all(each.published <= each.updated <= NOW for each in records)


def test_without_a_repository_there_is_one_warning_where_a_date_is_needed(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path).start(GIT_CONFIG)
    workshop.article("2019-05-02-named.md", text("Named"))
    assert "warning" not in workshop.build().stderr
    workshop.article("a.md", text("A"))
    workshop.article("b.md", text("B"))
    (warning,) = (
        line for line in workshop.build().stderr.splitlines() if line.startswith("warning: ")
    )
    assert "not a git repository" in warning
    assert "2 articles without a date" in warning
    assert "warning" not in workshop.build().stderr


def test_without_git_the_warning_says_so(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    workshop.article("a.md", text("A"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "there is no git on this machine" in workshop.build().stderr
