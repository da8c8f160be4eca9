"""Plain lines of metadata at the head of a text: when they are such, and what they say."""

from __future__ import annotations

import pytest

from feedpub.articles.front_matter import FrontMatter
from feedpub.articles.header_lines import read_header_lines


def read(text: str) -> FrontMatter:
    return read_header_lines(FrontMatter(body=text))


def test_lines_of_keys_are_metadata() -> None:
    front = read("Title: The sea\nDate: 2026-05-01 10:20\nTemplate: page\n\n\nIt is calm.\n")
    assert front.table == {"Title": "The sea", "Date": "2026-05-01 10:20", "Template": "page"}
    assert (front.body, front.body_line) == ("\nIt is calm.\n", 5)
    assert [front.line_of(key) for key in ("Title", "Date", "x")] == [1, 2, 0]


def test_blank_lines_may_stand_above_and_a_value_may_go_on() -> None:
    front = read("\nTitle: The sea\n    and the land\nTags:\n\nText\n")
    assert front.table == {"Title": "The sea and the land", "Tags": ""}
    assert front.line_of("Tags") == 4


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Authors: Ada, Bea", ["Ada", "Bea"]),
        ("Authors: Example, Ada; Example, Bea", ["Example, Ada", "Example, Bea"]),
        ("Author: Ada, Bea", "Ada, Bea"),
    ],
)
def test_authors_in_the_plural_are_several(line: str, names: object) -> None:
    assert list(read(f"{line}\n\nText\n").table.values()) == [names]


@pytest.mark.parametrize(
    "text",
    [
        "Paris: a city\n\nText\n",
        "Note: this was corrected.\n\nText\n",
        "Summary: they won\n\nText\n",
        "Title: The sea\nand a line of text\n\nText\n",
        "Update: it works now\n\nText\n",
        "Date: soon\nTitle: The sea\n\nText\n",
        "Private: a life\n\nText\n",
        "Title: The sea\n",
        "https://example.org/\n\nText\n",
        "Title: A\nTitle: B\n\nText\n",
        "",
    ],
)
def test_what_may_be_text_stays_text(text: str) -> None:
    assert read(text) == FrontMatter(body=text) or read(text).body == text
