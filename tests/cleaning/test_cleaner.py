"""Cleaning: page furniture goes as whole lines, the text of the article never does."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.cleaning import (
    Cleaned,
    Cleaner,
    LineRule,
    compile_rule,
    load_rules,
    rule_names,
    rules_by_kind,
    rules_for,
)
from feedpub.cleaning.article_cuts import REPEATED
from feedpub.cleaning.whole_page import WHOLE_PAGE
from feedpub.settings import CleaningRule, Where

RULES = load_rules()
CUTS = [pytest.param(rule, line, id=f"{rule.name}: {line}") for rule in RULES for line in rule.cuts]
KEEPS = [
    pytest.param(rule, line, id=f"{rule.name}: {line}") for rule in RULES for line in rule.keeps
]

FIRST = (
    "PORTO COVO – The old lighthouse will shine again from the first night of spring, the keepers"
    " of the coast said on Tuesday, after nine years in the dark and two winters of repairs."
)
SPEECH = "“We never took the lamp down,” said Inês Prado, who has kept the keys since 1988."
LAST = (
    "The lamp itself was found in a cellar in the village, wrapped in sailcloth. It needs a new"
    " bulb, and nobody knows yet where such a bulb could still be bought."
)


def clean(text: str, *rules: CleaningRule, disable: tuple[str, ...] = ()) -> Cleaned:
    lines = list(enumerate(text.split("\n"), 1))
    return Cleaner(rules_for(rules, frozenset(disable))).clean(lines)


def kept(text: str) -> list[str]:
    return [line for _, line in clean(text).lines if line]


def article(*middle: str) -> str:
    return "\n\n".join((FIRST, *middle, LAST))


@pytest.mark.parametrize(("rule", "line"), CUTS)
def test_a_rule_knows_the_furniture_it_is_for(rule: LineRule, line: str) -> None:
    assert rule.matches(line)


@pytest.mark.parametrize(("rule", "line"), KEEPS)
def test_a_rule_leaves_what_only_looks_like_furniture(rule: LineRule, line: str) -> None:
    assert not rule.matches(line)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_written_well(rule: LineRule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.about.endswith(".")
    assert rule.lines or rule.cuts or rule.name in (WHOLE_PAGE, REPEATED)
    assert bool(rule.pattern) == bool(rule.cuts)
    assert "" not in rule.lines
    assert re.compile(rule.pattern).groups == 0
    assert rule.through <= {"end", "row", *rule_names()}
    assert rule.beside <= set(rule_names())


def test_the_names_of_the_rules_are_unique() -> None:
    assert len(set(rule_names())) == len(RULES)


def test_a_pasted_article_is_left_with_its_paragraphs_alone() -> None:
    text = f"""
1 2,977

{FIRST}

{SPEECH}

- Advertisement -

{SPEECH}
{LAST}

Subscribe to our newsletter
Sign up here to get the tide tables, the weather and special offers straight to your inbox.

Get storm alerts directly on your phone, subscribe now."""
    cleaned = clean(text)
    assert [line for _, line in cleaned.lines if line] == [FIRST, SPEECH, SPEECH, LAST]
    assert [(cut.line, cut.rule) for cut in cleaned.cuts] == [
        (2, "counters"),
        (8, "advertisement"),
        (13, "newsletter"),
        (14, "newsletter"),
        (16, "inbox"),
    ]
    assert cleaned.cuts[1].text == "- Advertisement -"


def test_lines_that_stay_keep_their_numbers_and_paragraphs_the_blank_line_between_them() -> None:
    cleaned = clean(f"{FIRST}\n\nShare this\n\n{LAST}")
    assert cleaned.lines == ((1, FIRST), (2, ""), (4, ""), (5, LAST))


def test_a_sign_up_box_goes_with_its_pitch_its_field_and_its_button() -> None:
    box = "Join our mailing list\nThe coast, week by week.\nYour e-mail\nSubmit"
    assert kept(article(box, SPEECH)) == [FIRST, SPEECH, LAST]


def test_a_heading_of_a_sign_up_box_without_a_field_takes_nothing_along() -> None:
    assert kept(article("Join our mailing list", SPEECH)) == [FIRST, SPEECH, LAST]


def test_two_paragraphs_between_a_heading_and_a_field_are_no_box() -> None:
    other = SPEECH.replace("lamp", "bell")
    assert kept(article("Newsletter", SPEECH, other, "Submit")) == [FIRST, SPEECH, other, LAST]


def test_the_caption_in_a_gallery_goes_if_a_credit_closes_it() -> None:
    slide = "Image 1 of 5\nThe keys of the lighthouse\n(Image credit: Museum of the Coast)"
    assert kept(article(slide)) == [FIRST, LAST]


def test_a_list_of_other_articles_below_the_text_goes_as_a_whole() -> None:
    related = "Related\nNine ships that never came home\nWho owns the sand?"
    assert kept(f"{article()}\n\n{related}") == [FIRST, LAST]


def test_a_list_of_other_articles_amid_the_text_loses_its_heading_alone() -> None:
    related = "Related articles\nNine ships that never came home"
    assert kept(article(related)) == [FIRST, "Nine ships that never came home", LAST]


def test_name_and_date_go_above_the_text_alone() -> None:
    head = "By Inês Prado\n4 March 2019\n"
    assert kept(head + article()) == [FIRST, LAST]
    assert kept(article(head)) == [FIRST, "By Inês Prado", "4 March 2019", LAST]


@pytest.mark.parametrize(
    "line",
    [
        "“Subscribe to our newsletter,” the sign above the counter said.",
        "— Subscribe to our newsletter, he said, and laughed.",
        "He wondered who would share this with them, and what they would read more of.",
        "They were asked to accept cookies and tea, and took both without a word.",
        "The firm says its site uses cookies; the court says that it must ask first.",
        "“Share this,” she said.",
        "“Get it delivered straight to your inbox,” the advert had promised.",
        "No.",
        "What now?",
        "The keepers",
        "NINE YEARS IN THE DARK",
        "- a lamp of 1,000 watts",
        "3. Sign the book",
        "2019",
        "1,234",
        "Benfica 2 1",
        "1. Portugal 14 7 3",
        "Rating: 4/5",
        "7 / 10",
        "© 2019 The keepers of the coast. All rights reserved.",
        "* * *",
        "Email",
        "Privacy",
        "Stay informed",
        "Like a lamp in a window,",
        "Line 3",
    ],
)
def test_text_amid_the_article_stays(line: str) -> None:
    assert kept(article(line)) == [FIRST, line, LAST]


def test_a_short_note_has_edges_too() -> None:
    note = "0 1,200\n\nThe tower leans.\n\nNobody minds.\n3.4k"
    assert kept(note) == ["The tower leans.", "Nobody minds."]


def test_verse_and_talk_without_a_single_long_line_have_no_edges() -> None:
    verse = "By the River\n\nHome\nMore\n1 2\nBy the river, by the sea\nRelated\nYou and me"
    assert kept(verse) == [line for line in verse.split("\n") if line]


@pytest.mark.parametrize(
    "line",
    [
        "Publicidad",
        "Compartir",
        "Publicité",
        "Partager sur Facebook",
        "Anzeige",
        "12 Kommentare",
        "Publicidade",
        "Inscreva-se na nossa newsletter",
        "Реклама",
        "Поделиться",
        "Pubblicità",
        "Iscriviti alla newsletter",
        "Questo sito utilizza cookie per migliorare la tua esperienza.",
        "Este site usa cookies.",
        "Мы используем файлы cookie, чтобы сайт работал лучше.",
    ],
)
def test_the_commonest_furniture_is_known_in_other_languages(line: str) -> None:
    assert kept(article(line)) == [FIRST, LAST]


@pytest.mark.parametrize(
    "line",
    ["* Share this *", "[Advertisement]", "SHARE THIS", "Share  this:", "• Share this", "–AD–"],
)
def test_case_and_ornaments_do_not_hide_furniture(line: str) -> None:
    assert kept(article(line)) == [FIRST, LAST]


FURNITURE = st.sampled_from([line for rule in RULES for line in (*rule.cuts, *rule.lines)])
TEXT = st.sampled_from([FIRST, SPEECH, LAST, "", "The keepers", "“Well,” he said.", "4 March 2019"])
PAGES = st.lists(st.one_of(FURNITURE, TEXT, st.text(max_size=80)), max_size=25)


@given(PAGES)
def test_cleaning_what_is_clean_changes_nothing(page: list[str]) -> None:
    cleaner = Cleaner(RULES)
    cleaned = cleaner.clean(list(enumerate(page)))
    assert cleaner.clean(cleaned.lines) == Cleaned(lines=cleaned.lines, cuts=())


@given(PAGES)
def test_every_line_either_stays_or_is_reported(page: list[str]) -> None:
    lines = list(enumerate(page))
    cleaned = Cleaner(RULES).clean(lines)
    reported = [(cut.line, cut.text) for cut in cleaned.cuts]
    assert sorted([*cleaned.lines, *reported]) == lines
    assert all(text.strip() for _, text in reported)
    assert {cut.rule for cut in cleaned.cuts} <= set(rule_names())


@given(st.lists(st.one_of(FURNITURE, st.just("")), max_size=12))
def test_no_furniture_around_a_paragraph_takes_it_along(page: list[str]) -> None:
    for at in range(len(page) + 1):
        lines = list(enumerate([*page[:at], FIRST, LAST, *page[at:]]))
        stayed = [text for _, text in Cleaner(RULES).clean(lines).lines]
        assert FIRST in stayed
        assert LAST in stayed


def test_a_rule_of_the_curator_cuts_whole_lines_in_any_case() -> None:
    rule = CleaningRule(name="house-ad", pattern="visit the (lamp|light) shop.*")
    cleaned = clean(article("VISIT THE LAMP SHOP today!", "“Visit the lamp shop,” she said."), rule)
    assert [(cut.line, cut.rule) for cut in cleaned.cuts] == [(3, "house-ad")]


def test_a_rule_of_the_curator_may_cut_whole_sentences_and_refer_back() -> None:
    rule = CleaningRule(name="twice", pattern=r"(?P<word>\w+) and (?P=word) .*")
    line = "Lamps and lamps and nothing else are sold in the shop below the tower of Porto Covo."
    assert clean(article(line), rule).cuts[0].rule == "twice"


def test_a_rule_of_the_curator_gives_the_reason_before_those_of_feedpub() -> None:
    rule = CleaningRule(name="my-share", pattern="share.*")
    assert clean(article("Share this"), rule).cuts[0].rule == "my-share"


def test_a_rule_for_the_end_leaves_the_same_line_elsewhere() -> None:
    rule = CleaningRule(name="signature", pattern="the keepers", where=Where.END)
    text = article("The keepers") + "\n\nThe keepers"
    assert [cut.line for cut in clean(text, rule).cuts] == [7]


def test_a_disabled_rule_cuts_nothing() -> None:
    text = article("Share this", "Advertisement")
    assert [cut.rule for cut in clean(text, disable=("share",)).cuts] == ["advertisement"]


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(lamp", "is not a regular expression: missing )"),
        ("*", "is not a regular expression: nothing to repeat"),
        ("lamp{99999999999999}", "is not a regular expression"),
        ("(lamp)?", "matches an empty line"),
        (".*", "matches an empty line"),
        (".+", "would cut ordinary text, such as “"),
        (r"[A-Z].*\.", "would cut ordinary text, such as “"),
        (r"[^\d]+", "would cut ordinary text, such as “"),
        (r"(\w+\s*)+!", "repeats what is a repetition itself"),
        ("(?:a*)*b", "repeats what is a repetition itself"),
    ],
)
def test_a_rule_that_would_cut_too_much_or_is_broken_is_refused(pattern: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        compile_rule(CleaningRule(name="mine", pattern=pattern))


@pytest.mark.parametrize(
    "pattern", ["support our work.*", "lamp|light", "(?:very )+bright", r"lamp \d+"]
)
def test_a_rule_that_cuts_only_furniture_is_taken(pattern: str) -> None:
    assert compile_rule(CleaningRule(name="mine", pattern=pattern)).pattern == pattern


@pytest.mark.parametrize(
    "nasty",
    ["A", "TITLE, NON-", "a ", "1 ", "1,", ".", "((", "by ", "Photo: ", "your inbox ", "#tide"],
)
def test_no_line_takes_long(nasty: str) -> None:
    cleaner = Cleaner(RULES)
    lines = [(nasty * 300)[:length] + end for length in (298, 100_000) for end in ("", "~", ")")]
    begin = time.process_time()
    cleaner.clean(list(enumerate(lines)))
    assert time.process_time() - begin < 2


def test_a_page_of_buttons_takes_time_by_its_length() -> None:
    lines = list(enumerate(["Share", "The keepers came down to the sea."] * 40_000))
    begin = time.process_time()
    Cleaner(RULES).clean(lines)
    assert time.process_time() - begin < 2


def test_a_gallery_goes_as_far_as_its_end() -> None:
    caption = "The keepers walk up to the lamp of the tower, on the first night of the new light."
    frame = ["Image 1 of 5", caption, f"{caption[:60]} ... more", "Photo: Inês Prado", "1 / 5"]
    assert kept("\n".join((*frame, "Back to Gallery", FIRST, LAST))) == [FIRST, LAST]


def test_a_picture_below_a_picture_does_not_take_the_paragraph_between_them_along() -> None:
    pictures = ["Image 1 of 2", "The tower", "(Image credit: Museum of the Coast)", SPEECH]
    text = article(*pictures, "(Image credit: Harbour Museum)")
    assert kept(text) == [FIRST, SPEECH, LAST]


def test_the_sections_of_a_site_go_above_the_text_and_their_menu_with_them() -> None:
    menu = ["News", "Porto Covo", "Sports", "Tides", "Opinion"]
    assert kept("\n".join((*menu, FIRST, LAST))) == [FIRST, LAST]


def test_the_headings_of_a_digest_stay_where_they_are_names_of_sections() -> None:
    digest = ["News", FIRST, "Sports", LAST, "Opinion", SPEECH]
    assert kept("\n".join(digest)) == digest


@pytest.mark.parametrize(
    "lines",
    [
        ["News", "Porto Covo", "Sports"],
        ["Two eggs", "Flour", "Sugar"],
        ["politics."],
    ],
)
def test_short_lines_that_are_no_menu_stay(lines: list[str]) -> None:
    stay = [line for line in lines if line not in ("News", "Sports")]
    assert kept("\n".join((*lines, FIRST, LAST))) == [*stay, FIRST, LAST]


def test_the_title_goes_where_it_stands_again() -> None:
    title = "A light in the dark, after nine years of waiting for it on the coast of Porto Covo?"
    lines = list(enumerate(["A view of the tower", title, FIRST, title, LAST]))
    cleaned = Cleaner(RULES).cut_furniture(lines, title=title)
    assert [(cut.line, cut.rule) for cut in cleaned.cuts] == [(1, "repeated")]


def test_a_name_goes_next_to_a_byline_or_a_date_alone() -> None:
    assert kept("\n".join(("Inês Prado", "4 March 2019", FIRST, LAST))) == [FIRST, LAST]
    assert kept("\n".join(("Inês Prado", FIRST, LAST))) == ["Inês Prado", FIRST, LAST]


@pytest.mark.parametrize("kind", rules_by_kind())
def test_each_kind_of_line_can_be_kept(kind: str) -> None:
    lines = {
        "byline": "By Inês Prado",
        "caption": "The tower at dawn. (Photo by Inês Prado/AFP)",
        "credit": "Photo: Inês Prado",
    }
    text = f"{lines[kind]}\n{FIRST}\n{LAST}"
    assert kept(text) == [FIRST, LAST]
    cleaned = clean(text, disable=tuple(rules_by_kind()[kind]))
    assert cleaned.cuts == ()
