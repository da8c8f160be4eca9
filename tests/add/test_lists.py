"""Each kind of list is recognised by its content, and gives links, comments, tags and dates.

The samples are written after the documentation of each format.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedpub.add.lists import LinkList, read_list
from feedpub.add.lists.links import ListedLink, moment
from feedpub.errors import PageError

SAMPLES = Path(__file__).parent / "samples"
LAMP = "https://quay.example/lamp"
FERRY = "https://quay.example/ferry"
MAY_2 = datetime(2024, 5, 2, 7, tzinfo=UTC)
MAY_3 = datetime(2024, 5, 3, 7, tzinfo=UTC)
BOTH = ("harbour", "light")


def read(content: bytes, place: str = "list") -> LinkList:
    found = read_list(content, place, zone=UTC)
    assert found is not None
    return found


def sample(name: str) -> LinkList:
    return read((SAMPLES / name).read_bytes(), name)


def test_every_sample_is_tried() -> None:
    tried = {case.values[0] for case in CASES} | {"readwise-highlights.csv"}
    assert tried == {file.name for file in SAMPLES.iterdir() if file.suffix != ".mhtml"}


CASES = [
    pytest.param(
        "firefox.html",
        ("The lamp & its keeper", "Worth reading twice.\nHe still climbs the stairs.", BOTH),
        ("The ferry", "", ("Boats",)),
        id="firefox",
    ),
    pytest.param(
        "chrome.html", ("The lamp", "", ()), ("The ferry", "", ("Boats", "Sailing")), id="chrome"
    ),
    pytest.param("pinboard.html", ("The lamp", "Worth reading twice.", BOTH), None, id="pinboard"),
    pytest.param("shaarli.html", ("The lamp", "Worth reading twice.", BOTH), None, id="shaarli"),
    pytest.param(
        "linkding.html",
        ("The lamp", "Worth reading twice.\n\nThe stairs!", BOTH),
        None,
        id="linkding",
    ),
    pytest.param("pocket.csv", ("The lamp, and its keeper", "", BOTH), ("", "", ()), id="pocket"),
    pytest.param(
        "instapaper.csv",
        ("The lamp", "Worth reading twice.", ("light", "Harbour")),
        ("The ferry", "", ()),
        id="instapaper",
    ),
    pytest.param(
        "raindrop.csv",
        ("The lamp", "Worth reading twice.", BOTH),
        ("The ferry", "", ()),
        id="raindrop",
    ),
    pytest.param("readwise.csv", ("The lamp", "", BOTH), ("The ferry", "", ()), id="readwise"),
    pytest.param("omnivore.json", ("The lamp", "", BOTH), ("The ferry", "", ()), id="omnivore"),
    pytest.param(
        "wallabag.json",
        ("The lamp", "> He still climbs the stairs.\n\nWorth reading twice.", BOTH),
        ("The ferry", "", ()),
        id="wallabag",
    ),
    pytest.param(
        "links.opml", ("The lamp", "", ("light", "harbour")), ("The ferry", "", ()), id="opml"
    ),
    pytest.param("starred.xml", ("The lamp", "", BOTH), ("The ferry", "", ()), id="rss"),
    pytest.param("starred.atom", ("The lamp", "", BOTH), None, id="atom"),
    pytest.param("starred.json", ("The lamp", "", BOTH), None, id="json-feed"),
]


@pytest.mark.parametrize(("name", "lamp", "ferry"), CASES)
def test_a_list_gives_what_its_curator_has_written(
    name: str,
    lamp: tuple[str, str, tuple[str, ...]],
    ferry: tuple[str, str, tuple[str, ...]] | None,
) -> None:
    first, *others = sample(name).links
    assert (first.link, first.added) == (LAMP, MAY_2)
    assert (first.title, first.note, first.tags) == lamp
    assert [each.link for each in others] == ([FERRY] if ferry else [])
    for each in others:
        # OPML of feeds has no dates.
        assert each.added in (MAY_3, None)
        assert (each.title, each.note, each.tags) == ferry


def test_private_bookmarks_are_left_out_and_counted() -> None:
    assert [note.problem for note in sample("pinboard.html").diagnostics] == ["1 left out: private"]


def test_what_is_no_web_address_is_left_out_and_counted() -> None:
    for name in ("firefox.html", "shaarli.html"):
        notes = [note.problem for note in sample(name).diagnostics]
        assert notes == ["1 left out: no web address"]


def test_a_feed_knows_its_entries_by_their_ids() -> None:
    assert [each.id for each in sample("starred.xml").links] == ["lamp-1", "ferry-1"]


def test_highlights_of_readwise_have_no_addresses() -> None:
    with pytest.raises(PageError, match="no addresses"):
        sample("readwise-highlights.csv")


def test_an_export_of_omnivore_may_be_zipped() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("metadata_0_to_20.json", (SAMPLES / "omnivore.json").read_bytes())
        archive.writestr("content/the-lamp.html", "<p>All of the page.</p>")
    assert [each.link for each in read(stream.getvalue()).links] == [LAMP, FERRY]


def test_a_zip_bomb_is_not_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("metadata_0_to_20.json", b" " * 60_000_000)
    with pytest.raises(PageError, match="larger than 50 MB"):
        read(stream.getvalue())


def test_a_broken_list_is_named_as_what_it_looks_like() -> None:
    broken = (SAMPLES / "links.opml").read_bytes()[:-20]
    with pytest.raises(PageError, match="looks like an OPML list, but can't be read"):
        read(broken)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A title\n\nand a text, with commas, in it\n",
        "[1, 2]",
        "{}",
        "<p>HTML</p>",
        "a,b\n1,2\n",
    ],
)
def test_other_files_are_no_lists(text: str) -> None:
    assert read_list(text.encode(), "other", zone=UTC) is None


def test_one_address_counts_once() -> None:
    text = f"URL,Title,Selection,Folder,Timestamp\n{LAMP},One,,,\n{LAMP},Two,,,\n"
    assert read(text.encode()).links == (ListedLink(link=LAMP, title="One"),)


@pytest.mark.parametrize(
    "text", ["1714633200", "1714633200000", "1714633200000000", "2024-05-02T07:00:00Z"]
)
def test_a_date_may_be_posix_time_in_any_unit(text: str) -> None:
    assert moment(text, UTC) == MAY_2


@pytest.mark.parametrize("text", ["", "0", "yesterday", "9" * 30])
def test_what_is_no_date_is_none(text: str) -> None:
    assert moment(text, UTC) is None
