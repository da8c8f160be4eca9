"""The head of a paste becomes metadata where it is sure, and nothing else does."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC
from pathlib import Path

import pytest

from feedpub.articles.paste_head import PasteHead, split_head, split_leading_address, split_note
from feedpub.settings import Site

ROOT = Path(__file__).parents[2]
SITE = Site(title="S", url="https://s.example/", description="", language="en", zone=UTC)


def numbered(text: str) -> tuple[tuple[int, str], ...]:
    return tuple(enumerate(text.split("\n"), 1))


def head(text: str, title: str = "A title") -> PasteHead:
    return split_head(numbered(text), title, SITE)


def test_natural_headers_are_understood_and_none_is_misread() -> None:
    done = subprocess.run(
        [sys.executable, "bench/headers.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_what_was_read_is_reported_with_its_line_and_not_shown() -> None:
    found = head("By Ada Example\nPublished May 1, 2026\n\nThe text of it.")
    assert [(cut.line, cut.rule) for cut in found.cuts] == [(1, "byline"), (2, "date")]
    assert [text for _, text in found.lines if text] == ["The text of it."]


def test_a_paragraph_ends_the_head() -> None:
    text = (
        "A first paragraph that is as long as a paragraph of an article usually is.\nBy Ada Example"
    )
    assert head(text) == PasteHead(lines=numbered(text))


def test_a_day_alone_may_be_that_of_an_event() -> None:
    assert head("May 1, 2026\n\nCome at noon.").metadata.published is None


def test_an_update_without_another_date_is_the_date() -> None:
    metadata = head("Updated May 1, 2026\n\nText.").metadata
    assert metadata.published is not None
    assert metadata.updated is None


def test_an_address_that_is_all_there_is_stays() -> None:
    lines = numbered("https://coast.example/light\n")
    assert split_leading_address(lines) == PasteHead(lines=lines)


@pytest.mark.parametrize(
    "text",
    [
        "A title\n\n---\n\nAnother title\n\nText.",
        "It is one text.\n\n---\n\nIts second part ends as a sentence does.\n\nMore of it.",
        "It is one text.\n\n---\n\nOnly this",
        "---\n\nA title\n\nText.",
    ],
)
def test_a_rule_between_two_parts_of_a_text_makes_no_comment(text: str) -> None:
    assert split_note(numbered(text)) == PasteHead(lines=numbered(text))


def test_a_long_text_above_a_rule_is_no_comment() -> None:
    text = "It is a sentence of a text.\n" * 40 + "---\n\nA title\n\nText."
    assert split_note(numbered(text)).metadata.note is None
