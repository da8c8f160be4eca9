"""Density: sentences weigh, headings and buttons don't, and the heaviest runs are found."""

from __future__ import annotations

import time
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.cleaning.density import Run, count_words, heaviest_runs, weigh, without_bullet


@pytest.mark.parametrize(
    "line",
    [
        "The keepers said that they had never seen such a storm in all the years at the light.",
        "Die Wärter sagten, dass sie in all den Jahren noch nie so einen Sturm gesehen hatten.",
        "Les gardiens ont dit qu’ils n’avaient pas vu une telle tempête dans toute leur vie.",
        "Los guardas dijeron que no habían visto una tormenta como esta en toda su vida.",
        "I guardiani hanno detto che non avevano mai visto una tempesta come questa in vita loro.",
        "Os faroleiros disseram que não viam uma tempestade como esta há muito tempo.",
        "De wachters zeiden dat ze in al die jaren nog nooit zo een storm hadden gezien.",
        "Смотрители сказали, что они за все эти годы не видели такой бури на маяке.",
        "灯台守たちは、これほどの嵐を長い年月のあいだ一度も見たことがないと話していました。",
    ],
)
def test_a_sentence_weighs_in_any_language(line: str) -> None:
    assert weigh(line) > 1


@pytest.mark.parametrize(
    "line",
    [
        "Home",
        "* Weather",
        "Ten Lighthouses That Nobody Has Ever Seen From The Land Side",
        "Contact the harbour office – Opening hours – Tide tables – Webcam – Press",
        "3,977 views",
        "3. Nine ships lost off Porto Covo",
        "お問い合わせ",
        "",
    ],
)
def test_a_button_or_a_headline_does_not_weigh(line: str) -> None:
    assert weigh(line) < 0


def test_a_paragraph_weighs_more_than_a_sentence_and_that_more_than_a_short_one() -> None:
    sentence = "The keepers said that they had never seen such a storm in all the years."
    assert weigh(f"{sentence} {sentence} {sentence}") > weigh(sentence) > weigh("They came back.")


def test_words_are_counted_also_where_a_script_does_not_part_them() -> None:
    assert count_words("The keepers of the light") == 5
    assert count_words("灯台守たちは、これほどの嵐を長い年月のあいだ一度も見たことがない") >= 4


@pytest.mark.parametrize("line", ["* Sport", "+ Sport", "  o Sport", "• Sport", "3. Sport"])
def test_a_bullet_is_taken_off(line: str) -> None:
    assert without_bullet(line) == "Sport"


@pytest.mark.parametrize("line", ["A trip to Sport", "-5 degrees", "2019", "Over 3. Sport"])
def test_what_is_no_bullet_stays(line: str) -> None:
    assert without_bullet(line) == line


def test_the_runs_of_the_paper_are_found() -> None:
    # Ruzzo and Tompa, section 2.
    weights = [4, -5, 3, -3, 1, 2, -2, 2, -2, 1, 5]
    assert heaviest_runs(weights) == (
        Run(start=0, stop=1, weight=4),
        Run(start=2, stop=3, weight=3),
        Run(start=4, stop=11, weight=7),
    )


@given(st.lists(st.integers(-3, 6), max_size=30))
def test_the_heaviest_run_is_as_heavy_as_any(weights: list[int]) -> None:
    sums = [sum(weights[a:b]) for a, b in combinations(range(len(weights) + 1), 2)]
    runs = heaviest_runs(weights)
    assert max((run.weight for run in runs), default=0) == max([0, *sums])
    assert all(run.weight == sum(weights[run.start : run.stop]) > 0 for run in runs)
    assert all(one.stop <= other.start for one, other in pairwise(runs))


@pytest.mark.parametrize("pattern", [[1, -1], [1, -2], [2, -1], [1, -1, 1, -3], [1]])
def test_runs_are_found_in_linear_time(pattern: list[int]) -> None:
    begin = time.process_time()
    heaviest_runs(pattern * (200_000 // len(pattern)))
    assert time.process_time() - begin < 2
