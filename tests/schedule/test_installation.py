"""What the services install feedpub from: config.toml, else where this one came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.schedule.installation import direct_url, install_notes, requirement
from feedpub.schedule.job import Job
from feedpub.schedule.kind import SchedulerKind
from feedpub.version import VERSION

from ..workshop import CONFIG, Workshop

COMMIT = "4cedbba5de2dcb33de9ae2ee9d2b8f1a1b2c3d4e"


def job(install: str = "", *extras: str) -> Job:
    return Job(config=Path("/a/config.toml"), program=(), install=install, extras=extras)


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_config_says_what_is_installed(tmp_path: Path, kind: str) -> None:
    install = f"git+https://git.example/it's/feedpub.git@{COMMIT}"
    workshop = Workshop(tmp_path).start(f'{CONFIG}[publish]\ninstall = "{install}"\n')
    said = workshop.run("schedule", kind)
    quoted = install.replace("'", "'\"'\"'")
    assert f"pip install --quiet '{quoted}'\n" in said.stdout
    assert said.stderr == ""


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_an_installation_from_a_folder_is_named_in_a_note(tmp_path: Path, kind: str) -> None:
    # As the tests run from a working copy, it was installed from a folder.
    said = Workshop(tmp_path).start().run("schedule", kind)
    assert f"pip install --quiet feedpub=={VERSION}\n" in said.stdout
    assert said.stderr.startswith("note: [publish] install: is not set")


def test_on_this_machine_nothing_is_installed(tmp_path: Path) -> None:
    assert "install" not in Workshop(tmp_path).start().run("schedule", "cron").stderr


def test_a_requirement_without_a_version_is_noted() -> None:
    pinned = (
        "feedpub==1.0",
        "wheels/feedpub-1.0-py3-none-any.whl",
        "https://host.example/feedpub.zip",
        f"git+https://git.example/feedpub@{COMMIT}",
        f"feedpub @ git+ssh://git@git.example/feedpub.git@{COMMIT}#subdirectory=x",
    )
    moving = (
        "feedpub",
        "git+https://git.example/feedpub",
        "feedpub[brotli] @ git+ssh://git@git.example/feedpub.git",
    )
    for install in (*pinned, *moving):
        codes = [each.code for each in install_notes(SchedulerKind.GITHUB, job(install))]
        assert codes == (["install-not-pinned"] if install in moving else []), install
        assert requirement(job(install)) == install


def test_extras_that_the_config_needs_are_installed_too() -> None:
    assert requirement(job("", "brotli")) == f"feedpub[brotli]=={VERSION}"


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        (
            {
                "url": "https://git.example/feedpub.git",
                "vcs_info": {"vcs": "git", "requested_revision": "main", "commit_id": COMMIT},
                "subdirectory": "python",
            },
            f"git+https://git.example/feedpub.git@{COMMIT}#subdirectory=python",
        ),
        (
            {
                "url": "https://host.example/feedpub-1.0.whl",
                "archive_info": {"hashes": {"sha256": "abc"}},
            },
            "https://host.example/feedpub-1.0.whl#sha256=abc",
        ),
        ({"url": "https://host.example/feedpub.zip", "archive_info": {}}, "https://host.example/feedpub.zip"),
        ({"url": "file:///home/ada/feedpub.whl", "archive_info": {}}, ""),
        ({"url": "file:///home/ada/feedpub", "dir_info": {"editable": True}}, ""),
    ],
)  # fmt: skip
def test_what_pip_has_recorded_is_installed_again(
    recorded: dict[str, object], expected: str
) -> None:
    assert direct_url(recorded) == expected


@pytest.mark.parametrize(
    "install", ["https://ada:hush@host.example/feedpub.zip", "git+https://hush@host.example/f"]
)
def test_no_secret_and_no_option_comes_into_the_workflow(tmp_path: Path, install: str) -> None:
    workshop = Workshop(tmp_path).start(f'{CONFIG}[publish]\ninstall = "{install}"\n')
    said = workshop.run("schedule", "github")
    assert said.code == 2
    assert "hush" not in said.stderr
    workshop.config(f'{CONFIG}[publish]\ninstall = "--index-url=https://host.example"\n')
    assert "not an option" in workshop.run("schedule", "github").stderr
