"""A key of a TOML text can be found again by its line."""

from __future__ import annotations

import pytest

from feedpub.parsing.toml import TomlError, key_path, read_toml

TEXT = """\
[site]
title = "A"
author = { name = "B" }

[article."a b.txt"]
tags = []

[[feed]]
name = "x"

[[feed]]
name = "y"
inner.key = 1
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("site", 1),
        ("site.title", 2),
        ("site.author.name", 3),
        ('article."a b.txt".tags', 6),
        ('article."a b.txt".link', 5),
        ("feed[2].name", 12),
        ("feed[2].inner.key", 13),
        ("push", 0),
    ],
)
def test_every_key_has_its_line_or_that_of_its_table(path: str, line: int) -> None:
    assert read_toml(TEXT).line_of(path) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = \n", 2), ("a = 1\n\na = 2\n", 3), ('a = 1\nb = """x', 2), ("[a\n", 1)],
)
def test_what_is_not_toml_has_a_line(text: str, line: int) -> None:
    with pytest.raises(TomlError) as caught:
        read_toml(text)
    assert caught.value.line == line
    assert "line" not in str(caught.value)


def test_a_path_quotes_what_toml_would_quote() -> None:
    assert key_path("article", "a.txt", "tags") == 'article."a.txt".tags'
