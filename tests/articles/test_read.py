"""An article file becomes an Article with notes, or errors that name the file, each with a code."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.articles.folder import find_articles
from feedpub.articles.read import Reader
from feedpub.config import read_settings
from feedpub.errors import ArticleError, Diagnostic, Severity
from feedpub.model import Article

from ..workshop import CONFIG


def reader(folder: Path, config: str = CONFIG) -> Reader:
    return Reader(read_settings(config, folder / "config.toml"))


def read(folder: Path, name: str, content: bytes) -> Article:
    (folder / name).write_bytes(content)
    (file,), _ = find_articles(folder)
    return reader(folder).article(file)


def error(folder: Path, name: str, content: bytes) -> Diagnostic:
    with pytest.raises(ArticleError) as caught:
        read(folder, name, content)
    (only,) = caught.value.diagnostics
    return only


def test_an_article_in_order_has_no_diagnostics(tmp_path: Path) -> None:
    article = read(tmp_path, "a.txt", b"The harbour\n\nIt is open again.\n")
    assert (article.title, article.diagnostics) == ("The harbour", ())


def test_the_notes_on_an_article_name_its_file(tmp_path: Path) -> None:
    html = '<meta name="date" content="02/05/2026"><p>Жители ходят по льду, им это нравится.'
    article = read(tmp_path, "2026-05-02-on_the-ice.html", html.encode("cp1251"))
    assert article.title == "On the ice"
    assert [note.code for note in article.diagnostics] == [
        "encoding-not-utf-8",
        "title-missing",
        "date-unreadable",
    ]
    assert {note.place for note in article.diagnostics} == {"2026-05-02-on_the-ice.html"}
    assert {note.severity for note in article.diagnostics} == {Severity.NOTE}


@pytest.mark.parametrize(
    ("name", "content", "code", "line"),
    [
        ("a.txt", b"", "text-missing", 0),
        ("a.txt", b"The harbour\n\nAdvertisement\n", "text-missing", 0),
        ("a.txt", b"%PDF-1.7\n", "file-not-text", 0),
        ("a.txt", b"a line\n" * 1_000_000, "file-too-large", 0),
        ("a.md", b"---\ndate: a: b\n---\nText\n", "front-matter-invalid", 2),
        ("a.md", b"+++\ndraft = 1.5\n+++\nText\n", "value-wrong-type", 2),
    ],
)
def test_an_article_that_can_not_be_published_is_an_error(
    tmp_path: Path, name: str, content: bytes, code: str, line: int
) -> None:
    found = error(tmp_path, name, content)
    assert (found.code, found.place, found.line) == (code, name, line)
    assert found.severity is Severity.ERROR


def test_a_file_that_can_not_be_opened_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The harbour\n")
    (file,), _ = find_articles(tmp_path)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(ArticleError) as caught:
        reader(tmp_path).article(file)
    assert caught.value.diagnostics[0].code == "cannot-be-read"


def test_a_table_of_the_config_that_applies_to_no_article_is_a_note(tmp_path: Path) -> None:
    config = f'{CONFIG}[article."a.txt"]\ntags = []\n[article."b.txt"]\ntags = []\n'
    (tmp_path / "a.txt").write_text("The harbour\n\nIt is open again.\n")
    (file,), _ = find_articles(tmp_path)
    articles = reader(tmp_path, config)
    articles.article(file)
    (note,) = articles.unused_tables()
    assert (note.code, note.severity) == ("article-table-unused", Severity.NOTE)
    assert str(note) == 'config.toml:8: [article."b.txt"] matches no article'


def test_a_leaf_bundle_is_titled_and_dated_by_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "2026-05-02-the_ferry"
    folder.mkdir()
    (folder / "index.md").write_text("It sails again.\n")
    (file,), _ = find_articles(tmp_path)
    article = reader(tmp_path).article(file)
    assert article.title == "The ferry"
    assert article.day is not None
    assert article.day.date.isoformat() == "2026-05-02"


def test_the_path_that_an_article_is_published_at_may_date_it(tmp_path: Path) -> None:
    article = read(tmp_path, "ferry.md", b'+++\npath = "2026/05/02/ferry"\n+++\nIt sails.\n')
    assert article.day is not None
    assert article.day.date.isoformat() == "2026-05-02"
