"""The ledger remembers, survives being killed, and says which of its lines is wrong."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedpub.errors import LedgerError
from feedpub.ledger.store import append, read_ledger
from feedpub.model import FeedRecord, Fingerprints, Record

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
RECORD = Record(
    id="tag:example.org,2026-01-02:a",
    path="ordner/ä.txt",
    published=NOW - timedelta(days=1),
    updated=NOW,
    fingerprints=Fingerprints(source="s", content="c", sketch=("1", "2")),
)
FEED = FeedRecord(name="main", id="tag:example.org,2026-01-02:feed/main", updated=NOW)


def moved(path: str) -> Record:
    return Record(
        id=RECORD.id,
        path=path,
        published=RECORD.published,
        updated=RECORD.updated,
        fingerprints=RECORD.fingerprints,
        left_at=NOW,
        file_gone_at=NOW,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".feedpub" / "ledger.jsonl"


def test_what_is_written_is_read_again(file: Path) -> None:
    append(file, [RECORD, FEED], NOW)
    ledger = read_ledger(file)
    assert ledger.entries == {RECORD.id: RECORD}
    assert ledger.feeds == {"main": FEED}


def test_there_need_not_be_a_ledger(file: Path) -> None:
    assert not read_ledger(file).entries
    append(file, [], NOW)
    assert not file.exists()


def test_the_first_line_states_the_version(file: Path) -> None:
    append(file, [RECORD], NOW)
    append(file, [FEED], NOW)
    assert file.read_text().splitlines()[0] == '{"ledger":1}'
    assert file.read_text().count('"ledger"') == 1


def test_the_latest_state_counts_in_whatever_order_the_lines_stand(file: Path) -> None:
    append(file, [RECORD], NOW)
    append(file, [moved("b.txt")], NOW + timedelta(seconds=1))
    head, *lines = file.read_text().splitlines()
    file.write_text("\n".join([head, *reversed(lines)]) + "\n")
    assert read_ledger(file).entries[RECORD.id] == moved("b.txt")


@pytest.mark.parametrize("cut", [1, 20, 100])
def test_a_torn_last_line_is_ignored_and_healed(file: Path, cut: int) -> None:
    append(file, [RECORD], NOW)
    whole = file.read_bytes()
    append(file, [moved("b.txt")], NOW + timedelta(seconds=1))
    file.write_bytes(file.read_bytes()[: len(whole) + cut])
    assert read_ledger(file).entries[RECORD.id] == RECORD
    append(file, [moved("c.txt")], NOW + timedelta(seconds=2))
    assert file.read_bytes().startswith(whole)
    assert read_ledger(file).entries[RECORD.id] == moved("c.txt")


def test_a_whole_last_line_without_its_line_end_counts(file: Path) -> None:
    append(file, [RECORD], NOW)
    file.write_bytes(file.read_bytes().rstrip())
    assert read_ledger(file).entries == {RECORD.id: RECORD}
    append(file, [FEED], NOW)
    assert read_ledger(file).feeds == {"main": FEED}
    assert read_ledger(file).entries == {RECORD.id: RECORD}


def test_git_may_have_joined_two_branches_with_both_heads(file: Path) -> None:
    append(file, [RECORD], NOW)
    file.write_text(file.read_text() + '\n{"ledger":1}\n')
    assert read_ledger(file).entries == {RECORD.id: RECORD}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("<<<<<<< HEAD", "git conflict"),
        ("nonsense", "not a line of a ledger"),
        ("[]", "not a line of a ledger"),
        ('{"at":"2026-01-01T00:00:00Z","entry":"x"}', "not a line of a ledger"),
        (
            '{"at":"2026-01-01T00:00:00Z","feed":"main","id":7,"updated":"2026-01-01T00:00:00Z"}',
            "not a line of a ledger",
        ),
        ('{"at":"2026-01-01T00:00:00","feed":"x","id":"y","updated":"z"}', "not a line"),
        (
            '{"at":"9999-12-31T23:59:59Z","feed":"main","id":"x","updated":"2026-01-01T00:00:00Z"}',
            "not a line of a ledger",
        ),
        ('{"ledger":2}', "newest feedpub"),
    ],
)
def test_a_wrong_line_is_named(file: Path, line: str, words: str) -> None:
    append(file, [RECORD], NOW)
    file.write_text(file.read_text() + line + "\n")
    with pytest.raises(LedgerError) as caught:
        read_ledger(file)
    assert words in str(caught.value)
    assert f"{file}:3:" in str(caught.value)


def test_a_ledger_that_cannot_be_written_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / ".feedpub").write_text("a file in the folder's place")
    with pytest.raises(LedgerError, match="can't be written"):
        append(tmp_path / ".feedpub" / "ledger.jsonl", [RECORD], NOW)


def test_a_file_of_which_only_half_a_first_line_was_written_begins_anew(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b'{"led')
    append(file, [RECORD], NOW)
    assert file.read_text().splitlines()[0] == '{"ledger":1}'
    assert read_ledger(file).entries == {RECORD.id: RECORD}


def test_keys_that_a_newer_feedpub_has_added_are_passed_over(file: Path) -> None:
    append(file, [RECORD], NOW)
    file.write_text(file.read_text().replace('"path"', '"mood":"good","path"'))
    before = file.read_text()
    assert read_ledger(file).entries == {RECORD.id: RECORD}
    append(file, [FEED], NOW)
    assert file.read_text().startswith(before)


WRITER = """
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from feedpub.ledger.store import append
from tests.ledger.test_store import NOW, RECORD

for turn in range(10**6):
    batch = [replace(RECORD, id=f"tag:x:{n}", path=f"{turn}.txt") for n in range(1000)]
    append(Path(sys.argv[1]), batch, NOW + timedelta(seconds=turn))
    print(turn, flush=True)
"""
CUT_SHORT = """
import resource, signal, sys

signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), -1))
"""


def writer(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


def assert_nothing_written_is_lost(file: Path, turns: str) -> None:
    last = int(turns.split().pop())
    entries = read_ledger(file).entries
    assert len(entries) == 1000
    assert {each.path for each in entries.values()} <= {f"{last}.txt", f"{last + 1}.txt"}
    before = file.read_bytes()
    append(file, [RECORD], NOW + timedelta(days=99))
    assert file.read_bytes().startswith(before[: before.rfind(b"\n") + 1])
    assert read_ledger(file).entries == {**entries, RECORD.id: RECORD}


@pytest.mark.parametrize("room", [500_000, 500_001, 543_210])
def test_a_writer_that_dies_in_the_middle_of_a_line_loses_nothing(file: Path, room: int) -> None:
    with writer(CUT_SHORT + WRITER, file, room) as process:
        turns, _ = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGXFSZ
    assert file.stat().st_size == room
    assert not file.read_bytes().endswith(b"\n")
    assert_nothing_written_is_lost(file, turns)


def test_a_writer_that_is_killed_at_any_moment_loses_nothing(file: Path) -> None:
    with writer(WRITER, file) as process:
        assert process.stdout is not None
        turns = "".join(process.stdout.readline() for _ in range(3))
        process.kill()
        turns += process.stdout.read()
    assert_nothing_written_is_lost(file, turns)
