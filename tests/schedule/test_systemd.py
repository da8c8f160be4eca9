"""`feedpub schedule systemd`: the units, as systemd itself reads them, and who may change them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedpub.schedule.job import Job
from feedpub.schedule.recurrence import read_daily
from feedpub.schedule.systemd import Systemd

from ..workshop import Workshop

AWKWARD = "a 100% of 'é\" \\\\ $HOME"
DAEMON = Path("/lib/systemd/systemd")
NOBODY = 65534

needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze") and os.environ.get("CI") != "true",
    reason="systemd is not installed: apt-get install systemd",
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's config is; a script in place of `systemctl` records its arguments."""
    program = tmp_path / "bin" / "systemctl"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho \"$@\" >> '{tmp_path / 'calls'}'\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    (tmp_path / AWKWARD).mkdir()
    return Workshop(tmp_path / AWKWARD).start()


def units(home: Path) -> dict[str, str]:
    folder = home / "config" / "systemd" / "user"
    return {file.suffix: file.read_text(encoding="utf-8") for file in folder.glob("*")}


def calls(home: Path) -> list[str]:
    """The arguments of systemctl since the last call of this function, without the unit's name."""
    file = home / "calls"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return [line.rpartition(" feedpub-")[0] or line for line in lines]


def test_installing_writes_two_units_and_starts_the_timer(workshop: Workshop, home: Path) -> None:
    result = workshop.run("schedule", "systemd", "--install", "--daily", "07:30")
    assert result.code == 0, result.stderr
    assert "loginctl enable-linger" in result.stdout
    assert set(units(home)) == {".service", ".timer"}
    assert "OnCalendar=*-*-* 07:30:00\n" in units(home)[".timer"]
    assert "Persistent=true\n" in units(home)[".timer"]
    assert calls(home) == ["--user daemon-reload", "--user enable", "--user restart"]


def test_installing_twice_changes_nothing(workshop: Workshop, home: Path) -> None:
    workshop.run("schedule", "systemd", "--install")
    before = units(home)
    calls(home)
    assert "nothing was changed" in workshop.run("schedule", "systemd", "--install").stdout
    assert units(home) == before
    assert calls(home) == ["--user daemon-reload", "--user enable", "--user start"]


def test_passwords_are_not_lost_when_only_the_times_are_said_anew(
    workshop: Workshop, home: Path
) -> None:
    (workshop.root / "env").write_text("FEEDPUB_USER='ada'\n")
    workshop.run("schedule", "systemd", "--install", "--env-file", "env")
    before = units(home)
    result = workshop.run("schedule", "systemd", "--install", "--daily", "07:30")
    assert (result.code, "Say --env-file again" in result.stderr) == (2, True)
    assert units(home) == before


def test_show_prints_what_stands_there(workshop: Workshop, home: Path) -> None:
    assert "Nothing of " in workshop.run("schedule", "systemd", "--show").stdout
    workshop.run("schedule", "systemd", "--install")
    shown = workshop.run("schedule", "systemd", "--show").stdout
    assert shown == workshop.run("schedule", "systemd").stdout
    assert all(text in shown for text in units(home).values())


def test_remove_takes_away_both_units_and_nothing_else(workshop: Workshop, home: Path) -> None:
    workshop.run("schedule", "systemd", "--install")
    other = home / "config" / "systemd" / "user" / "backup.timer"
    other.write_text("[Timer]\n")
    calls(home)
    assert workshop.run("schedule", "systemd", "--remove").stdout.startswith("Taken out of ")
    assert units(home) == {".timer": "[Timer]\n"}
    assert calls(home) == ["--user disable --now", "--user daemon-reload"]
    assert "nothing was changed" in workshop.run("schedule", "systemd", "--remove").stdout
    assert calls(home) == []


def test_a_unit_that_somebody_else_wrote_is_left_alone(workshop: Workshop, home: Path) -> None:
    workshop.run("schedule", "systemd", "--install")
    (timer,) = (home / "config" / "systemd" / "user").glob("*.timer")
    timer.write_text("[Timer]\n# mine\n")
    result = workshop.run("schedule", "systemd", "--install")
    assert result.code == 2
    assert "was not written by feedpub" in result.stderr
    workshop.run("schedule", "systemd", "--remove")
    assert units(home) == {".timer": "[Timer]\n# mine\n"}


def test_folders_of_one_name_have_units_of_their_own(home: Path) -> None:
    for parent in ("a", "b"):
        (home / parent / "feeds").mkdir(parents=True)
        Workshop(home / parent / "feeds").start().run("schedule", "systemd", "--install")
    assert len(list((home / "config" / "systemd" / "user").glob("feedpub-feeds-*"))) == 4


def test_where_no_systemd_is_at_work_it_says_so(
    workshop: Workshop, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    systemctl = home / "bin" / "systemctl"
    systemctl.write_text("#!/bin/sh\necho 'Failed to connect to bus' >&2\nexit 1\n")
    result = workshop.run("schedule", "systemd", "--install")
    assert result.code == 2
    assert "Failed to connect to bus" in result.stderr
    assert "feedpub schedule cron" in result.stderr
    monkeypatch.setenv("PATH", "/nowhere")
    workshop.run("schedule", "systemd", "--remove")
    assert units(home) == {}


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(params=["a 100% of é $HOME", AWKWARD])
def installed(request: pytest.FixtureRequest, open_folder: Path) -> Job:
    """A job whose every path is awkward, its units in `config`."""
    root = open_folder / AWKWARD
    root.mkdir()
    python = open_folder / request.param / "python"
    python.parent.mkdir(exist_ok=True)
    python.symlink_to("/bin/true")
    env_file = root / "env"
    env_file.write_text("FEEDPUB_USER='ada'\n")
    job = Job(config=root / "config.toml", program=(str(python), "-P"), env_file=env_file)
    folder = open_folder / "config" / "systemd" / "user"
    folder.mkdir(parents=True)
    for part in Systemd(folder).text(job, read_daily("07:30")).split(f"# {folder}/")[1:]:
        name, text = part.split("\n", 1)
        (folder / name).write_text(text, encoding="utf-8")
    return job


def environment(open_folder: Path) -> dict[str, str]:
    runtime = open_folder / "runtime"
    runtime.mkdir(mode=0o700)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(open_folder),
        "XDG_CONFIG_HOME": str(open_folder / "config"),
        "XDG_RUNTIME_DIR": str(runtime),
        "SYSTEMD_LOG_TARGET": "console",
    }


@pytest.mark.real
@needs_systemd
@pytest.mark.usefixtures("installed")
def test_systemd_finds_no_fault_in_the_units(open_folder: Path) -> None:
    files = [str(file) for file in (open_folder / "config" / "systemd" / "user").iterdir()]
    assert len(files) == 2
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *files],
        env=environment(open_folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.real
@needs_systemd
def test_systemd_reads_every_word_as_it_was_meant(installed: Job, open_folder: Path) -> None:
    variables = environment(open_folder)
    (service,) = (open_folder / "config" / "systemd" / "user").glob("*.service")
    words = [str(DAEMON), "--user", "--test", f"--unit={service.name}"]
    if os.geteuid() == 0:
        # systemd refuses to be tried as root.
        words = ["setpriv", f"--reuid={NOBODY}", "--clear-groups", *words]
        os.chown(open_folder / "runtime", NOBODY, -1)
    dump = subprocess.run(words, env=variables, capture_output=True, text=True, check=True).stdout
    unit = dump.split(f"-> Unit {service.name}")[1].split("-> Unit ")[0]
    values = {
        key: value for key, _, value in (line.strip().partition(": ") for line in unit.split("\n"))
    }
    # systemd writes the words as a shell reads them.
    show = ["/bin/sh", "-c", f"printf '%s\\n' {values['Command Line']}"]
    read = subprocess.run(show, capture_output=True, text=True, check=True).stdout.splitlines()
    shell, command = ["/bin/sh", "-c", 'exec "$0" "$@"'], list(installed.command)
    assert read in (command, [*shell, *command])
    assert values["EnvironmentFile"] == str(installed.env_file)
    assert values["Description"] == f"feedpub publish for {installed.root}"
