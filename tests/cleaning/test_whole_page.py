"""A whole page that was pasted: its article is found, or it is said that this is uncertain."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from feedpub.cleaning import Cleaned, Cleaner, load_rules, rule_names, rules_for
from feedpub.cleaning.whole_page import DATE_RULES, WHOLE_PAGE

from .pages import ARTICLE, FOOT, HEAD, MENU, PAGE


def cut(lines: Sequence[str], *, disable: frozenset[str] = frozenset()) -> Cleaned:
    return Cleaner(rules_for((), disable)).cut_whole_page(list(enumerate(lines, 1)))


def kept(lines: Sequence[str]) -> list[str]:
    return [line for _, line in cut(lines).lines]


def test_only_the_headline_and_the_article_stay_of_a_page() -> None:
    cleaned = Cleaner(load_rules()).clean(list(enumerate(PAGE, 1)))
    assert [line for _, line in cleaned.lines] == [HEAD[0], *ARTICLE]
    assert cleaned.headline == (len(MENU) + 1, HEAD[0])


def test_each_line_around_the_article_is_reported() -> None:
    cleaned = cut(PAGE)
    assert {one.rule for one in cleaned.cuts} == {WHOLE_PAGE}
    assert [one.text for one in cleaned.cuts] == [*MENU, *HEAD[1:], *FOOT]
    assert cleaned.cuts[0].line == 1


def test_blank_lines_make_no_difference() -> None:
    spread = [line for each in PAGE for line in (each, "", "")]
    assert [line for line in kept(spread) if line] == kept(PAGE)


@pytest.mark.parametrize("lines", [ARTICLE, [*HEAD, *ARTICLE, *FOOT], [*MENU, *HEAD, *ARTICLE]])
def test_a_part_of_a_page_is_no_whole_page(lines: list[str]) -> None:
    assert cut(lines) == Cleaned(lines=tuple(enumerate(lines, 1)), cuts=())


def test_an_article_of_short_lines_is_no_whole_page() -> None:
    listed = [f"{n}. A ship of the line, No. {n}" for n in range(1, 60)]
    assert kept([*ARTICLE, *listed, *ARTICLE]) == [*ARTICLE, *listed, *ARTICLE]


def test_without_a_text_that_outweighs_the_rest_nothing_is_cut() -> None:
    ships = [f"Ship {n} – built in 1912, lost off the cape" for n in range(20)]
    page = [*MENU, "Ships of the coast", *ships, *FOOT[:3], ARTICLE[1], ARTICLE[8], *FOOT[3:]]
    cleaned = cut(page)
    assert cleaned.is_uncertain
    assert (cleaned.cuts, cleaned.headline) == ((), None)


def test_a_short_article_is_certain_below_a_date() -> None:
    short = [*HEAD, ARTICLE[0], ARTICLE[1]]
    assert cut([*MENU, *short, *FOOT]).cuts
    assert cut([*MENU, HEAD[0], *short[3:], *FOOT]).is_uncertain


def test_all_that_may_be_the_article_stays() -> None:
    box = ["* A walk along the cliffs", *MENU[2:10]]
    page = [*MENU, *HEAD, *ARTICLE[:4], *box, *ARTICLE[4:], *FOOT]
    assert kept(page) == [HEAD[0], *ARTICLE[:4], *box, *ARTICLE[4:]]


def test_a_paragraph_beyond_a_box_stays() -> None:
    box = ["Share this", "A picture of the tower", "Advertisement"]
    page = [*MENU, *HEAD, *ARTICLE[:7], *box, ARTICLE[8], *FOOT]
    assert kept(page) == [HEAD[0], *ARTICLE[:7], *box, ARTICLE[8]]


def test_an_article_with_a_gallery_in_it_is_no_whole_page() -> None:
    slide = ["Image 1 of 9", "Photo: Inês Prado", "Image 2 of 9", "Photo: Rui Prado"]
    lines = [*HEAD, *ARTICLE[:4], *slide * 6, "Share this", *ARTICLE * 3, *FOOT]
    assert set(ARTICLE) <= set(kept(lines))


def test_a_list_that_ends_the_article_stays_down_to_the_furniture() -> None:
    steps = [f"Step {n}: a view of the bay" for n in range(1, 40)]
    assert kept([*MENU, *HEAD, *ARTICLE, *steps, *FOOT]) == [HEAD[0], *ARTICLE, *steps]


def test_the_headline_is_the_line_that_stands_twice() -> None:
    path = ["Coast Courier > News", HEAD[0], "All news of the day and night", *HEAD]
    cleaned = cut([*MENU, *path[:2], *path[2:3], *HEAD[1:], *ARTICLE, *FOOT, HEAD[0]])
    assert cleaned.headline == (len(MENU) + 2, HEAD[0])


def test_without_a_headline_the_first_line_of_the_page_stays() -> None:
    assert cut([*MENU, *ARTICLE, *FOOT]).headline == (1, MENU[0])


def test_a_page_in_a_script_without_spaces_is_understood() -> None:
    text = "灯台守たちは、これほどの嵐を長い年月のあいだ一度も見たことがないと話していました。"
    article = [text * 2, text, text * 3, text * 2, text, text * 2, text * 2, text * 2]
    assert kept([*MENU, "灯台にふたたび灯がともる、九年ぶりに春の夜を照らす", *article, *FOOT]) == [
        "灯台にふたたび灯がともる、九年ぶりに春の夜を照らす",
        *article,
    ]


def test_the_rule_can_be_disabled() -> None:
    assert cut(PAGE, disable=frozenset((WHOLE_PAGE,))).cuts == ()


def test_the_rules_that_tell_a_date_exist() -> None:
    assert set(rule_names()) >= DATE_RULES
