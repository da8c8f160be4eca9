"""The ledger remembers, survives being killed, and says which of its lines is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedpub.errors import LedgerError
from feedpub.ledger import append, read_ledger
from feedpub.model import Digests, FeedRecord, Record

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
RECORD = Record(
    id="tag:example.org,2026-01-02:a",
    path="ordner/ä.txt",
    published=NOW - timedelta(days=1),
    updated=NOW,
    digests=Digests(source="s", content="c", sketch=("1", "2")),
)
FEED = FeedRecord(name="main", id="tag:example.org,2026-01-02:feed/main", updated=NOW)


def moved(path: str) -> Record:
    return Record(
        id=RECORD.id,
        path=path,
        published=RECORD.published,
        updated=RECORD.updated,
        digests=RECORD.digests,
        left=NOW,
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
        ('{"at":"2026-01-01T00:00:00","feed":"x","id":"y","updated":"z"}', "not a line"),
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
