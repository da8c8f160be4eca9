"""`feedpub publish`, as cron runs it: silent, one line, or what is wrong; one run at a time."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from feedpub.cli.log import LogFormat, open_log
from feedpub.run_lock import one_at_a_time

from ..workshop import CONFIG, NOW, Workshop

ARTICLE = "A title\n\nA text that is long enough to be one.\n"


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path).start(
        CONFIG + f'[push]\ntarget = "{(tmp_path / "served").as_uri()}"\npublic = ""\n',
        a_txt=ARTICLE,
    )


class Healthchecks(BaseHTTPRequestHandler):
    """A healthcheck service that writes down what it is told."""

    told: list[tuple[str, str]]
    answer = 200

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        self.told.append((self.path, self.rfile.read(length).decode()))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def healthchecks() -> Iterator[tuple[str, type[Healthchecks]]]:
    service = type("Service", (Healthchecks,), {"told": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), service)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/abc", service
    server.shutdown()
    server.server_close()


def test_it_says_one_line_when_something_was_published_and_nothing_else_later(
    workshop: Workshop,
) -> None:
    said = workshop.run("publish")
    assert said.code == 0, said.stderr
    assert said.stdout.startswith("1 new; 2 feeds written; 2 documents sent to file:///")
    assert said.stdout.count("\n") == 1
    assert (workshop.root / "served" / "atom.xml").read_bytes() == workshop.feed()
    workshop.later(hours=1)
    again = workshop.run("publish")
    assert (again.code, again.stdout, again.stderr) == (0, "", "")


def test_without_a_target_it_builds(workshop: Workshop) -> None:
    workshop.config(CONFIG)
    assert workshop.run("publish").stdout == "1 new; 2 feeds written\n"


def test_a_bad_article_is_said_and_the_rest_is_published(workshop: Workshop) -> None:
    workshop.article("bad.md", "---\ndarft: true\n---\n")
    said = workshop.run("publish")
    assert said.code == 1
    assert said.stderr.startswith("left out: bad.md:2: `darft` is not a key")
    assert (workshop.root / "served" / "atom.xml").exists()


def test_a_file_that_is_gone_is_named(workshop: Workshop) -> None:
    workshop.run("publish")
    (workshop.root / "articles" / "a.txt").unlink()
    assert workshop.run("publish").stdout.startswith("file gone: a.txt; 2 feeds written")
    workshop.article("a.txt", ARTICLE)
    assert workshop.run("publish").stdout.startswith("2 feeds written")


def test_a_target_that_can_not_be_reached_is_for_later(workshop: Workshop) -> None:
    blocked = workshop.root / "served"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    said = workshop.run("publish")
    assert said.code == 2
    assert "served" in said.stderr


def test_the_log_keeps_what_was_said_and_a_program_can_read_it(workshop: Workshop) -> None:
    workshop.run("publish", "--log-file", "log/publish.log")
    (line,) = (workshop.root / "log" / "publish.log").read_text().splitlines()
    assert re.fullmatch(r"\S+Z info    done, exit code 0: 1 new; .*", line)
    workshop.article("bad.md", "---\ndarft: true\n---\n")
    workshop.run("publish", "--log-file", "log/json.log", "--log-format", "json")
    text = (workshop.root / "log" / "json.log").read_text()
    lines = [json.loads(each) for each in text.splitlines()]
    assert [each["level"] for each in lines] == ["error", "info"]
    assert "bad.md:2" in lines[0]["message"]


def test_a_log_does_not_grow_for_ever(workshop: Workshop) -> None:
    log = workshop.root / "publish.log"
    log.write_text("x" * 999_990 + "\n", encoding="utf-8")
    workshop.run("publish", "--log-file", "publish.log")
    assert log.stat().st_size < 1000
    assert (workshop.root / "publish.log.1").stat().st_size == 999_991


def test_runs_that_overlap_begin_one_new_log(tmp_path: Path) -> None:
    log = tmp_path / "publish.log"
    log.write_text("x" * 999_990 + "\n", encoding="utf-8")
    with open_log(log, LogFormat.TEXT) as one, open_log(log, LogFormat.TEXT) as other:
        for each in (one, other, one):
            each.info("a line")
    assert len(log.read_text(encoding="utf-8").splitlines()) == 3
    assert (tmp_path / "publish.log.1").stat().st_size == 999_991
    assert not (tmp_path / "publish.log.2").exists()


def test_a_healthcheck_service_hears_of_success_and_of_failure(
    workshop: Workshop, healthchecks: tuple[str, type[Healthchecks]]
) -> None:
    url, service = healthchecks
    config = (workshop.root / "config.toml").read_text(encoding="utf-8")
    workshop.config(config + f'[publish]\nheartbeat = "{url}"\n')
    workshop.run("publish")
    workshop.article("bad.md", "---\ndarft: true\n---\n")
    workshop.run("publish")
    assert [path for path, _ in service.told] == ["/abc", "/abc/fail"]
    assert "bad.md:2" in service.told[1][1]


def test_the_address_of_a_heartbeat_may_have_a_query(
    workshop: Workshop, healthchecks: tuple[str, type[Healthchecks]]
) -> None:
    url, service = healthchecks
    config = (workshop.root / "config.toml").read_text(encoding="utf-8")
    workshop.config(config + f'[publish]\nheartbeat = "{url}?create=1"\n')
    workshop.article("bad.md", "---\ndarft: true\n---\n")
    workshop.run("publish")
    assert [path for path, _ in service.told] == ["/abc/fail?create=1"]


def test_a_run_that_finds_another_at_work_leaves_the_heartbeat_to_it(
    workshop: Workshop, healthchecks: tuple[str, type[Healthchecks]]
) -> None:
    url, service = healthchecks
    config = (workshop.root / "config.toml").read_text(encoding="utf-8")
    workshop.config(config + f'[publish]\nheartbeat = "{url}"\n')
    with one_at_a_time(workshop.root, doing="publish", now=NOW):
        assert workshop.run("publish").code == 75
    assert service.told == []


def test_a_log_that_can_not_be_written_keeps_nothing_from_being_published(
    workshop: Workshop, healthchecks: tuple[str, type[Healthchecks]]
) -> None:
    url, service = healthchecks
    config = (workshop.root / "config.toml").read_text(encoding="utf-8")
    workshop.config(config + f'[publish]\nheartbeat = "{url}"\n')
    said = workshop.run("publish", "--log-file", "config.toml/publish.log")
    assert said.code == 2
    assert "config.toml/publish.log: can't be written" in said.stderr
    assert "1 new" in said.stdout
    assert [path for path, _ in service.told] == ["/abc/fail"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_said_in_a_sentence(
    workshop: Workshop, capfd: pytest.CaptureFixture[str]
) -> None:
    (workshop.root / "publish.log").symlink_to("/dev/full")
    said = workshop.run("publish", "--log-file", "publish.log")
    assert said.code == 0
    warning = "publish.log: can't be written: No space left on device"
    assert said.stderr.count(warning) == 1
    assert "Traceback" not in said.stderr + capfd.readouterr().err


def test_a_folder_that_is_full_can_not_be_locked(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("feedpub.run_lock.replace_file", full)
    said = workshop.run("publish")
    assert said.code == 2
    assert ".feedpub: can't be locked: No space left on device" in said.stderr
    monkeypatch.undo()
    assert workshop.run("publish").code == 0


def test_a_heartbeat_that_fails_is_a_warning(
    workshop: Workshop, healthchecks: tuple[str, type[Healthchecks]]
) -> None:
    url, service = healthchecks
    service.answer = 404
    config = (workshop.root / "config.toml").read_text(encoding="utf-8")
    workshop.config(config + f'[publish]\nheartbeat = "{url}"\n')
    said = workshop.run("publish")
    assert said.code == 0
    assert "warning: the heartbeat was answered with 404" in said.stderr
    workshop.config(config + '[publish]\nheartbeat = "http://127.0.0.1:9/x"\n')
    said = workshop.run("publish")
    assert said.code == 0
    assert "warning: the heartbeat can't be reached" in said.stderr


def test_a_second_run_says_who_is_at_work_and_leaves(workshop: Workshop) -> None:
    with one_at_a_time(workshop.root, doing="build", now=NOW):
        said = workshop.run("publish")
    assert said.code == 75
    assert f"`feedpub build` (process {os.getpid()} on " in said.stderr
    assert "since 2026-06-15T10:00:00Z" in said.stderr
    assert workshop.run("publish").code == 0


def test_the_lock_of_a_run_that_died_does_not_stay(workshop: Workshop) -> None:
    holder = (
        "import os, sys; from datetime import datetime; from pathlib import Path\n"
        "from feedpub.run_lock import one_at_a_time\n"
        "with one_at_a_time(Path.cwd(), doing='publish', now=datetime.now()):\n"
        "    os._exit(9)\n"
    )
    died = subprocess.run([sys.executable, "-c", holder], cwd=workshop.root, check=False)
    assert died.returncode == 9
    assert workshop.run("publish").code == 0


def test_of_twenty_runs_at_the_same_instant_one_works(workshop: Workshop) -> None:
    # The work must outlast the start of all twenty.
    for number in range(1500):
        workshop.article(f"n{number}.txt", f"Title {number}\n\nText number {number} of many.\n")
    barrier = workshop.root / "go"
    waiting = (
        "import sys, time; from pathlib import Path; from feedpub.cli.app import run\n"
        "import feedpub.build, feedpub.config, feedpub.run_lock\n"
        "Path(sys.argv.pop()).touch()\n"
        "while not Path('go').exists(): time.sleep(0.001)\n"
        "run()\n"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", waiting, "publish", f"ready{n}"],
            cwd=workshop.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(20)
    ]
    while len(list(workshop.root.glob("ready*"))) < 20:
        assert all(run.poll() is None for run in runs)
        time.sleep(0.01)
    barrier.touch()
    said = [(*run.communicate(timeout=60), run.returncode) for run in runs]
    assert sorted(code for *_, code in said) == [0] + [75] * 19
    assert all("has been at work here since" in err for _, err, code in said if code == 75)
    workshop.run("build")
    assert (workshop.root / "served" / "atom.xml").read_bytes() == workshop.feed()
