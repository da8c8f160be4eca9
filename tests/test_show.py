"""`feedpub show`: one entry as subscribers get it, cut lines, and what the next build changes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from .terminal import on_terminal
from .workshop import CONFIG, Workshop

LISBON = CONFIG.replace('language = "en"', 'language = "en"\ntimezone = "Europe/Lisbon"')
HARBOUR = """\
The harbour is dredged

Two ships have begun to dredge the harbour, which was too shallow for the ferry in dry summers.
Advertisement
Share this article
The work goes on until the end of the month, and boats have to keep to the northern side of it.

12 Comments
"""
FERRY = """\
---
published: 2026-06-01
tags: [sea, travel]
link: https://example.org/ferry
---
# The ferry

It sails at *noon*, says [the harbour master](https://example.org/master).
"""
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Two articles, built."""
    workshop = Workshop(tmp_path).start(LISBON, harbour_txt=HARBOUR, ferry_md=FERRY)
    workshop.build()
    workshop.later(days=1)
    return workshop


def lines(workshop: Workshop, *arguments: str, code: int = 0) -> list[str]:
    said = workshop.run("show", *arguments)
    assert said.code == code, said.stderr
    return said.stdout.splitlines()


def head(workshop: Workshop, *arguments: str, code: int = 0) -> dict[str, str]:
    """The fields of an entry but its content, by their names."""
    rows = (line.partition("\t") for line in lines(workshop, *arguments, code=code))
    return {name: value for name, _, value in rows if name not in {"text", "cut"}}


def as_json(workshop: Workshop, *arguments: str) -> Any:
    return json.loads("\n".join(lines(workshop, "--json", *arguments)))


def edit(workshop: Workshop, path: str, old: str, new: str) -> None:
    file = workshop.root / "articles" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# -- the entry --------------------------------------------------------------------------------


def test_an_entry_is_shown_with_all_that_subscribers_get(workshop: Workshop) -> None:
    assert lines(workshop, "ferry.md") == [
        "title\tThe ferry",
        "state\tpublished since 2026-06-01 12:00 WEST",
        "file\tferry.md",
        "link\thttps://example.org/ferry",
        "authors\tAda Example",
        "published\t2026-06-01 12:00 WEST",
        "updated\t2026-06-01 12:00 WEST",
        "tags\tsea, travel",
        "id\ttag:example.org,2026-06-01:ferry",
        "feeds\tmain",
        "text\tIt sails at noon, says the harbour master <https://example.org/master>.",
    ]


def test_lines_that_were_cut_stand_where_they_were_with_their_rules(workshop: Workshop) -> None:
    shown = [line for line in lines(workshop, "harbour.txt") if line.startswith(("text", "cut"))]
    assert shown == [
        f"text\t{HARBOUR.splitlines()[2]}",
        "cut\t4\tadvertisement\tAdvertisement",
        "cut\t5\tshare\tShare this article",
        "text",
        f"text\t{HARBOUR.splitlines()[5]}",
        "cut\t8\tnamed-counters\t12 Comments",
    ]


def test_lines_are_numbered_as_in_the_file_below_front_matter(workshop: Workshop) -> None:
    workshop.article("harbour.txt", f"---\nnote: Read this.\n---\n{HARBOUR}")
    shown = [line for line in lines(workshop, "harbour.txt") if line.startswith(("text", "cut"))]
    assert shown[0] == "text\tRead this."
    assert shown[4] == f"text\t{HARBOUR.splitlines()[2]}"
    assert shown[5:7] == [
        "cut\t7\tadvertisement\tAdvertisement",
        "cut\t8\tshare\tShare this article",
    ]


def test_a_summary_is_shown_with_the_cut_lines_below(workshop: Workshop) -> None:
    workshop.article("harbour.txt", f"---\ncontent: summary\n---\n{HARBOUR}")
    shown = [line for line in lines(workshop, "harbour.txt") if line.startswith(("text", "cut"))]
    assert [line.split("\t")[0] for line in shown] == ["text", "cut", "cut", "cut"]


def test_an_entry_is_shown_as_the_feed_has_it_that_it_stands_in(workshop: Workshop) -> None:
    workshop.config(LISBON + '[[feed]]\nname = "sea"\ntags = ["sea"]\n')
    assert head(workshop, "ferry.md")["feeds"] == "main, sea"


@pytest.mark.parametrize("name", ["articles/ferry.md", "tag:example.org,2026-06-01:ferry"])
def test_an_article_is_named_by_its_file_or_its_id(workshop: Workshop, name: str) -> None:
    assert head(workshop, name)["file"] == "ferry.md"


def test_a_program_gets_json(workshop: Workshop) -> None:
    shown = as_json(workshop, "harbour.txt")
    assert shown["article"]["state"] == "published"
    assert shown["entry"]["title"] == "The harbour is dredged"
    assert shown["entry"]["content"].startswith("<p>Two ships")
    assert shown["text"] == "\n\n".join(HARBOUR.splitlines()[n] for n in (2, 5))
    assert [cut["line"] for cut in shown["cuts"]] == [4, 5, 8]


def test_nothing_is_written(workshop: Workshop) -> None:
    workshop.article("new.md", "# New\n\nNothing like the others.\n")
    files = {each: each.read_bytes() for each in workshop.root.rglob("*") if each.is_file()}
    lines(workshop, "new.md")
    lines(workshop, "--diff", "ferry.md")
    after = {each: each.read_bytes() for each in workshop.root.rglob("*") if each.is_file()}
    assert after == files


# -- what is not published --------------------------------------------------------------------


def test_a_new_article_is_shown_as_the_next_build_publishes_it(workshop: Workshop) -> None:
    workshop.article("new.md", "# New\n\nNothing like the others.\n")
    shown = head(workshop, "new.md")
    assert shown["state"] == "new since 2026-06-16 11:00 WEST"
    workshop.build()
    assert shown["id"] in workshop.feed().decode()


@pytest.mark.parametrize(
    ("metadata", "state", "published"),
    [
        ("draft: true", "draft", "2026-06-16 11:00"),
        (
            "published: 2026-07-01 08:00",
            "held back until 2026-07-01 08:00 WEST",
            "2026-07-01 08:00",
        ),
        ("draft: true\npublished: 2026-07-01 08:00", "draft", "2026-07-01 08:00"),
        (
            "published: 2026-05-01\nexpires: 2026-05-31",
            "expired since 2026-06-01 00:00 WEST",
            "2026-05-01 12:00",
        ),
    ],
)
def test_what_is_not_in_a_feed_is_shown_as_it_would_be(
    workshop: Workshop, metadata: str, state: str, published: str
) -> None:
    workshop.article("plan.md", f"---\n{metadata}\n---\n# A plan\n\nNobody has read it so far.\n")
    shown = head(workshop, "plan.md")
    assert (shown["state"], shown["published"]) == (state, f"{published} WEST")
    assert "feeds" not in shown
    assert lines(workshop, "plan.md")[-1] == "text\tNobody has read it so far."


def test_an_article_that_is_left_out_says_why(workshop: Workshop) -> None:
    workshop.article("bad.md", "---\ndraft: perhaps\n---\nText\n")
    shown = head(workshop, "bad.md", code=1)
    assert shown["state"] == "left out"
    assert "bad.md:2: `draft` must be true or false" in shown["why"]


def test_a_withdrawn_entry_has_no_content(workshop: Workshop) -> None:
    workshop.run("retract", "ferry.md", "--reason", "It never sailed.")
    workshop.build()
    shown = lines(workshop, "ferry.md")
    assert "state\twithdrawn since 2026-06-16 11:00 WEST" in shown
    assert "reason\tIt never sailed." in shown
    assert not [line for line in shown if line.startswith("text")]


@pytest.mark.parametrize("name", ["fery.md", ""])
def test_a_name_of_nothing_is_refused_with_the_nearest(workshop: Workshop, name: str) -> None:
    said = workshop.run("show", name)
    assert (said.code, said.stdout) == (2, "")
    assert "there is no article with this path or id" in said.stderr
    assert ("Did you mean ferry.md?" in said.stderr) == bool(name)


# -- --diff -----------------------------------------------------------------------------------


def test_a_diff_shows_what_the_next_build_changes(workshop: Workshop) -> None:
    edit(workshop, "ferry.md", "*noon*", "*one*")
    edit(workshop, "ferry.md", "[sea, travel]", "[sea]")
    edit(workshop, "ferry.md", "# The ferry", "# The late ferry")
    assert lines(workshop, "--diff", "ferry.md") == [
        "--- feeds/atom.xml",
        "+++ the next build",
        "@@ -1,6 +1,6 @@",
        "-title: The ferry",
        "+title: The late ferry",
        " link: https://example.org/ferry",
        " authors: Ada Example",
        "-tags: sea, travel",
        "+tags: sea",
        " ",
        "-It sails at noon, says the harbour master <https://example.org/master>.",
        "+It sails at one, says the harbour master <https://example.org/master>.",
    ]


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize("metadata", ["", "content: summary\n", "link: https://example.org/h\n"])
def test_what_is_published_is_equal_in_every_format(
    workshop: Workshop, form: str, metadata: str
) -> None:
    workshop.config(f'{LISBON}[output]\nformats = ["{form}"]\n')
    workshop.article("harbour.txt", f"---\n{metadata}tags: [sea]\n---\n{HARBOUR}")
    for each in (workshop.root / "feeds").iterdir():
        each.unlink()
    workshop.build()
    assert lines(workshop, "--diff", "harbour.txt") == []
    edit(workshop, "harbour.txt", "dredged", "deep")
    edit(workshop, "harbour.txt", "tags: [sea]", "tags: [sea, ships]\nauthors: [Bo, Cy]")
    shown = lines(workshop, "--diff", "harbour.txt")
    changed = {"+title: The harbour is deep", "+authors: Bo, Cy", "+tags: sea, ships"}
    assert changed <= set(shown)


def test_an_entry_that_leaves_the_feeds_is_removed_as_a_whole(workshop: Workshop) -> None:
    (workshop.root / "articles" / "ferry.md").unlink()
    shown = lines(workshop, "--diff", "ferry.md")
    assert shown[3] == "-title: The ferry"
    assert not [line for line in shown[2:] if line.startswith("+")]


def test_what_was_never_published_says_so(workshop: Workshop) -> None:
    workshop.article("new.md", "# New\n\nNothing like the others.\n")
    (line,) = lines(workshop, "--diff", "new.md")
    assert line == "new.md stands in no feed in feeds/: it was never published."


def test_an_entry_that_no_feed_shows_any_more_says_what_it_is(workshop: Workshop) -> None:
    workshop.run("retract", "ferry.md")
    workshop.build()
    (line,) = lines(workshop, "--diff", "ferry.md")
    assert line == "ferry.md stands in no feed in feeds/: it is withdrawn."


def test_a_diff_of_an_article_that_is_left_out_says_why(workshop: Workshop) -> None:
    edit(workshop, "ferry.md", "tags:", "draft: perhaps\ntags:")
    said = workshop.run("show", "--diff", "ferry.md")
    assert said.code == 1
    assert "left out: ferry.md:3: `draft` must be true or false" in said.stderr
    assert "-title: The ferry" in said.stdout.splitlines()


def test_a_program_gets_the_diff_as_json(workshop: Workshop) -> None:
    assert as_json(workshop, "--diff", "ferry.md") == {"document": "feeds/atom.xml", "diff": []}
    edit(workshop, "ferry.md", "*noon*", "*one*")
    assert as_json(workshop, "--diff", "ferry.md")["diff"][0] == "--- feeds/atom.xml"


def test_an_entry_that_newer_ones_crowd_out_says_so(workshop: Workshop) -> None:
    workshop.config(LISBON + "[output]\nlimit = 1\n")
    workshop.build()
    (line,) = lines(workshop, "--diff", "ferry.md")
    assert line.startswith("ferry.md stands in no feed in feeds/: newer entries fill the feeds")


# -- on a terminal ----------------------------------------------------------------------------


def test_a_terminal_strikes_cut_lines_through_and_wraps_the_text(workshop: Workshop) -> None:
    shown = on_terminal("show", "harbour.txt", folder=workshop.root, COLUMNS="60")
    assert "\x1b[9mShare this article\x1b[0m" in shown
    plain = [line.rstrip() for line in ESCAPES.sub("", shown).splitlines()]
    assert "cut    5  share  Share this article" in plain
    assert "Two ships have begun to dredge the harbour, which was too" in plain
    assert max(map(len, plain)) <= 60


def test_items_of_lists_are_wrapped_below_their_text_and_addresses_are_whole(
    workshop: Workshop,
) -> None:
    address = "https://example.org/" + "long-address/" * 6
    workshop.article("list.md", f"# List\n\n- The first of [all items]({address}) of the list\n")
    shown = ESCAPES.sub("", on_terminal("show", "list.md", folder=workshop.root, COLUMNS="40"))
    assert [line.rstrip() for line in shown.splitlines()[-3:]] == [
        "- The first of all items",
        f"  <{address}>",
        "  of the list",
    ]


def test_without_colours_cut_lines_are_marked_still(workshop: Workshop) -> None:
    shown = on_terminal("show", "harbour.txt", folder=workshop.root, NO_COLOR="1")
    assert "\x1b[" not in shown
    assert "cut    5  share  Share this article" in shown
