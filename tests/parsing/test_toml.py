"""A TOML text is read as tomllib reads it, and every key can be found again by its line."""

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
        ("feed", 8),
        ("feed[2].name", 12),
        ("feed[2].inner.key", 13),
    ],
)
def test_every_key_has_its_line(path: str, line: int) -> None:
    assert read_toml(TEXT).line_of(path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("site.url", 1),
        ("site.author.email", 3),
        ('article."a b.txt".link', 5),
        ('article."other.txt"', 5),
        ("feed[2].path", 11),
        ("push", 0),
        ("push.target", 0),
    ],
)
def test_an_absent_key_has_the_line_of_its_table(path: str, line: int) -> None:
    assert read_toml(TEXT).line_of(path) == line


def test_line_ends_may_be_those_of_windows() -> None:
    text = 'a = """\nx\n"""\n# b\n[c]\nd = [\n1, # 2\n{e = 3}]\n'.replace("\n", "\r\n")
    line_of = read_toml(text).line_of
    assert [line_of(path) for path in ("a", "c", "c.d", "c.d[2].e")] == [1, 5, 6, 8]


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = \n", 2), ("a = 1\n\na = 2\n", 3), ('a = 1\nb = """x', 2), ("[a\n", 1)],
)
def test_what_is_not_toml_has_a_line(text: str, line: int) -> None:
    with pytest.raises(TomlError) as caught:
        read_toml(text)
    assert caught.value.line == line
    assert "line" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('a = "x\n', "a quote is opened here and not closed"),
        ("a = x\n", "this value is none that TOML knows"),
        ("a = 1\na = 2\n", "this key or table is there already"),
        ("[a]\n[a]\n", "this key or table is there already"),
    ],
)
def test_usual_mistakes_have_plain_words(text: str, problem: str) -> None:
    with pytest.raises(TomlError, match=problem):
        read_toml(text)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ('a = "C:\\Users\\ada"\n', r"single quotes, such as 'C:\pictures'"),
        ('a = "C:\\docs"\n', r"single quotes, such as 'C:\pictures'"),
        ("a: x\n", "Write `key = value` on each line."),
        ("a = x\n", "Write a text in quotes."),
        ("a = 2026-02-30\n", "Write it as 2019-05-02T17:00:00+02:00."),
        ("a = [1\n", "Close it with `]`."),
        ("a = {b = 1", "Close it with `}`."),
        ("a = 1 2\n", "Write one `key = value` a line"),
        ("= 1\n", "Write one `key = value` a line"),
    ],
)
def test_every_mistake_has_a_remedy(text: str, remedy: str) -> None:
    with pytest.raises(TomlError) as caught:
        read_toml(text)
    assert remedy in caught.value.remedy


def test_a_path_quotes_what_toml_would_quote() -> None:
    assert key_path("article", "a.txt", "tags") == 'article."a.txt".tags'
