"""Pasted text keeps the line breaks that its curator meant, and loses those of an editor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.articles.text import (
    is_headline,
    numbered_paragraphs,
    render_text,
    split_headline,
    split_paragraphs,
    split_title,
)

LONG = (
    "The ferry came in with the tide, and those who had waited for it since noon went home again."
)
LONGER = f"{LONG} Nobody said a word about the price."
WRAPPED = """\
This paragraph was wrapped at seventy columns or so, as mail and plain
text have been for a very long time, so that its line ends mean nothing
at all to whoever reads it in a window of another width."""


def numbered(text: str, first_line: int = 1) -> tuple[tuple[int, str], ...]:
    return tuple(enumerate(text.split("\n"), first_line))


def in_lines(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.split("\n"), 1))


def parted(text: str) -> list[list[str]]:
    return [list(paragraph) for paragraph in split_paragraphs(in_lines(text))]


# -- the title --------------------------------------------------------------------------------


def test_the_first_line_is_the_title() -> None:
    parts = split_title(numbered("\n \n The   bridge\u000bis open \n\nText.\n", 5))
    assert (parts.title, parts.line) == ("The bridge is open", 7)
    assert parts.lines == ((8, ""), (9, "Text."), (10, ""))


def test_a_first_line_that_is_a_paragraph_stays_and_its_beginning_is_the_title() -> None:
    parts = split_title(numbered(f"{LONGER} {LONGER}\n\nMore.\n"))
    assert parts.title.startswith("The ferry came in")
    assert parts.title.endswith("…")
    assert len(parts.title) <= 250
    assert parts.lines[0] == (1, f"{LONGER} {LONGER}")


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_a_text_without_lines_has_no_title(text: str) -> None:
    parts = split_title(numbered(text))
    assert (parts.title, parts.line) == ("", 0)
    assert split_headline(numbered(text)).title == ""


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("SHOCK: Ferry runs on time", ""),
        ("Who owns the moon?", ""),
        ("“The ferry is late”", ""),
        ("Council meets in the rain", LONGER),
    ],
)
def test_what_looks_like_a_headline(line: str, below: str) -> None:
    assert is_headline(line, below)


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("From Monday on, the ferry costs more.", ""),
        ("“It was,” she said.", ""),
        ("Dear all,", ""),
        ("Hello!", ""),
        ("The rules:", ""),
        ("- one", ""),
        ("https://news.example/a", ""),
        ("The gull stood on the wall", "and looked at nothing"),
        (f"{LONG.rstrip('.')} and came back and went away {LONG.rstrip('.')}", ""),
        ("", ""),
    ],
)
def test_what_may_be_text_is_no_headline(line: str, below: str) -> None:
    assert not is_headline(line, below)


def test_the_headline_of_a_text_whose_title_is_stated_elsewhere_is_dropped() -> None:
    parts = split_headline(numbered("\nFerry on time\n\nText.\n", 3))
    assert (parts.title, parts.line, parts.lines[:2]) == (
        "Ferry on time",
        4,
        ((5, ""), (6, "Text.")),
    )


@pytest.mark.parametrize("text", ["Text.\n\nMore.", "Only a few words\n", "Only a few words\n\n\n"])
def test_a_text_without_a_headline_stays_whole(text: str) -> None:
    parts = split_headline(numbered(text))
    assert (parts.title, parts.line) == ("", 0)
    assert parts.lines == tuple(in_lines(text))


# -- paragraphs -------------------------------------------------------------------------------


def test_blank_lines_part_paragraphs() -> None:
    assert parted("\nOne\n\n \n  Two \n") == [["One"], ["Two"]]
    assert parted("\n\n") == []


def test_a_paste_in_which_every_line_is_a_paragraph() -> None:
    assert parted(f"{LONG}\n{LONG}\n{LONG}") == [[LONG]] * 3
    assert parted(f"{LONGER}\nWhat comes next\n{LONGER}") == [
        [LONGER],
        ["What comes next"],
        [LONGER],
    ]


def test_two_long_lines_in_a_text_with_blank_lines_are_two_paragraphs() -> None:
    two = "“It was never good at grinding,” said the miller.\n“It may be at reading,” she added."
    assert parted(f"{LONG}\n\n{two}\n\n{LONG}") == [
        [LONG],
        *([line] for line in two.split("\n")),
        [LONG],
    ]


def test_prose_that_an_editor_has_wrapped_is_joined() -> None:
    assert parted(WRAPPED) == [[WRAPPED.replace("\n", " ")]]


def test_a_wrapped_text_is_joined_where_a_line_ends_with_a_sentence_too() -> None:
    short = "The tide went out and took the boats along, and then the harbour too.\nNobody minded."
    assert parted(f"{WRAPPED}\n\n{short}")[1] == [short.replace("\n", " ")]
    assert parted(short) == [[line] for line in short.split("\n")]


def test_a_word_parted_at_a_hyphen_is_one_word() -> None:
    gulls = "The gulls had seen all that before, and now they only took a well-\nknown way"
    assert parted(f"{WRAPPED}\n\n{gulls}")[1] == [gulls.replace("\n", "")]


@pytest.mark.parametrize(
    "text",
    [
        "The gull stood on the harbour wall\nand looked at nothing, looked at all,\nthen left.",
        "Ada Example\n12 Harbour Road\nLisbon",
        "Roses are red.\nViolets are blue.\nSugar is sweet.",
        "The rules:\n- Be kind to the gulls, even to those who take your lunch away\n- Be early",
        "1. Take the ferry to the other side, whatever it may cost you in the\n2. Walk home",
        "Of all the ships that ever left the harbour in the rain\n"
        "not one came back, and no one wrote\n"
        "and no one was the wiser for the wait upon the shore again",
    ],
    ids=["verse", "address", "short sentences", "list", "numbers", "long verse"],
)
def test_short_lines_keep_their_breaks(text: str) -> None:
    assert parted(text) == [text.split("\n")]


def test_verse_keeps_its_breaks_beside_wrapped_prose() -> None:
    verse = "The gull stood on the harbour wall\nand looked at nothing, looked at all"
    assert parted(f"{verse}\n\n{WRAPPED}\n\n{verse}")[0] == verse.split("\n")
    assert len(parted(f"{verse}\n\n{WRAPPED}\n\n{verse}")[1]) == 1


# -- markup -----------------------------------------------------------------------------------


def test_paragraphs_and_breaks_are_marked_up_and_everything_else_escaped() -> None:
    assert (
        render_text(in_lines("a <b> & c\n\nd\ne"))
        == "<p>a &lt;b&gt; &amp; c</p>\n<p>d<br>\ne</p>\n"
    )


def test_addresses_are_links() -> None:
    link = '<a href="https://x.example/a?b=1&amp;c=2">https://x.example/a?b=1&amp;c=2</a>'
    assert render_text([(1, "See https://x.example/a?b=1&c=2.")]) == f"<p>See {link}.</p>\n"


@given(st.text(alphabet="ab. -\n“”A,\u3000", max_size=400))
def test_no_word_is_lost(text: str) -> None:
    words = " ".join(line for paragraph in split_paragraphs(in_lines(text)) for line in paragraph)
    assert words.replace(" ", "").replace("\u3000", "") == "".join(text.split())


def test_paragraphs_know_the_line_that_they_begin_at() -> None:
    verse = "A ship\ncomes in\n\n\n"
    prose = f"{'A first sentence. ' * 8}\n{'A second sentence. ' * 8}\n"
    starts = [start for start, _ in numbered_paragraphs(in_lines(verse + prose))]
    assert starts == [1, 5, 6]
