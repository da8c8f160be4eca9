"""`[articles] link`: the notations that are understood, and what can't be a pattern."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.config import read_settings
from feedpub.errors import ConfigError

from ..workshop import CONFIG


def pattern(text: str) -> str:
    config = f"{CONFIG}\n[articles]\nlink = '{text}'\n"
    return read_settings(config, Path("/somewhere/config.toml")).link_pattern


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://blog.example/{year}/{slug}/", "https://blog.example/{year}/{slug}/"),
        ("/:year/:month/:title.html", "https://example.org/{year}/{month}/{slug}.html"),
        ("/:section/:slugorcontentbasename/", "https://example.org/{section}/{slug}/"),
        ("http://localhost:8080/{ path }", "http://localhost:8080/{path}"),
    ],
)
def test_a_pattern_may_be_written_as_in_hugo_and_jekyll(text: str, expected: str) -> None:
    assert pattern(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("https://blog.example/{yaer}/{slug}/", "placeholder-unknown", '"{yaer}"'),
        ("/:categories/:title/", "placeholder-unknown", '"{categories}"'),
        ("https://blog.example/{year}/", "placeholder-missing", "`{slug}`, `{path}`"),
        ("blog/{slug}", "address-invalid", "https://example.org/"),
        ("https://ada:secret@blog.example/{slug}", "address-invalid", "***"),
    ],
)
def test_what_is_no_pattern_is_an_error_of_its_line(text: str, code: str, words: str) -> None:
    with pytest.raises(ConfigError) as raised:
        pattern(text)
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code == code
    assert diagnostic.line == len(CONFIG.splitlines()) + 3
    assert words in str(diagnostic)
    assert "secret" not in str(diagnostic)
