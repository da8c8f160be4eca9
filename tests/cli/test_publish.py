"""`feedpub publish`, as cron runs it: silent, one line, or what is wrong; one run at a time."""

from __future__ import annotations

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

from ..servers.scripted import Answer, Asked, host
from ..workshop import CONFIG, CONFIG_WITH_LINKS, NOW, Workshop

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
    workshop.config(CONFIG_WITH_LINKS)
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


def test_a_folder_that_can_not_be_locked_is_said_and_not_left_locked(workshop: Workshop) -> None:
    holder = workshop.root / ".feedpub" / "run.json"
    holder.mkdir(parents=True)
    said = workshop.run("publish")
    assert said.code == 2
    assert ".feedpub: can't be locked: a folder stands there" in said.stderr
    holder.rmdir()
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


RUNS = 20
# Forks what has loaded all that a run needs, so that all begin within a moment.
RACE = """
import os, sys, time
from pathlib import Path
import feedpub.config, feedpub.http.retries, feedpub.publish
from feedpub.cli.app import run

def publish(number):
    output = os.open(f"race/{number}.out", os.O_WRONLY | os.O_CREAT)
    os.dup2(output, 1)
    os.dup2(output, 2)
    while not Path("race/go").exists():
        time.sleep(0.001)
    try:
        run()
    except SystemExit as end:
        sys.stdout.flush()
        Path(f"race/{number}.code").write_text(str(end.code))
    os._exit(0)

number = int(sys.argv.pop())
for each in range(number):
    if os.fork() == 0:
        publish(each)
Path("race/go").touch()
for _ in range(number):
    os.wait()
"""


def test_of_twenty_runs_at_the_same_instant_one_works(workshop: Workshop) -> None:
    race = workshop.root / "race"
    race.mkdir()
    files: dict[str, bytes] = {}

    def store(asked: Asked) -> Answer:
        # The one that works does not end before all others have.
        deadline = time.monotonic() + 20
        while len(list(race.glob("*.code"))) < RUNS - 1 and time.monotonic() < deadline:
            time.sleep(0.01)
        if asked.method == "PUT":
            files[asked.path] = asked.body
        content = files.get(asked.path)
        return Answer(content=content) if content is not None else Answer(status=404)

    with host(store) as server:
        target = f'[push]\ntarget = "{server.url}"\npublic = ""\nsingle_writer = true\n'
        workshop.config(CONFIG + target)
        command = [sys.executable, "-c", RACE, "publish", str(RUNS)]
        subprocess.run(command, cwd=workshop.root, check=True, timeout=60)
    codes = {file.stem: int(file.read_text()) for file in race.glob("*.code")}
    assert sorted(codes.values()) == [0] + [75] * (RUNS - 1)
    for number, code in codes.items():
        said = (race / f"{number}.out").read_text(encoding="utf-8")
        assert ("has been at work here since" in said) == (code == 75), said
    assert files["/atom.xml"] == workshop.feed()


BROKEN = "---\ndate: one of these days\n---\nA text that is long enough.\n"


def test_a_problem_that_stays_is_reported_once_a_day_and_when_it_is_solved(
    workshop: Workshop,
) -> None:
    workshop.article("b.md", BROKEN)
    first = workshop.run("publish", "--once-a-day")
    assert "left out: b.md" in first.stderr
    workshop.later(minutes=15)
    second = workshop.run("publish", "--once-a-day")
    assert (second.stdout, second.stderr, second.code) == ("", "", 1)
    workshop.later(hours=24)
    assert "left out: b.md" in workshop.run("publish", "--once-a-day").stderr
    workshop.article("b.md", ARTICLE)
    solved = workshop.run("publish", "--once-a-day")
    assert "solved: left out: b.md" in solved.stdout
    assert (solved.stderr, solved.code) == ("", 0)
    assert not (workshop.root / ".feedpub" / "problems.json").exists()


def test_a_new_problem_is_reported_beside_one_that_stays(workshop: Workshop) -> None:
    workshop.article("b.md", BROKEN)
    workshop.run("publish", "--once-a-day")
    workshop.article("c.md", BROKEN)
    workshop.later(minutes=15)
    stderr = workshop.run("publish", "--once-a-day").stderr
    assert ("c.md" in stderr, "b.md" in stderr) == (True, False)


def test_a_run_that_was_stopped_solves_nothing(workshop: Workshop) -> None:
    workshop.article("b.md", BROKEN)
    workshop.run("publish", "--once-a-day")
    workshop.config("nonsense")
    stopped = workshop.run("publish", "--once-a-day")
    assert stopped.code == 2
    assert "solved" not in stopped.stdout


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"a": "soon"}', "\\u"])
def test_a_damaged_memory_of_problems_reports_all_again(workshop: Workshop, content: str) -> None:
    workshop.article("b.md", BROKEN)
    workshop.run("publish", "--once-a-day")
    (workshop.root / ".feedpub" / "problems.json").write_text(content, encoding="utf-8")
    assert "left out: b.md" in workshop.run("publish", "--once-a-day").stderr


def test_without_the_option_every_run_reports_every_problem(workshop: Workshop) -> None:
    workshop.article("b.md", BROKEN)
    for _ in range(2):
        assert "left out: b.md" in workshop.run("publish").stderr


def test_a_program_gets_the_whole_result_as_json(workshop: Workshop) -> None:
    workshop.article("b.md", BROKEN)
    said = workshop.run("publish", "--json")
    report = json.loads(said.stdout)
    assert said.code == report["exit_code"] == 1
    assert report["build"]["new"] == 1
    assert report["build"]["left_out"][0]["code"] == "date-unreadable"
    assert report["targets"][0]["target"] == "push"
    assert sorted(report["targets"][0]["uploaded"]) == ["atom.xml", "rss.xml"]
    assert report["errors"] == []
