"""The tables `[article."…"]` apply to an article by its name or by a glob."""

from __future__ import annotations

import pytest

from feedpub.articles.config_tables import ArticleTables
from feedpub.model import Metadata
from feedpub.settings import ArticleTable


def tables(*patterns: str) -> ArticleTables:
    return ArticleTables(
        [ArticleTable(pattern=each, metadata=Metadata(title=each, note=each)) for each in patterns]
    )


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("a.txt", "a.txt"),
        ("a.txt", "deep/er/a.txt"),
        ("deep/a.txt", "deep/a.txt"),
        ("*.txt", "deep/a.txt"),
        ("deep/*.txt", "deep/a.txt"),
        ("deep/**", "deep/er/a.txt"),
        ("**/a.txt", "a.txt"),
        ("20[12]?-*.md", "2019-x.md"),
        ("[!a]*.md", "b.md"),
        ("a[1].txt", "a[1].txt"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
    ],
)
def test_a_pattern_matches(pattern: str, path: str) -> None:
    assert tables(pattern).metadata(path).title == pattern


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("a.txt", "aXtxt"),
        ("a.txt", "b/a.txt.md"),
        ("deep/a.txt", "a.txt"),
        ("deep/*.txt", "deep/er/a.txt"),
        ("*.txt", "a.md"),
        ("[!a]*.md", "a.md"),
    ],
)
def test_a_pattern_does_not_match(pattern: str, path: str) -> None:
    assert tables(pattern).metadata(path) == Metadata()


def test_an_exact_name_takes_precedence_over_globs_and_a_later_glob_over_an_earlier_one() -> None:
    assert tables("*.txt", "a.txt", "a*").metadata("a.txt").title == "a.txt"
    assert tables("*.txt", "a*").metadata("a.txt").title == "a*"
    assert tables("a.txt", "x/a.txt").metadata("x/a.txt").title == "x/a.txt"


def test_what_one_table_leaves_open_another_may_state() -> None:
    both = ArticleTables(
        [
            ArticleTable(pattern="*", metadata=Metadata(rights="all", title="glob")),
            ArticleTable(pattern="a.txt", metadata=Metadata(title="exact")),
        ]
    )
    assert both.metadata("a.txt") == Metadata(title="exact", rights="all")


def test_tables_that_match_nothing_are_unused() -> None:
    some = tables("a.txt", "b.txt", "*.md")
    some.metadata("a.txt")
    assert [table.pattern for table in some.unused()] == ["b.txt", "*.md"]
