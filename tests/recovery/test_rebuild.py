"""A lost ledger comes back from the feeds, and subscribers notice nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from feedpub.settings import LEDGER_FILE

from ..judges import read_with_feedparser
from ..workshop import CONFIG, Workshop

WORDS = {
    "ferry": "The ferry keeps running through the winter, the council said, in any weather.",
    "lamp": "A lamp burns on the pier at night, and somebody has to fill it with oil each night.",
    "storm": "The storm took two roofs and gave back a boat that had been missing since May.",
    "gull": "Gulls know the hour at which the fish market closes better than its traders do.",
}
FEED = '[[feed]]\nname = "sea"\ntags = ["sea"]\n[article."gull.txt"]\ntags = ["sea"]\n'


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    workshop = Workshop(tmp_path).start(CONFIG)
    for name, text in WORDS.items():
        workshop.article(f"{name}.txt", f"About the {name}\n\n{text}\n\nAnd more of {name}.\n")
        workshop.build()
        workshop.later(days=1)
    return workshop


def lose(workshop: Workshop) -> None:
    (workshop.root / LEDGER_FILE).unlink()
    workshop.later(days=30)


def rebuilt(workshop: Workshop) -> str:
    result = workshop.run("ledger", "rebuild")
    assert result.code == 0, result.stderr
    return result.stdout


def dates(workshop: Workshop) -> dict[str, tuple[str, str, str]]:
    return {
        entry.title: (entry.id, entry.published, entry.updated)
        for entry in read_with_feedparser(workshop.feed()).entries
    }


def move(workshop: Workshop, old: str, new: str) -> None:
    (workshop.root / "articles" / old).rename(workshop.root / "articles" / new)


def test_the_next_build_changes_not_a_byte(workshop: Workshop) -> None:
    workshop.config(CONFIG + FEED)
    workshop.build()
    paths = ("atom.xml", "rss.xml", "sea/atom.xml", "sea/rss.xml")
    before = [workshop.feed(path) for path in paths]
    lose(workshop)
    assert "found: lamp.txt is tag:example.org,2026-06-16:lamp" in rebuilt(workshop)
    workshop.build()
    assert [workshop.feed(path) for path in paths] == before
    assert workshop.run("ledger", "check").code == 0


def test_summaries_and_notes_are_as_good_as_texts(workshop: Workshop) -> None:
    workshop.config(CONFIG + '[output]\ncontent = "summary"\n')
    long = " ".join(f"This is sentence number {number} of a long text." for number in range(30))
    workshop.article("long.md", f"# A long one\n\n{long}\n")
    workshop.article("short.md", f"---\nsummary: In short.\n---\n# A short one\n\n{long} So.\n")
    workshop.article("note.md", f"---\nnote: Read this.\ncontent: full\n---\n# N\n\n{long} No.\n")
    workshop.build()
    before = workshop.feed()
    lose(workshop)
    rebuilt(workshop)
    workshop.build()
    assert workshop.feed() == before


def test_a_renamed_file_and_a_copy_are_told_apart(workshop: Workshop) -> None:
    before = dates(workshop)
    text = (workshop.root / "articles" / "lamp.txt").read_text()
    move(workshop, "ferry.txt", "boats.txt")
    workshop.article("copy-of-lamp.txt", text)
    lose(workshop)
    assert "found: boats.txt is tag:example.org,2026-06-15:ferry" in rebuilt(workshop)
    workshop.build()
    after = read_with_feedparser(workshop.feed()).entries
    assert len(after) == len(before) + 1
    assert {value[0] for value in before.values()} < {entry.id for entry in after}


def test_what_was_edited_since_is_an_update(workshop: Workshop) -> None:
    before = dates(workshop)
    file = workshop.root / "articles" / "storm.txt"
    file.write_text(file.read_text().replace("two roofs", "three roofs"))
    lose(workshop)
    rebuilt(workshop)
    workshop.build()
    after = dates(workshop)
    (uri, published, updated), old = after.pop("About the storm"), before.pop("About the storm")
    assert (uri, published) == old[:2]
    assert updated == "2026-07-19T10:00:00Z" > old[2]
    assert after == before
    assert b"three roofs" in workshop.feed()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: f"{text}\nOne more paragraph, with news in it.\n",
        lambda text: text.replace(f"{WORDS['storm']}\n\n", ""),
        lambda text: text.replace("\n\nAnd more of storm.", ""),
    ],
    ids=["added to", "without its beginning", "without its end"],
)
def test_an_article_that_grew_or_shrank_since_is_an_update(
    workshop: Workshop, change: Callable[[str], str]
) -> None:
    file = workshop.root / "articles" / "storm.txt"
    file.write_text(change(file.read_text()))
    lose(workshop)
    rebuilt(workshop)
    workshop.build()
    assert dates(workshop)["About the storm"][2] == "2026-07-19T10:00:00Z"


def test_rss_alone_is_enough_for_ids_and_dates(workshop: Workshop) -> None:
    workshop.config(CONFIG + '[output]\nformats = ["rss"]\n')
    (workshop.root / "feeds" / "atom.xml").unlink()
    before = [(e.id, e.published) for e in read_with_feedparser(workshop.feed("rss.xml")).entries]
    lose(workshop)
    rebuilt(workshop)
    workshop.build()
    after = read_with_feedparser(workshop.feed("rss.xml")).entries
    assert [(entry.id, entry.published) for entry in after] == before


def test_what_was_withdrawn_stays_so(workshop: Workshop) -> None:
    workshop.run("retract", "lamp.txt", "--reason", "It is out.")
    workshop.build()
    before = workshop.feed()
    lose(workshop)
    assert "withdrawn: lamp.txt (tag:example.org,2026-06-16:lamp)" in rebuilt(workshop)
    assert "withdrawn: lamp.txt" in workshop.build().stdout
    assert workshop.feed() == before


def test_what_was_withdrawn_is_told_by_its_id_if_its_file_is_not_known(
    workshop: Workshop,
) -> None:
    uri = "tag:example.org,2026-06-16:lamp"
    workshop.run("retract", "lamp.txt")
    workshop.build()
    (workshop.root / "articles" / "lamp.txt").unlink()
    lose(workshop)
    assert f"withdrawn: {uri}\n" in rebuilt(workshop)
    assert f"\t{uri}\n" in workshop.run("status").stdout
    result = workshop.run("restore", uri)
    assert f"Restored: {uri}.\nIts file is gone" in result.stdout
    assert f"\t{uri}\n" in workshop.run("status").stdout
    assert workshop.run("status", uri).stdout.startswith(f"{uri}\n  gone")


def test_an_entry_without_its_file_keeps_its_id_from_being_given_again(workshop: Workshop) -> None:
    (workshop.root / "articles" / "gull.txt").unlink()
    lose(workshop)
    assert "no article: tag:example.org,2026-06-18:gull" in rebuilt(workshop)
    workshop.build()
    assert "About the gull" not in dates(workshop)
    # Of another day, so that it would be the same one.
    workshop.article("2026-06-18-gull.txt", "Another gull\n\nIt has come from very far away.\n")
    workshop.build()
    assert dates(workshop)["Another gull"][0] == "tag:example.org,2026-06-18:gull-2"


def test_an_article_that_was_written_anew_is_known_by_its_name(workshop: Workshop) -> None:
    workshop.article("gull.txt", "Of birds\n\nNone of these words has stood here before now.\n")
    lose(workshop)
    assert "found: gull.txt is tag:example.org,2026-06-18:gull" in rebuilt(workshop)


def test_articles_that_a_full_feed_does_not_show_are_no_news(workshop: Workshop) -> None:
    workshop.config(CONFIG + "[output]\nlimit = 3\n")
    workshop.build()
    before = workshop.feed()
    assert "About the ferry" not in dates(workshop)
    lose(workshop)
    assert "taken for older than the feeds: ferry.txt" in rebuilt(workshop)
    workshop.build()
    assert workshop.feed() == before


def test_articles_that_a_feed_with_room_does_not_show_are_new(workshop: Workshop) -> None:
    lose(workshop)
    workshop.article("new.txt", "Something new\n\nNobody has ever seen this text before.\n")
    rebuilt(workshop)
    assert "new: new.txt" in workshop.build().stdout


def test_an_entry_that_may_be_either_of_two_is_left_to_the_curator(workshop: Workshop) -> None:
    text = (workshop.root / "articles" / "lamp.txt").read_text()
    (workshop.root / "articles" / "lamp.txt").unlink()
    workshop.article("one.txt", text)
    workshop.article("two.txt", text)
    lose(workshop)
    result = workshop.run("ledger", "rebuild")
    assert result.code == 2
    assert "“About the lamp”: may be one.txt or two.txt" in result.stderr
    assert not (workshop.root / LEDGER_FILE).exists()
    workshop.article("two.txt", f"---\nid: 'tag:example.org,2026-06-16:lamp'\n---\n{text}")
    assert "found: two.txt is tag:example.org,2026-06-16:lamp" in rebuilt(workshop)


def test_an_article_that_cannot_be_read_would_lose_its_entry(workshop: Workshop) -> None:
    text = (workshop.root / "articles" / "lamp.txt").read_text()
    workshop.article("lamp.txt", f"---\ndarft: true\n---\n{text}")
    lose(workshop)
    result = workshop.run("ledger", "rebuild")
    assert (result.code, "lamp.txt:2: " in result.stderr) == (2, True)
    assert not (workshop.root / LEDGER_FILE).exists()


def test_a_ledger_is_never_overwritten(workshop: Workshop) -> None:
    before = (workshop.root / LEDGER_FILE).read_bytes()
    result = workshop.run("ledger", "rebuild")
    assert (result.code, "is never overwritten" in result.stderr) == (2, True)
    assert (workshop.root / LEDGER_FILE).read_bytes() == before


def test_without_feeds_there_is_nothing_to_rebuild_from(tmp_path: Path) -> None:
    result = Workshop(tmp_path).start(a_txt="A\n\nText.\n").run("ledger", "rebuild")
    assert (result.code, "there is no feed" in result.stderr) == (2, True)
