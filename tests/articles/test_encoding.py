"""Whatever program saved an article, its text is the same; what is not text is refused."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.articles import encoding
from feedpub.articles.encoding import Decoded
from feedpub.errors import ArticleError, Severity

ENGLISH = (
    "Café “Zürich” is open again – it’s smaller, and the naïve murals are gone.\n\n"
    "Nobody knows where they went.\n"
)
RUSSIAN = (
    "Мост закрыли на зиму.\n\n"
    "Старый мост закрыт до весны. Жители ходят по льду, и это им нравится.\n"
)
LOST = "has characters that can't be read, first"
JAPANESE = "橋は冬のあいだ閉鎖されています。\n住民は氷の上を歩いています。\n"


def decode(raw: bytes) -> Decoded:
    return encoding.decode(raw, "a.txt")


def notes(decoded: Decoded) -> list[str]:
    assert all(note.severity is Severity.NOTE for note in decoded.diagnostics)
    return [str(note) for note in decoded.diagnostics]


def test_utf_8_needs_no_note() -> None:
    assert decode(RUSSIAN.encode()) == Decoded(text=RUSSIAN)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbfTitle\r\n\r\nOne  \r\ntwo\t\r\n",
        b"Title\r\rOne\rtwo",
        b"Title\n \nOne\ntwo\n\n\n \n",
        "Title\n\u00a0\nOne\u3000\ntwo\n".encode(),
        "Title\u200b\n\ufeff\nOne \u200b\ntwo\n\u200b\n".encode(),
        "Title\n\nOne\ntwo".encode("utf-16"),
    ],
    ids=["bom, crlf, blanks", "cr", "lines at the end", "other blanks", "zero width", "utf-16"],
)
def test_line_ends_marks_and_trailing_blanks_make_no_difference(raw: bytes) -> None:
    assert decode(raw).text == "Title\n\nOne\ntwo\n"


@pytest.mark.parametrize("raw", [b"", b"\n", b" \r\n\t\n", b"\xef\xbb\xbf"])
def test_nothing_is_no_line(raw: bytes) -> None:
    assert decode(raw).text == ""


def test_blanks_at_the_beginning_of_a_line_and_lines_at_the_beginning_stay() -> None:
    assert decode(b"\n\n    code\n").text == "\n\n    code\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (ENGLISH, "cp1252", "Windows-1252"),
        (RUSSIAN, "koi8-r", "KOI8-R"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN, "utf-16", "UTF-16"),
        (RUSSIAN, "utf-32", "UTF-32"),
        (RUSSIAN, "utf-16-le", "UTF-16LE"),
        (ENGLISH, "utf-16-be", "UTF-16BE"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (JAPANESE, "shift_jis", "CP932"),
    ],
)
def test_another_encoding_is_recognised_and_named(text: str, codec: str, name: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert notes(decoded) == [f"a.txt: is not UTF-8; read as {name}"]
    assert decoded.diagnostics[0].code == "encoding-not-utf-8"


@pytest.mark.parametrize(
    "text",
    [
        "“We won’t leave,” she said.\n",
        "It’s a ‘test’ of “quotes”.\n",
        "Bridge open\n\n© 2019 – all rights’ reserved\n",
        "Bridge open\n\n• ½ of it – 25 °C, £5…\n",
    ],
)
def test_typographic_marks_in_english_are_those_of_windows(text: str) -> None:
    decoded = decode(text.encode("cp1252"))
    assert decoded.text == text
    assert notes(decoded) == ["a.txt: is not UTF-8; read as Windows-1252"]


def test_letters_of_dos_are_not_taken_for_typographic_marks() -> None:
    text = "Die Brücke in Köln hört auf, schön zu sein; die Möwen hören später davon.\n" * 3
    assert decode(text.encode("cp850")).text == text
    only = "Der König hört die Möwen, und die Töne stören den Löwen sehr in der Höhle.\n" * 3
    assert decode(only.encode("cp850")).text == only


@pytest.mark.parametrize(
    ("head", "word", "codec", "name"),
    [
        ('<meta charset="windows-1251">', "Да", "cp1251", "windows-1251"),
        ('<META content="text/html; charset=KOI8-R">', "Да", "koi8-r", "KOI8-R"),
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "„Ja“", "cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_that_a_page_declares_is_used(
    head: str, word: str, codec: str, name: str
) -> None:
    text = f"{head}\n{word}\n"
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert notes(decoded) == [f"a.txt: is not UTF-8; read as {name}"]


@pytest.mark.parametrize("declared", ["utf-8", "no-such-encoding", "base64"])
def test_a_wrong_declaration_of_an_encoding_is_ignored(declared: str) -> None:
    text = f'<meta charset="{declared}">\n{RUSSIAN}'
    assert decode(text.encode("cp1251")).text == text


def test_a_byte_that_is_broken_does_not_break_the_rest() -> None:
    decoded = decode(RUSSIAN.encode()[:-3] + b"\xd0")
    assert decoded.text.startswith("Мост закрыли на зиму.\n\nСтарый")
    assert notes(decoded) == [f"a.txt: {LOST} on line 3; they are shown as ?"]


def test_characters_that_were_lost_before_are_reported() -> None:
    (note,) = decode("One\r\ntw\ufffd\n".encode()).diagnostics
    assert note.code == "characters-unreadable"
    assert note.problem == f"{LOST} on line 2; they are shown as ?"


def test_another_encoding_and_lost_characters_are_one_note() -> None:
    decoded = decode('<meta charset="utf-16le">\nlost: \ufffd\n'.encode("utf-16"))
    assert notes(decoded) == [
        f"a.txt: is not UTF-8; read as UTF-16, and {LOST} on line 2; they are shown as ?"
    ]


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"PK\x03\x04\x14", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1", "old Word"),
        (rb"{\rtf1\ansi Text}", "RTF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"bplist00\xd1", "web archive"),
        (b"\x00\x01\x02\x03" * 9, "recognised"),
        (b"\x7fELF\x02\x01\x01\x00" + b"\x00\x90\x91" * 99, "recognised"),
    ],
)
def test_what_is_not_text_is_refused_by_its_name(raw: bytes, word: str) -> None:
    with pytest.raises(ArticleError, match=rf"{word}.*\btext\b|\btext\b.*{word}") as caught:
        decode(raw)
    assert caught.value.diagnostics[0].code == "file-not-text"


def test_a_stray_control_character_is_still_text() -> None:
    assert (
        decode(b"Some text with \x08 and \x00 in it.").text
        == "Some text with \x08 and \x00 in it.\n"
    )


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_a_sentence(raw: bytes) -> None:
    try:
        text = decode(raw).text
    except ArticleError as error:
        assert str(error).startswith("a.txt: is ")
    else:
        assert "\r" not in text
        assert not text or text.endswith("\n")


@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u200b\ufeff"),
        min_size=1,
    )
    .map(str.strip)
    .filter(bool)
)
def test_any_text_is_read_again(text: str) -> None:
    assert decode(text.encode()).text.split() == text.split()


def test_utf_8_is_read_without_chardet() -> None:
    program = (
        "import sys; from feedpub.articles.encoding import decode;"
        "decode('é'.encode(), 'a.txt'); print('chardet' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
