"""Which files of a folder are articles, and which can't be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feedpub.articles.folder import find_articles
from feedpub.errors import ConfigError, Severity


def found(folder: Path) -> list[str]:
    return [file.path for file in find_articles(folder)[0]]


def errors(folder: Path) -> list[str]:
    return [str(error) for error in find_articles(folder)[1]]


def codes(folder: Path) -> list[str]:
    return [error.code for error in find_articles(folder)[1]]


def touch(folder: Path, *paths: str) -> None:
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")


def test_articles_lie_at_any_depth_and_come_in_order(tmp_path: Path) -> None:
    touch(tmp_path, "b.txt", "a/deep/er/c.md", "a/b.markdown", "d.HTML", "e.htm")
    assert found(tmp_path) == ["a/b.markdown", "a/deep/er/c.md", "b.txt", "d.HTML", "e.htm"]


def test_hidden_files_underscored_files_and_other_kinds_are_left_alone(tmp_path: Path) -> None:
    touch(tmp_path, ".a.txt", "_b.txt", "_c/d.txt", ".e/f.txt", "g.png", "h", "a.txt")
    assert found(tmp_path) == ["a.txt"]
    assert errors(tmp_path) == []


def test_a_folder_named_like_an_article_is_a_folder(tmp_path: Path) -> None:
    touch(tmp_path, "x.md/y.md")
    assert found(tmp_path) == ["x.md/y.md"]


def test_links_are_followed_but_not_round_and_round(tmp_path: Path) -> None:
    touch(tmp_path, "a/b.txt")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    (tmp_path / "c").symlink_to(tmp_path / "a")
    assert found(tmp_path) == ["a/b.txt", "c/b.txt"]


def test_two_files_of_one_name_are_reported_and_always_the_same_one_is_read(tmp_path: Path) -> None:
    touch(tmp_path, "\u00e9.txt", "e\u0301.txt")
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this file system takes both for one name")
    files, unusable = find_articles(tmp_path)
    assert [(each.path, each.file.name) for each in files] == [("\u00e9.txt", "e\u0301.txt")]
    assert [(error.code, error.place) for error in unusable] == [
        ("file-name-duplicate", "\u00e9.txt")
    ]


def test_a_link_to_nowhere_and_a_link_to_itself_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "c.png").symlink_to(tmp_path / "nothing")
    assert errors(tmp_path) == [
        "a.txt: is a link that leads nowhere",
        "b.txt: is a link that leads nowhere",
    ]
    assert codes(tmp_path) == ["link-broken", "link-broken"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "a pipe" in errors(tmp_path)[0]
    assert codes(tmp_path) == ["file-not-text"]


def test_a_name_that_is_not_utf8_is_named_as_well_as_can_be(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    assert errors(tmp_path) == ["caf\ufffd.txt: its name is not UTF-8. Rename it."]
    assert codes(tmp_path) == ["file-name-invalid"]


def test_a_name_has_one_form_on_every_machine(tmp_path: Path) -> None:
    touch(tmp_path, "cafe\u0301.txt")
    assert found(tmp_path) == ["caf\u00e9.txt"]


def test_there_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        find_articles(tmp_path / "articles")
    touch(tmp_path, "articles")
    with pytest.raises(ConfigError, match="a file stands where a folder"):
        find_articles(tmp_path / "articles")


def test_what_tools_and_people_put_beside_articles_is_named_once(tmp_path: Path) -> None:
    touch(tmp_path, "README.md", "a/LICENSE.md", "a/SECURITY.md", "robots.txt", "templates/a.html")
    touch(tmp_path, "security.md", "templates/b.md", "readme-first.md", "license.md")
    assert found(tmp_path) == ["license.md", "readme-first.md", "security.md", "templates/b.md"]
    (note,) = find_articles(tmp_path)[1]
    assert (note.code, note.severity) == ("file-no-article", Severity.NOTE)
    assert note.problem.startswith(
        "README.md, a/LICENSE.md, a/SECURITY.md and 2 more are no articles"
    )


def test_texts_in_other_formats_are_named_for_what_they_are(tmp_path: Path) -> None:
    touch(tmp_path, "a.docx", "b.doc", "c.PDF", "d.png", "_e.docx", "f.odt")
    assert found(tmp_path) == []
    diagnostics = find_articles(tmp_path)[1]
    assert {(each.code, each.severity) for each in diagnostics} == {
        ("file-format-unknown", Severity.WARNING)
    }
    assert [each.problem for each in diagnostics] == [
        "a.docx, b.doc are Word documents, which feedpub does not read",
        "c.PDF is a PDF, which feedpub does not read",
        "f.odt is an OpenDocument text, which feedpub does not read",
    ]


def test_globs_take_files_in_and_leave_them_out(tmp_path: Path) -> None:
    touch(tmp_path, "README.md", "_posts/a.md", "_posts/b.de.md", "_x/c.md", "d/e.md", "d/f.md")
    files, _ = find_articles(
        tmp_path, include=["_posts/**", "README.md"], exclude=["*.de.md", "d/e*"]
    )
    assert [file.path for file in files] == ["README.md", "_posts/a.md", "d/f.md"]
    assert [file.path for file in find_articles(tmp_path, exclude=["d/", "README.md"])[0]] == []
