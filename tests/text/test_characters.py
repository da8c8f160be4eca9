"""Text reaches the feed in the characters that XML 1.0 can carry and validators accept."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.text.characters import clean_characters, one_line

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\x00b\x08c\x1bd\x7fe", "abcde"),
        ("one\r\ntwo\rthree\nfour\tfive", "one\ntwo\nthree\nfour\tfive"),
        ("page\x0cbreak", "page\nbreak"),
        ("\x93Hi\x94 \x96 caf\x82\x85", "“Hi” – caf‚…"),
        ("\x81\x8d\x8f\x90\x9d", ""),
        ("\ufeffmark", "mark"),
        ("\ud83dhalf", "half"),
        ("\ufffe\uffff\ufdd0\U0001fffe\U0010ffff", ""),
        ("lost\ufffd", "lost?"),
    ],
)
def test_what_a_feed_cant_carry_goes(dirty: str, clean: str) -> None:
    assert clean_characters(dirty) == clean


@pytest.mark.parametrize(
    "text", ["", "Plain.", "É 漢字 עברית \U0001f600", "a\u00a0b\u00adc\u200bd"]
)
def test_what_it_can_carry_stays(text: str) -> None:
    assert clean_characters(text) == text


@given(ANY_TEXT)
def test_any_text_comes_out_as_xml_that_reads_the_same(text: str) -> None:
    clean = clean_characters(text)
    escaped = clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert (ET.fromstring(f"<a>{escaped}</a>".encode()).text or "") == clean
    assert not any("\x7f" <= character <= "\x9f" or character == "\ufffd" for character in clean)
    assert clean_characters(clean) == clean


def test_a_line_has_single_blanks_and_none_around() -> None:
    assert one_line("  A\ttitle\n over\u2028two   lines ") == "A title over two lines"
    assert one_line("all is well") == "all is well"
    assert one_line("\n") == ""


def test_no_break_spaces_are_kept_within_a_line() -> None:
    assert one_line("«\u00a0Où\u202f?\u00a0»") == "«\u00a0Où\u202f?\u00a0»"


def test_a_line_does_not_turn_round_what_stands_after_it() -> None:
    assert one_line("\u202eabc \u2067def") == "abc def"


@given(ANY_TEXT)
def test_one_line_is_one_line(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line
