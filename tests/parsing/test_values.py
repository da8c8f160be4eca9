"""A table of keys and values is read whole: each key once, and every error is reported."""

from __future__ import annotations

import pytest

from feedpub.parsing.values import Place, Values

PLACE = Place(name="config.toml", line_of=lambda _: 7)


@pytest.mark.parametrize(
    ("table", "problems"),
    [
        ({}, ["`title` is missing"]),
        ({"title": None}, ["`title` is missing"]),
        ({"title": " "}, ["`title` is empty"]),
        ({"title": True}, ["`title` must be a text, not true or false"]),
        ({"title": "T"}, []),
    ],
)
def test_a_required_text_is_there_or_reported_once(
    table: dict[str, object], problems: list[str]
) -> None:
    values = Values(table, PLACE)
    values.required("title")
    assert [each.problem for each in values.diagnostics] == problems


def test_an_empty_text_is_reported_beside_other_errors() -> None:
    values = Values({"draft": "no", "title": ""}, PLACE)
    values.boolean("draft")
    values.required("title")
    assert [each.problem for each in values.diagnostics][1:] == ["`title` is empty"]
