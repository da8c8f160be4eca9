"""A summary is the first sentences of a text, whole where possible, and never all of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.text.excerpt import excerpt, shorten

SENTENCE = "The harbour was quiet that morning."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n ", ""),
        (SENTENCE, ""),
        ("No full stop at all", ""),
        ("One. Two.", "One."),
        ("One. Two. Three. Four.", "One. Two."),
        ("A first sentence that is long. Two.", "A first sentence that is long."),
        ("One\n  two. \n\n Three.", "One two."),
        ("“Is it?” she asked. Nobody knew.", "“Is it?” she asked."),
        ("“It is!” “No.” They left, and so did all of us.", "“It is!” “No.”"),
        ("Prices rose by 2.5 percent. Wages did not.", "Prices rose by 2.5 percent."),
        ("橋は閉鎖。住民は歩く。冬です。", "橋は閉鎖。"),
    ],
)
def test_a_short_text_gives_its_first_sentences_and_not_its_last(text: str, expected: str) -> None:
    assert excerpt(text) == expected


@pytest.mark.parametrize(
    "first",
    ["Mr. Brown saw the U.S. Army at St. Mary.", "J. R. Roe, e.g. the elder, wrote No. 5.",
     "Wait... what did he say?", "Так сказал В. И. Иванов."],
)  # fmt: skip
def test_a_full_stop_inside_a_sentence_does_not_end_it(first: str) -> None:
    assert excerpt(f"{first} Это конец. That is all there is to say of it.").startswith(first)
    assert excerpt(f"{first} Then.") == first


def test_a_long_text_gives_as_many_whole_sentences_as_fit() -> None:
    assert excerpt(" ".join([SENTENCE] * 50)) == " ".join([SENTENCE] * 8)
    assert excerpt(" ".join([SENTENCE] * 50), 100) == " ".join([SENTENCE] * 2)


def test_a_sentence_that_does_not_fit_is_cut_after_a_word() -> None:
    long = "word, " * 200
    assert excerpt(long, 20) == "word, word, word…"
    assert excerpt(f"Oh. {long}", 30) == "Oh. word, word, word, word…"


def test_writing_without_blanks_is_cut_at_a_pause() -> None:
    assert shorten("橋は冬のあいだ、閉鎖されています", 10) == "橋は冬のあいだ…"
    assert shorten("橋は冬のあいだ閉鎖されています", 10) == "橋は冬のあいだ閉鎖さ…"


@pytest.mark.parametrize(
    ("sign", "count"),
    [("e\u0301", 4), ("👩‍👩‍👧", 1), ("👍🏽", 4), ("🇵🇹", 4), ("❤️", 4), ("क्ष", 3)],
    ids=["accent", "family", "tone", "flag", "variation", "vowel"],
)
def test_no_character_is_cut_apart(sign: str, count: int) -> None:
    assert shorten(sign * 20, 9) == sign * count + "…"


def test_what_fits_is_not_cut() -> None:
    assert shorten("Just so", 7) == "Just so"
    assert shorten("Just so…", 7) == "Just…"


def test_blanks_are_not_taken_for_text() -> None:
    assert excerpt(SENTENCE + " " * 9_000) == ""
    assert excerpt(" " * 9_000 + SENTENCE + " " * 9_000 + "Yes.") == SENTENCE


@given(st.text(max_size=80), st.integers(min_value=3, max_value=40))
def test_it_is_never_too_long_and_never_the_whole(text: str, length: int) -> None:
    short = excerpt(text, length)
    assert len(short) <= length + 1
    assert not short or short != " ".join(text.split())
