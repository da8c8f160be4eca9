"""A run in steps: each result is there as soon as its step is done, and nothing is lost by a later
one that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.config import load_settings
from feedpub.errors import LedgerError
from feedpub.hosts.credentials import Credentials
from feedpub.http.client import make_client
from feedpub.publish import PublishResult, publish

from .workshop import CONFIG, NOW, Workshop


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    target = f'[push]\ntarget = "{(tmp_path / "served").as_uri()}"\npublic = ""\n'
    return Workshop(tmp_path).start(
        CONFIG + target, a_txt="A title\n\nA text of it.\n", b_md="---\ntittle: x\n---\n"
    )


def steps(workshop: Workshop) -> list[PublishResult]:
    settings = load_settings(workshop.root / "config.toml")
    return list(publish(settings, Credentials({}), make_client, now=NOW))


def test_what_is_left_out_is_known_before_feeds_are_written_and_these_before_they_are_pushed(
    workshop: Workshop,
) -> None:
    decided, built, pushed = steps(workshop)
    assert [len(each.problems) for each in (decided, built, pushed)] == [1, 1, 1]
    assert (decided.news, decided.pushes) == ((), ())
    assert built.news == ("1 new", "2 feeds written")
    assert pushed.news[2:] == (f"2 documents sent to {(workshop.root / 'served').as_uri()}/",)
    assert not pushed.succeeded


def test_what_was_built_is_still_told_where_a_target_is_bad(workshop: Workshop) -> None:
    (workshop.root / "articles" / "b.md").unlink()
    (workshop.root / "served").write_text("a file", encoding="utf-8")
    *_, result = steps(workshop)
    assert result.news == ("1 new", "2 feeds written")
    assert (len(result.problems), result.error, result.succeeded) == (1, None, False)


def test_what_stops_a_run_comes_last(workshop: Workshop) -> None:
    steps(workshop)
    (workshop.root / ".feedpub" / "ledger.jsonl").unlink()
    *_, result = steps(workshop)
    assert isinstance(result.error, LedgerError)
    assert result.problems == (str(result.error),)
