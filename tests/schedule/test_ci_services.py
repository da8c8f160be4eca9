"""`feedpub schedule github` and `gitlab`: files that fit their schemas, and shell that keeps the
ledger whoever else writes to the repository."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml_rs

from ..workshop import CONFIG, Workshop

ARTICLE = "A title\n\nA text that is long enough to be one.\n"
TARGETS = """
[push]
target = "https://dav.example.org/feeds/"

[[target]]
name = "mirror"
url = "s3://clippings/feeds"
"""
FILES = {"github": ".github/workflows/feedpub.yml", "gitlab": ".gitlab-ci.yml"}
SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}
KINDS = pytest.mark.parametrize("kind", FILES)


def git(folder: Path, *words: str) -> str:
    """The stdout of git, independent of the config of this user and machine."""
    isolated = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    names = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    return subprocess.run(
        ["git", *names, *words],
        cwd=folder,
        env=os.environ | isolated,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """The curator's clone, with a remote of its own."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    git(tmp_path, "clone", "--quiet", "remote.git", "mine")
    workshop = Workshop(tmp_path / "mine").start(a_txt=ARTICLE)
    (workshop.root / ".feedpub").mkdir()
    return workshop


@pytest.fixture(params=["", "it's a 100% of é"])
def folder(request: pytest.FixtureRequest, workshop: Workshop) -> Workshop:
    """A folder with articles, which is the repository or stands in it."""
    if not request.param:
        return workshop
    (workshop.root / request.param).mkdir()
    return Workshop(workshop.root / request.param).start(a_txt=ARTICLE)


# The files


@KINDS
def test_they_fit_the_schemas_of_the_services(folder: Workshop, kind: str, tmp_path: Path) -> None:
    folder.config(CONFIG + TARGETS)
    for times in (("--every", "15m"), ("--daily", "07:30")):
        result = folder.run("schedule", kind, *times)
        assert result.code == 0, result.stderr
        (tmp_path / "file.yml").write_text(result.stdout, encoding="utf-8")
        check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[kind]]
        done = subprocess.run(
            [*check, str(tmp_path / "file.yml")], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("persona", ["regular", "pedantic"])
def test_zizmor_finds_nothing_to_say_of_the_workflow(
    folder: Workshop, persona: str, tmp_path: Path
) -> None:
    folder.config(CONFIG + TARGETS + '[articles]\ndates = "git"\n')
    workflow = tmp_path / ".github" / "workflows" / "feedpub.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(folder.run("schedule", "github").stdout, encoding="utf-8")
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "zizmor"),
            *("--offline", "--no-progress", "--format=json", f"--persona={persona}"),
            str(workflow),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stdout + done.stderr


@KINDS
def test_the_whole_history_is_there_where_commits_date_articles(
    workshop: Workshop, kind: str
) -> None:
    words = {"github": "fetch-depth: 0", "gitlab": 'GIT_DEPTH: "0"'}[kind]
    assert words not in workshop.run("schedule", kind).stdout
    workshop.config(CONFIG + '[articles]\ndates = "git"\n')
    assert words in workshop.run("schedule", kind).stdout


def test_no_step_but_the_last_can_push(workshop: Workshop) -> None:
    workflow = steps(workshop.run("schedule", "github").stdout)
    keep = workflow.pop("Keep the ledger and the feeds")
    assert keep["env"] == {"TOKEN": "${{ github.token }}"}
    assert "token" not in str(workflow).lower()
    assert workflow[""]["with"] == {"python-version": "3.13"}


@KINDS
def test_install_writes_the_file_and_remove_takes_it_away(workshop: Workshop, kind: str) -> None:
    file = workshop.root / FILES[kind]
    result = workshop.run("schedule", kind, "--install")
    assert result.code == 0, result.stderr
    assert "Commit and push it." in result.stdout
    text = file.read_text(encoding="utf-8")
    assert text == workshop.run("schedule", kind).stdout
    assert workshop.run("schedule", kind, "--show").stdout == text
    assert "nothing was changed" in workshop.run("schedule", kind, "--install").stdout
    workshop.run("schedule", kind, "--install", "--daily", "07:30")
    assert "30 7 * * *" in file.read_text(encoding="utf-8")
    assert workshop.run("schedule", kind, "--remove").stdout.startswith("Taken out of ")
    assert not file.exists()
    assert "nothing was changed" in workshop.run("schedule", kind, "--remove").stdout


@KINDS
def test_a_file_that_somebody_else_wrote_is_left_alone(workshop: Workshop, kind: str) -> None:
    file = workshop.root / FILES[kind]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("mine: true\n", encoding="utf-8")
    result = workshop.run("schedule", kind, "--install")
    assert result.code == 2
    assert "was not written by feedpub" in result.stderr
    assert "nothing was changed" in workshop.run("schedule", kind, "--remove").stdout
    assert file.read_text(encoding="utf-8") == "mine: true\n"


def test_each_folder_of_a_repository_has_a_workflow_of_its_own(workshop: Workshop) -> None:
    for name in ("a", "b"):
        (workshop.root / name).mkdir()
        inner = Workshop(workshop.root / name).start()
        assert inner.run("schedule", "github", "--install").code == 0
    workflows = workshop.root / ".github" / "workflows"
    assert sorted(file.name for file in workflows.iterdir()) == ["feedpub-a.yml", "feedpub-b.yml"]


def test_secrets_are_named_where_they_are_needed_and_nowhere_held(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDPUB_PASSWORD", "hush")
    workshop.config(CONFIG + TARGETS)
    result = workshop.run("schedule", "github")
    publish = steps(result.stdout)["Publish"]
    assert publish["env"] == {
        name: f"${{{{ secrets.{name} }}}}"
        for name in (
            "FEEDPUB_USER",
            "FEEDPUB_PASSWORD",
            "FEEDPUB_MIRROR_AWS_ACCESS_KEY_ID",
            "FEEDPUB_MIRROR_AWS_SECRET_ACCESS_KEY",
        )
    }
    assert "hush" not in result.stdout + result.stderr
    for kind in FILES:
        steps_left = workshop.run("schedule", kind, "--install").stdout
        assert "FEEDPUB_USER, FEEDPUB_PASSWORD, FEEDPUB_MIRROR_AWS_ACCESS_KEY_ID" in steps_left


def test_the_variables_are_those_that_credentials_look_for(workshop: Workshop) -> None:
    from feedpub.config import load_settings
    from feedpub.hosts.credentials import Credentials, variables

    workshop.config(CONFIG + TARGETS)
    web, store = load_settings(workshop.root / "config.toml").targets
    login = Credentials({name: name for name in variables((web,))}).login(web)
    assert login
    assert (login.user, login.password.reveal()) == ("FEEDPUB_USER", "FEEDPUB_PASSWORD")
    keys = Credentials({name: name for name in variables((store,))}).aws_keys(store)
    assert keys.key_id == "FEEDPUB_MIRROR_AWS_ACCESS_KEY_ID"


@KINDS
def test_what_a_forge_will_not_do_is_said(workshop: Workshop, kind: str, tmp_path: Path) -> None:
    result = workshop.run("schedule", kind, "--every", "1m")
    assert (result.code, result.stdout) == (2, "")
    assert "The nearest: 5m." in result.stderr
    (tmp_path / "alone").mkdir()
    alone = Workshop(tmp_path / "alone").start()
    result = alone.run("schedule", kind, "--install")
    assert result.code == 2
    assert "is in no git repository" in result.stderr


# The shell in them


def steps(text: str) -> dict[str, dict[str, Any]]:
    workflow = yaml_rs.loads(text)
    return {
        each.get("name", ""): each
        for each in workflow["jobs"]["publish"]["steps"]  # type: ignore[call-overload]
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Runs a workflow as the service does: clones the branch, runs the shell of the file."""

    kind: str
    text: str
    remote: Path
    place: Path

    def check_out(self, name: str) -> Path:
        """A fresh clone, as shallow as the service's."""
        git(self.place, "clone", "--quiet", "--depth=1", self.remote.as_uri(), name)
        return self.place / name

    def run(self, clone: Path) -> subprocess.CompletedProcess[str]:
        """Runs all but `pip install`."""
        binaries = Path(sys.executable).parent
        environment = {
            "PATH": f"{binaries}:{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GITHUB_REF_NAME": "main",
            "CI_COMMIT_BRANCH": "main",
        }
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", f"sleep() {{ :; }}\n{self.script()}"],
            cwd=clone,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def script(self) -> str:
        """The lines of one run, one after the other."""
        if self.kind == "github":
            publish = steps(self.text)["Publish"]["run"]
            keep = steps(self.text)["Keep the ledger and the feeds"]["run"]
            # Each step has a shell of its own, and the second is run in any case.
            return f"code=0\nbash -e -c {shlex.quote(publish)} || code=$?\n{keep}\nexit $code\n"
        workflow = yaml_rs.loads(self.text)
        (job,) = (each for each in workflow.values() if isinstance(each, dict))  # type: ignore[union-attr]
        lines = [f"remote={self.remote.as_uri()}" if x.startswith("remote=") else x
                 for x in job["script"] if not x.startswith("pip ")]  # fmt: skip
        return "\n".join(lines)


@pytest.fixture(params=FILES)
def runner(request: pytest.FixtureRequest, folder: Workshop, tmp_path: Path) -> Runner:
    text = folder.run("schedule", request.param).stdout
    push_all(folder.root)
    place = tmp_path / "machines"
    place.mkdir()
    return Runner(kind=request.param, text=text, remote=tmp_path / "remote.git", place=place)


def push_all(root: Path) -> None:
    """What the curator does after writing."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Write")
    git(root, "push", "--quiet", "origin", "HEAD:main")


def ids(root: Path) -> list[str]:
    """The lines of the ledger that tell of entries."""
    ledger = (root / ".feedpub" / "ledger.jsonl").read_text(encoding="utf-8")
    return [line for line in ledger.splitlines() if '"entry"' in line]


@pytest.mark.real
def test_a_run_keeps_ledger_and_feeds_and_the_next_has_nothing_to_do(
    runner: Runner, folder: Workshop
) -> None:
    done = runner.run(runner.check_out("first"))
    assert done.returncode == 0, done.stderr
    git(folder.root, "pull", "--quiet", "--rebase", "origin", "main")
    assert len(ids(folder.root)) == 1
    assert b"A title" in folder.feed()
    before = git(folder.root, "log", "--format=%s")
    assert before.split("\n")[0] == "Publish"
    done = runner.run(runner.check_out("second"))
    assert (done.returncode, done.stdout) == (0, "")
    git(folder.root, "pull", "--quiet", "--rebase", "origin", "main")
    assert git(folder.root, "log", "--format=%s") == before


@pytest.mark.real
def test_a_run_that_had_to_wait_starts_from_what_the_one_before_has_left(
    runner: Runner, folder: Workshop
) -> None:
    if runner.kind == "github":
        # There it is the action that checks out, before our shell has a say.
        assert "ref: ${{ github.ref_name }}" in runner.text
        return
    waiting = runner.check_out("waiting")
    runner.run(runner.check_out("first"))
    done = runner.run(waiting)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    git(folder.root, "pull", "--quiet", "--rebase", "origin", "main")
    assert len(ids(folder.root)) == 1


@pytest.mark.real
def test_what_was_pushed_during_a_run_is_kept_too(runner: Runner, folder: Workshop) -> None:
    runner.run(runner.check_out("first"))
    git(folder.root, "pull", "--quiet", "--rebase", "origin", "main")
    folder.article("c.txt", ARTICLE.replace("A title", "The third"))
    push_all(folder.root)
    clone = runner.check_out("second")
    # The curator builds here, and pushes while the machine is at work on what was there before.
    folder.article("b.txt", ARTICLE.replace("A title", "Another"))
    folder.build()
    push_all(folder.root)
    done = runner.run(clone)
    assert done.returncode == 0, done.stderr
    git(folder.root, "pull", "--quiet", "--rebase", "origin", "main")
    paths = [
        part for part in ("a.txt", "b.txt", "c.txt") if any(part in x for x in ids(folder.root))
    ]
    assert paths == ["a.txt", "b.txt", "c.txt"]
    assert runner.run(runner.check_out("third")).returncode == 0
    git(folder.root, "pull", "--quiet", "--rebase", "origin", "main")
    assert folder.feed().count(b"<entry>") == 3


@pytest.mark.real
def test_a_run_that_leaves_something_out_fails_and_still_keeps_the_rest(
    runner: Runner, folder: Workshop
) -> None:
    folder.article("bad.md", "---\ndraft: perhaps\n---\nText\n")
    push_all(folder.root)
    done = runner.run(runner.check_out("first"))
    assert done.returncode == 1
    assert "bad.md:2" in done.stderr
    git(folder.root, "pull", "--quiet", "--rebase", "origin", "main")
    assert len(ids(folder.root)) == 1


@pytest.mark.real
def test_a_run_that_may_not_push_fails(runner: Runner) -> None:
    clone = runner.check_out("first")
    hook = runner.remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    assert runner.run(clone).returncode != 0
