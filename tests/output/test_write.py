"""Documents are written whole, and only where their bytes differ."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feedpub.errors import OutputError
from feedpub.model import Document
from feedpub.output.write import compare_documents, write_documents


def document(path: str, content: bytes) -> Document:
    return Document(path=path, content=content)


def test_what_is_the_same_keeps_its_time(tmp_path: Path) -> None:
    documents = [document("atom.xml", b"a"), document("more/atom.xml", b"b")]
    assert write_documents(tmp_path, documents).written == ("atom.xml", "more/atom.xml")
    os.utime(tmp_path / "atom.xml", (1, 1))
    assert write_documents(tmp_path, documents).unchanged == ("atom.xml", "more/atom.xml")
    assert (tmp_path / "atom.xml").stat().st_mtime == 1


def test_comparing_writes_nothing(tmp_path: Path) -> None:
    write_documents(tmp_path, [document("a", b"1")])
    told = compare_documents(tmp_path, [document("a", b"1"), document("b", b"2")])
    assert (told.unchanged, told.written) == (("a",), ("b",))
    assert not (tmp_path / "b").exists()


def test_nothing_but_the_documents_is_left_in_the_folder(tmp_path: Path) -> None:
    write_documents(tmp_path, [document("a", b"1")])
    write_documents(tmp_path, [document("a", b"2")])
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_new_file_may_be_read_by_a_web_server_and_an_old_one_keeps_its_rights(
    tmp_path: Path,
) -> None:
    mask = os.umask(0o022)
    try:
        write_documents(tmp_path, [document("a", b"1")])
        assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644
        (tmp_path / "a").chmod(0o640)
        write_documents(tmp_path, [document("a", b"2")])
        assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(mask)


def test_what_cannot_be_written_is_named_and_the_rest_is_written(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OutputError) as caught:
        write_documents(tmp_path, [document("a", b"1"), document("b", b"2")])
    assert "can't be written" in str(caught.value)
    assert (tmp_path / "b").read_bytes() == b"2"
