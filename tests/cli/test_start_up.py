"""What a command does not need is not loaded, and what it needs is read once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from feedpub.settings import LEDGER_FILE

from ..test_structure import LIBRARIES
from ..workshop import CONFIG, Workshop

READS_PAGES = {"trafilatura"}
WRITES_FEEDS = {"feedgen", "lxml"}
PROGRAM = """
import sys

opened = []
sys.addaudithook(lambda event, arguments: event == "open" and opened.append(arguments[0]))
from feedpub.cli.app import run

try:
    run()
except SystemExit as end:
    assert not end.code, end.code
print("\\0", *sys.modules, "\\0", *(str(each) for each in opened), sep="\\n", file=sys.stderr)
"""


def traced(*arguments: str, folder: Path = Path()) -> tuple[set[str], list[str]]:
    """The modules that a command has loaded, and the files that it has opened."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    _, modules, files = done.stderr.split("\0")
    return set(modules.split()), files.splitlines()


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Two articles that are published, and one that is withdrawn."""
    workshop = Workshop(tmp_path).start(
        CONFIG,
        ferry_txt="The ferry\n\nIt sails at five, in any weather.\n",
        lamp_txt="The lamp\n\nSomebody fills it with oil each night.\n",
        storm_txt="The storm\n\nTwo roofs are gone, and a boat came back.\n",
    )
    workshop.build()
    workshop.run("retract", "storm.txt")
    workshop.build()
    return workshop


def test_the_version_is_told_without_any_heavy_library() -> None:
    assert traced("--version")[0] & LIBRARIES.keys() == {"typer"}


@pytest.fixture
def pushed(tmp_path: Path) -> Workshop:
    """A folder whose feeds are built and pushed to another one."""
    target = f'[push]\ntarget = "{(tmp_path / "served").as_uri()}"\npublic = ""\n'
    workshop = Workshop(tmp_path).start(CONFIG + target, a_txt="A title\n\nA text of it.\n")
    workshop.build()
    assert workshop.run("push").code == 0
    return workshop


@pytest.mark.parametrize("command", ["build", "push", "publish"])
def test_what_asks_no_web_server_loads_no_http_client(pushed: Workshop, command: str) -> None:
    modules, _ = traced(command, folder=pushed.root)
    assert "feedpub.config" in modules, "the command must have run"
    assert modules & {"httpx", "stamina"} == set()


@pytest.mark.parametrize(
    ("command", "opens"),
    [
        ("status", 1),
        ("status ferry.txt", 1),
        ("status --json", 1),
        ("ledger check", 1),
        # Once to read it, once to add a line.
        ("retract ferry.txt", 2),
        ("restore storm.txt", 2),
    ],
)
def test_what_only_decides_renders_no_feed_and_reads_the_ledger_once(
    workshop: Workshop, command: str, opens: int
) -> None:
    modules, files = traced(*command.split(), folder=workshop.root)
    assert modules & WRITES_FEEDS == set()
    assert [file.endswith(str(LEDGER_FILE)) for file in files].count(True) == opens


def test_a_build_reads_the_ledger_once_and_opens_it_again_only_to_add_lines(
    workshop: Workshop,
) -> None:
    modules, files = traced("build", folder=workshop.root)
    assert modules >= WRITES_FEEDS
    assert [file.endswith(str(LEDGER_FILE)) for file in files].count(True) == 1
    workshop.article("tide.txt", "The tide\n\nIt comes twice a day.\n")
    _, files = traced("build", folder=workshop.root)
    assert [file.endswith(str(LEDGER_FILE)) for file in files].count(True) == 2


def test_what_adds_no_page_loads_no_library_for_pages(workshop: Workshop) -> None:
    paste = workshop.root / "paste.txt"
    paste.write_text("The gull\n\nIt sits on the lamp.\n", encoding="utf-8")
    modules, _ = traced("add", "paste.txt", folder=workshop.root)
    assert modules & (READS_PAGES | WRITES_FEEDS | {"httpx", "feedparser"}) == set()


def test_a_saved_page_is_read_with_the_library_for_pages(workshop: Workshop) -> None:
    page = "<html><body><article><p>The gull sits on the lamp.</p></article></body></html>"
    (workshop.root / "page.html").write_text(page, encoding="utf-8")
    modules, _ = traced("add", "page.html", folder=workshop.root)
    assert modules >= READS_PAGES
