"""`feedpub schedule` and cron: the times, the user's crontab, and what a bare environment runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedpub.errors import ScheduleError
from feedpub.schedule.cron import Cron, cron_command, with_block, without_block
from feedpub.schedule.job import Job
from feedpub.schedule.recurrence import calendar_times, cron_times, read_daily, read_every

from ..workshop import CONFIG, CONFIG_WITH_LINKS, Workshop

ARTICLE = "A title\n\nA text that is long enough to be one.\n"
AWKWARD = "a 100% of 'é\" \\\\ $HOME"
OTHERS = 'MAILTO=ada@example.org\n\n# mine\n0 5 * * 1 tar -zcf "/var/x %\\%y.tgz" /home\n'
CRONTAB = """#!/bin/sh
case "$1" in
-l) cat '{file}' 2>/dev/null || {{ echo "no crontab for ada" >&2; exit 1; }} ;;
-r) rm '{file}' ;;
-) cat > '{file}' ;;
esac
"""
WORDS = st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"])), min_size=1)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    (tmp_path / AWKWARD).mkdir()
    return Workshop(tmp_path / AWKWARD).start(a_txt=ARTICLE)


@pytest.fixture
def crontab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that a stand-in for the program `crontab` keeps."""
    program = tmp_path / "bin" / "crontab"
    program.parent.mkdir()
    program.write_text(CRONTAB.format(file=tmp_path / "crontab"), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    return tmp_path / "crontab"


# Times


@pytest.mark.parametrize(
    ("every", "fields", "calendar"),
    [
        ("1m", "* * * * *", "*-*-* *:00/1:00"),
        ("15m", "*/15 * * * *", "*-*-* *:00/15:00"),
        ("60m", "0 * * * *", "*-*-* 00/1:00:00"),
        ("2h", "0 */2 * * *", "*-*-* 00/2:00:00"),
        ("24h", "0 0 * * *", "*-*-* 00:00:00"),
    ],
)
def test_even_steps_are_told_to_cron_and_systemd(every: str, fields: str, calendar: str) -> None:
    assert cron_times(read_every(every)) == fields
    assert calendar_times(read_every(every)) == calendar


def test_a_time_of_day_is_told_to_cron_and_systemd() -> None:
    assert cron_times(read_daily("07:30")) == "30 7 * * *"
    assert calendar_times(read_daily("7:30")) == "*-*-* 07:30:00"


def test_steps_may_begin_past_the_full_hour() -> None:
    assert cron_times(read_every("15m"), offset=7) == "7-59/15 * * * *"
    assert cron_times(read_every("5m"), offset=7) == "2-59/5 * * * *"
    assert cron_times(read_every("2h"), offset=7) == "7 */2 * * *"


@pytest.mark.parametrize(
    ("every", "nearest"),
    [("7m", "6m or 10m"), ("45m", "30m or 1h"), ("90m", "1h or 2h"), ("0m", "1m"), ("48h", "24h")],
)
def test_a_step_that_cron_can_not_keep_names_the_nearest(every: str, nearest: str) -> None:
    with pytest.raises(ScheduleError, match=f"The nearest: {nearest}.$"):
        read_every(every)


@pytest.mark.parametrize("text", ["", "15", "m", "-5m", "1.5h", "1d", "fast"])
def test_what_is_no_step_is_said(text: str) -> None:
    with pytest.raises(ScheduleError, match="such as 15m or 2h"):
        read_every(text)


@pytest.mark.parametrize("text", ["", "7", "24:00", "07:60", "7am"])
def test_what_is_no_time_of_day_is_said(text: str) -> None:
    with pytest.raises(ScheduleError, match="such as 07:30"):
        read_daily(text)


# The words of the command


def after_cron(line: str, *, takes_backslash: bool, makes_one_of_two: bool) -> str:
    """What cron hands to the shell; the kinds of cron differ in what they do with a backslash."""
    assert not re.search(r"(?<!\\)%", line), "cron would end the line here"
    line = line.replace("\\%", "%") if takes_backslash else line
    return line.replace("\\\\", "\\") if makes_one_of_two else line


@given(words=WORDS)
@example(words=[AWKWARD, "\\%", "%\\", "\\\\\\"])
def test_every_path_reaches_the_command_through_any_cron(words: list[str]) -> None:
    job = Job(config=Path("/x/config.toml"), program=tuple(words))
    for takes in (True, False):
        for makes in (True, False):
            line = after_cron(cron_command(job), takes_backslash=takes, makes_one_of_two=makes)
            assert shlex.split(line) == list(job.command)


def test_a_path_that_no_schedule_can_hold_is_refused() -> None:
    with pytest.raises(ScheduleError, match=r"a\\nb.*control character"):
        Job(config=Path("/a\nb/config.toml"), program=("feedpub",))


def test_the_line_runs_in_a_bare_environment_from_any_folder(
    workshop: Workshop, tmp_path: Path
) -> None:
    workshop.article("é.txt", "Another\n\nA text that has an é in its name.\n")
    (tmp_path / "json.py").write_text("raise RuntimeError('not for you')", encoding="utf-8")
    (line,) = (x for x in workshop.run("schedule").stdout.splitlines() if x.startswith("*/15"))
    command = after_cron(line.split(maxsplit=5)[5], takes_backslash=True, makes_one_of_two=False)
    done = subprocess.run(
        ["env", "-i", "/bin/sh", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "2 new; 2 feeds written\n", "")
    assert "é.txt" in (workshop.root / ".feedpub" / "ledger.jsonl").read_text(encoding="utf-8")
    assert "2 new" in (workshop.root / ".feedpub" / "publish.log").read_text(encoding="utf-8")


def test_passwords_are_not_lost_when_only_the_times_are_said_anew(
    workshop: Workshop, crontab: Path
) -> None:
    file = workshop.root / "env"
    file.write_text("FEEDPUB_USER='ada'\n")
    file.chmod(0o600)
    workshop.run("schedule", "--install", "--env-file", "env")
    before = crontab.read_text()
    result = workshop.run("schedule", "--install", "--daily", "07:30")
    assert (result.code, "Say --env-file again" in result.stderr) == (2, True)
    assert crontab.read_text() == before
    result = workshop.run("schedule", "--install", "--daily", "07:30", "--env-file", "env")
    assert (result.code, "30 7 * * * set -a" in crontab.read_text()) == (0, True)


def test_the_env_file_gives_its_variables_to_the_command(tmp_path: Path) -> None:
    file = tmp_path / AWKWARD
    file.write_text("FEEDPUB_PASSWORD='two words $HOME'\n", encoding="utf-8")
    show = ("/bin/sh", "-c", 'printf "%s" "$FEEDPUB_PASSWORD"')
    line = cron_command(Job(config=tmp_path / "config.toml", program=show, env_file=file))
    command = after_cron(line, takes_backslash=True, makes_one_of_two=False)
    done = subprocess.run(["env", "-i", "/bin/sh", "-c", command], capture_output=True, check=True)
    assert done.stdout == b"two words $HOME"


# The crontab


@given(crontab=st.text(st.characters(exclude_characters="\0")))
@example(crontab="# >>> feedpub: /x/config.toml.old\n")
def test_taking_out_gives_back_the_crontab_that_was(crontab: str) -> None:
    job = Job(config=Path("/x/config.toml"), program=("feedpub",))
    crontab += "\n"
    block = Cron().text(job, read_every("15m"))
    full = with_block(crontab, block, job.config)
    assert with_block(full, block, job.config) == full
    assert full.startswith(crontab)
    assert without_block(full, job.config) == crontab


def test_installing_twice_changes_nothing(workshop: Workshop, crontab: Path) -> None:
    crontab.write_text(OTHERS, encoding="utf-8")
    first = workshop.run("schedule", "--install")
    assert first.code == 0, first.stderr
    assert first.stdout.startswith("Written to your crontab: every 15 minutes, ")
    once = crontab.read_text(encoding="utf-8")
    assert once == OTHERS + workshop.run("schedule").stdout
    second = workshop.run("schedule", "cron", "--install", "--config", str(workshop.root))
    assert "nothing was changed" in second.stdout
    assert crontab.read_text(encoding="utf-8") == once


def test_other_times_take_the_place_of_the_first(workshop: Workshop, crontab: Path) -> None:
    workshop.run("schedule", "--install")
    crontab.write_text(crontab.read_text(encoding="utf-8") + OTHERS, encoding="utf-8")
    workshop.run("schedule", "--install", "--daily", "07:30")
    text = crontab.read_text(encoding="utf-8")
    assert text.startswith(workshop.run("schedule", "--daily", "07:30").stdout)
    assert text.count("publish --config") == 1
    assert text.endswith(OTHERS)


def test_remove_takes_out_the_lines_of_this_folder_alone(
    workshop: Workshop, crontab: Path, tmp_path: Path
) -> None:
    crontab.write_bytes(OTHERS.encode() + b"# \xe9\r\n")
    other = tmp_path / "other"
    other.mkdir()
    Workshop(other).start().run("schedule", "--install")
    before = crontab.read_bytes()
    workshop.run("schedule", "--install", "--every", "2h")
    assert crontab.read_bytes() != before
    assert workshop.run("schedule", "--remove").stdout == "Taken out of your crontab.\n"
    assert crontab.read_bytes() == before
    assert "nothing was changed" in workshop.run("schedule", "--remove").stdout


def test_a_folder_that_is_gone_can_be_taken_out(workshop: Workshop, crontab: Path) -> None:
    workshop.run("schedule", "--install")
    gone = workshop.root.rename(workshop.root.parent / "moved")
    result = Workshop(gone).run("schedule", "--remove", "--config", str(workshop.root))
    assert result.stdout == "Taken out of your crontab.\n"
    assert not crontab.exists()


def test_show_prints_what_is_set_up(workshop: Workshop, crontab: Path) -> None:
    assert workshop.run("schedule", "--show").stdout.startswith("Nothing of ")
    workshop.run("schedule", "--install", "--every", "5m")
    assert workshop.run("schedule", "--show").stdout == crontab.read_text(encoding="utf-8")


def test_a_crontab_that_can_not_be_read_is_not_written(workshop: Workshop, crontab: Path) -> None:
    program = crontab.parent / "bin" / "crontab"
    program.write_text(
        f"#!/bin/sh\ncase $1 in -l) echo 'you may not' >&2; exit 1;; *) cat > '{crontab}';; esac\n"
    )
    result = workshop.run("schedule", "--install")
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith("crontab -l: you may not. Is cron installed")
    assert not crontab.exists()


def test_without_cron_it_says_what_to_do(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = workshop.run("schedule", "--install")
    assert result.code == 2
    assert "crontab: can't be run: No such file or directory. Is cron installed" in result.stderr


def test_half_a_block_is_left_to_the_person(workshop: Workshop, crontab: Path) -> None:
    workshop.run("schedule", "--install")
    half = crontab.read_text(encoding="utf-8").rpartition("# <<<")[0] + OTHERS
    crontab.write_text(half, encoding="utf-8")
    for action in ("--install", "--remove"):
        result = workshop.run("schedule", action)
        assert result.code == 2
        assert "only one of the two marks" in result.stderr
    assert crontab.read_text(encoding="utf-8") == half


# The command


@pytest.mark.parametrize(
    "options",
    [
        ("--install", "--remove"),
        ("--every", "15m", "--daily", "07:30"),
        ("--every", "7m"),
        ("launchd",),
        ("github", "--env-file", "x"),
        ("--env-file", "x"),
        ("--config", "missing.toml"),
    ],
)
def test_a_call_that_makes_no_sense_exits_with_2(
    workshop: Workshop, crontab: Path, options: tuple[str, ...]
) -> None:
    result = workshop.run("schedule", *options)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr
    assert not crontab.exists()


def test_a_password_that_cron_will_not_have_is_said(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.config(CONFIG + '[push]\ntarget = "https://dav.example.org/"\n')
    assert workshop.run("schedule").stderr == ""
    monkeypatch.setenv("FEEDPUB_PASSWORD", "hush")
    result = workshop.run("schedule")
    assert "note: FEEDPUB_PASSWORD: set here, but not where cron runs feedpub" in result.stderr
    assert "hush" not in result.stdout + result.stderr
    (workshop.root / "env").write_text("FEEDPUB_PASSWORD='hush'\n")
    (workshop.root / "env").chmod(0o644)
    assert "chmod 600" in workshop.run("schedule", "--env-file", "env").stderr
    (workshop.root / "env").chmod(0o600)
    assert workshop.run("schedule", "--env-file", "env").stderr == ""


# Debian's cron


@pytest.fixture
def cron() -> Iterator[None]:
    """A cron that runs, and the crontab of this user, put back as it was."""
    before = subprocess.run(["crontab", "-l"], capture_output=True, check=False).stdout
    started = subprocess.Popen(["cron", "-f"]) if os.geteuid() == 0 else None
    yield
    if started:
        started.terminate()
        started.wait(timeout=10)
    if before:
        subprocess.run(["crontab", "-"], input=before, check=True)
    else:
        subprocess.run(["crontab", "-r"], check=False, stderr=subprocess.DEVNULL)


@pytest.mark.real
@pytest.mark.skipif(
    not (shutil.which("cron") and (os.geteuid() == 0 or Path("/run/crond.pid").exists()))
    and os.environ.get("CI") != "true",
    reason="cron is not installed, or does not run and only root could start it",
)
@pytest.mark.usefixtures("cron")
def test_cron_publishes_a_folder_with_an_awkward_path(workshop: Workshop) -> None:
    workshop.config(CONFIG_WITH_LINKS)
    result = workshop.run("schedule", "--install", "--every", "1m")
    assert result.code == 0, result.stderr
    log = workshop.root / ".feedpub" / "publish.log"
    try:
        until = time.monotonic() + 75
        while time.monotonic() < until and not (log.exists() and log.stat().st_size):
            time.sleep(0.2)
        assert "exit code 0: 1 new; 2 feeds written" in log.read_text(encoding="utf-8")
        assert b"A title" in workshop.feed()
    finally:
        assert workshop.run("schedule", "--remove").stdout == "Taken out of your crontab.\n"
