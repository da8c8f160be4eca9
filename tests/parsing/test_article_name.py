"""What an article is called by the path of its file."""

from __future__ import annotations

import pytest

from feedpub.parsing.article_name import article_name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.txt", "a"),
        ("x/a.b.md", "a.b"),
        ("2026-05-01-sea/index.md", "2026-05-01-sea"),
        ("x/sea/INDEX.html", "sea"),
        ("sea/index.pt-br.md", "sea"),
        ("sea/index-cards.md", "index-cards"),
        ("index.md", "index"),
    ],
)
def test_an_index_has_the_name_of_its_folder(path: str, name: str) -> None:
    assert article_name(path) == name
