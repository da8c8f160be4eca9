"""A format is one module and one line in the table: build, push, server and check know the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from feedpub.config import load_settings
from feedpub.formats import FORMATS
from feedpub.hosts.credentials import Credentials
from feedpub.hosts.push.documents import local_documents
from feedpub.hosts.push.targets import plan_all
from feedpub.hosts.server_config import SERVERS
from feedpub.hosts.serving import (
    CACHE_CONTROL,
    DocumentKind,
    accepted_media_types,
    cache_control,
    is_text,
)
from feedpub.hosts.verify.feed_metadata import NotAFeed, read_feed_metadata
from feedpub.http.client import make_client
from feedpub.settings import Settings

from ..workshop import CONFIG, NOW, Workshop
from .entry_list import ENTRY_LIST

LAMP = "# A lamp\n\nA lamp burns on the pier at night, and somebody has to fill it with oil.\n"
# An id that Atom has to write as another.
OLD_FEED = """\
<rss version="2.0"><channel><title>Workshop</title><item>
<title>A lamp</title><guid isPermaLink="false">number 9</guid>
<pubDate>Mon, 01 Jun 2026 10:00:00 GMT</pubDate>
<description>A lamp burns on the pier at night, and somebody has to fill it with oil.</description>
</item></channel></rss>
"""
LIST = """\
entries of\thttps://example.org/feeds/entries.tsv\t2026-06-15T10:00:00Z\tWorkshop
tag:example.org,2026-06-15:gull\t2026-06-15T10:00:00Z\tA gull
number 9\t2026-06-01T10:00:00Z\tA lamp
"""


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    """A folder that was built while the table had a format more."""
    host = (tmp_path / "host").as_uri()
    config = f'{CONFIG}[[target]]\nname = "host"\nurl = "{host}/"\n'
    with patch.dict(FORMATS, {ENTRY_LIST.name: ENTRY_LIST}):
        workshop = Workshop(tmp_path / "desk").start(config)
        workshop.article("lamp.md", LAMP)
        workshop.article("gull.md", "# A gull\n\nIt knows when the market closes.\n")
        (workshop.root / "old.xml").write_text(OLD_FEED, encoding="utf-8")
        assert workshop.run("adopt", "old.xml", "--yes").code == 0
        workshop.build()
        yield workshop


def settings_of(workshop: Workshop) -> Settings:
    return load_settings(workshop.root / "config.toml")


def test_a_build_writes_it_once(workshop: Workshop) -> None:
    assert workshop.feed("entries.tsv").decode() == LIST
    assert "unchanged: feeds/atom.xml, feeds/rss.xml, feeds/entries.tsv" in workshop.build().stdout


def test_config_toml_may_name_it(workshop: Workshop) -> None:
    workshop.config(f'{CONFIG}[output]\nformats = ["entries"]\n')
    assert "feeds/atom.xml: is not made any more" in workshop.build().stderr
    workshop.config(f'{CONFIG}[output]\nformats = ["atom"]\n')
    assert "feeds/entries.tsv: is not made any more" in workshop.build().stderr


def test_a_push_plans_it_as_a_feed_of_its_type(workshop: Workshop) -> None:
    settings = settings_of(workshop)
    (planned,) = plan_all(settings, settings.targets, Credentials({}), make_client, now=NOW)
    assert planned.plan is not None
    kinds = {step.path: step.document_kind for step in planned.plan.uploads}
    assert kinds == dict.fromkeys(("atom.xml", "rss.xml", "entries.tsv"), DocumentKind.FEED)
    document = local_documents(settings.output, ())["entries.tsv"]
    assert document.record.media_type == "text/tab-separated-values; charset=utf-8"
    assert cache_control("walks/entries.tsv") == CACHE_CONTROL[DocumentKind.FEED]


def test_a_push_sends_it(workshop: Workshop) -> None:
    assert workshop.run("push").code == 0
    assert (workshop.root.parent / "host" / "entries.tsv").read_text(encoding="utf-8") == LIST


def test_a_host_may_give_it_any_type_that_its_readers_accept() -> None:
    with patch.dict(FORMATS, {ENTRY_LIST.name: ENTRY_LIST}):
        accepted = accepted_media_types(ENTRY_LIST.served_as)
        assert accepted == {"text/tab-separated-values", "text/plain"}
        assert is_text(ENTRY_LIST.served_as)


@pytest.mark.parametrize("server", SERVERS)
def test_a_web_server_is_told_its_name_and_its_type(server: str, workshop: Workshop) -> None:
    lines = workshop.run("push", "--print-config", server).stdout
    assert "|entries[.]tsv|" in lines
    assert "/feeds/entries.tsv" in lines
    assert "text/tab-separated-values" in lines


def test_the_ledger_agrees_with_it(workshop: Workshop) -> None:
    checked = workshop.run("ledger", "check")
    assert checked.stdout == "3 lines, 2 entries, 3 documents: all agree.\n"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("number 9\t2026-06-01T10:00:00Z\tA lamp\n", "", "does not show lamp.md (number 9)"),
        ("number 9", "number 8", "shows number 8, which the ledger does not know"),
        ("Z\tA gull", "+02:00\tA gull", "as published 2026-06-15T08:00:00Z"),
        ("tsv\t2026", "tsv\t2025", "was updated 2025-06-15T10:00:00Z, and the ledger says 2026"),
        ("entries of", "entries", "is no feed of ours: this is no list of entries"),
    ],
)
def test_a_check_names_what_is_wrong_in_it(
    workshop: Workshop, old: str, new: str, problem: str
) -> None:
    assert old in LIST
    (workshop.root / "feeds" / "entries.tsv").write_text(LIST.replace(old, new), encoding="utf-8")
    assert workshop.run("ledger", "check").code == 1
    report = json.loads(workshop.run("ledger", "check", "--json").stdout)
    found = [f"{each['place']}: {each['problem']}" for each in report["faults"]]
    assert [each for each in found if each.startswith("feeds/entries.tsv: ") and problem in each]


def test_an_id_is_found_in_it_that_atom_cannot_carry(workshop: Workshop) -> None:
    (workshop.root / ".feedpub" / "ledger.jsonl").unlink()
    (workshop.root / "feeds" / "rss.xml").unlink()
    rebuilt = workshop.run("ledger", "rebuild")
    assert "found: lamp.md is number 9\n" in rebuilt.stdout


def test_a_live_one_is_recognised(workshop: Workshop) -> None:
    feed_type, metadata = read_feed_metadata(workshop.feed("entries.tsv"))
    assert feed_type is ENTRY_LIST
    assert metadata.self_link == "https://example.org/feeds/entries.tsv"


def test_nobody_knows_it_when_it_is_not_in_the_table() -> None:
    with pytest.raises(NotAFeed):
        read_feed_metadata(LIST.encode())


def test_the_table_costs_none_of_the_libraries_that_write_a_feed() -> None:
    heavy = {"lxml", "feedgen", "xml.etree"}
    program = f"import sys, feedpub.formats; print(*{heavy} & sys.modules.keys())"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"
