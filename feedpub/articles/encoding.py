"""Bytes of an article file to text, whatever program saved it; the only import of chardet."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..errors import ArticleError, Diagnostic, Severity

# How files of other formats begin, and the problem to report.
_OTHER_FORMATS = (
    (b"%PDF-", "is a PDF file, not text; save its text, or publish it as an enclosure"),
    (b"\x89PNG", "is a PNG picture, not text"),
    (b"\xff\xd8\xff", "is a JPEG picture, not text"),
    (b"GIF8", "is a GIF picture, not text"),
    (b"PK\x03\x04", "is a Word document or another ZIP file, not text; save it as text or HTML"),
    (b"\xd0\xcf\x11\xe0", "is an old Word document, not text; save it as text or HTML"),
    (b"{\\rtf", "is an RTF document, not text; save it as text or HTML"),
    (b"\x1f\x8b", "is a gzip file, not text; unpack it"),
    (b"bplist00", "is a Safari web archive, not text; save the page as HTML"),
)
_NOT_TEXT = "is not text, or in an encoding that can't be recognised; save it as UTF-8"
# Byte order marks; the longer first, as that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_DECLARATION = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*["']?([\w:-]+)""", re.I
)
# Bytes at the head of a page in which it declares its encoding (HTML §4.2.5.4).
_DECLARATION_WITHIN = 1024
# Encodings by Python's names, and what pages that declare them are in (Encoding Standard §4.2).
_DECLARED_AS = {
    "iso8859-1": "Windows-1252",
    "ascii": "Windows-1252",
    "iso8859-9": "Windows-1254",
    "gb2312": "GB18030",
    "gbk": "GB18030",
    "euc_kr": "CP949",
    "shift_jis": "CP932",
}
# ASCII, and quotes, dashes and signs that have the same codes in every Windows encoding. DOS has
# letters at some of these codes; they are between letters, where a quote never is.
_WINDOWS_MARKS = re.compile(
    rb"(?:[\0-\x7f\x80\x85\x8b\x92\x95-\x97\x99\x9b\xa0\xa3\xa7\xa9\xab\xae\xb0\xb1\xb7\xbb-\xbe]"
    rb"|(?<![A-Za-z])[\x82\x84\x91\x93\x94]|[\x82\x84\x91\x93\x94](?![A-Za-z]))*+"
)

# Whole non-ASCII characters for each broken one: no text in another encoding has as many that are
# UTF-8 by chance.
_WHOLE_FOR_EACH_BROKEN = 10
# Of the characters of any text, at least one in so many is a space, a line end or other ASCII,
# whose UTF-16 has a zero byte on one side; on the other, at most one in so many of these is zero.
_ONE_ASCII_IN = 20
# Of all bytes, at most one in so many is a control character; binary files have more.
_ONE_CONTROL_IN = 10

_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1b"})
# Web editors leave zero-width spaces and byte order marks on empty lines.
_BLANKS = " \t\u00a0\u3000\u200b\ufeff"
_TRAILING = tuple(f"{blank}\n" for blank in _BLANKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file, and notes on an encoding that is not UTF-8 and on lost characters."""

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()


class _Reading(NamedTuple):
    """A text, and the name of its encoding, empty for UTF-8; lost characters are U+FFFD."""

    text: str
    encoding: str = ""


def decode(raw: bytes, place: str) -> Decoded:
    """Text with LF line ends, no trailing blanks, and one line end at its end if it is not empty.

    An encoding that is neither marked nor declared is recognised. Raises ArticleError where `raw`,
    the content of the file at `place`, is not text.
    """
    for beginning, problem in _OTHER_FORMATS:
        if raw.startswith(beginning):
            raise _not_text(place, problem)
    certain = _utf_8(raw) or _marked(raw) or _utf_16(raw) or _declared(raw) or _windows(raw)
    reading = certain or _recognised(raw)
    if reading is None:
        raise _not_text(place, _NOT_TEXT)
    text = _normal(reading.text)
    return Decoded(text=text, diagnostics=tuple(_notes(place, reading.encoding, text)))


def _not_text(place: str, problem: str) -> ArticleError:
    return ArticleError(Diagnostic(code="file-not-text", place=place, problem=problem))


def _notes(place: str, encoding: str, text: str) -> Iterator[Diagnostic]:
    before, lost, _ = text.partition("\ufffd")
    problems = [f"is not UTF-8; read as {encoding}"] if encoding else []
    if lost:
        line = before.count("\n") + 1
        problems.append(
            f"has characters that can't be read, first on line {line}; they are shown as ?"
        )
    if problems:
        yield Diagnostic(
            code="characters-unreadable" if lost else "encoding-not-utf-8",
            severity=Severity.NOTE,
            place=place,
            problem=", and ".join(problems),
        )


def _utf_8(raw: bytes) -> _Reading | None:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode(errors="replace")
        whole = sum(character > "\x7f" for character in text)
        if whole < _WHOLE_FOR_EACH_BROKEN * text.count("\ufffd"):
            return None
    return _Reading(text.lstrip("\ufeff")) if _is_text(raw) else None


def _marked(raw: bytes) -> _Reading | None:
    name = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    return _read_as(name, raw) if name else None


def _utf_16(raw: bytes) -> _Reading | None:
    """UTF-16 without a mark: the zero bytes of its ASCII are all at even places, or all at odd."""
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    more, fewer = max(even, odd), min(even, odd)
    if more * _ONE_ASCII_IN < len(raw) // 2 or fewer * _ONE_ASCII_IN > more:
        return None
    return _read_as("UTF-16LE" if odd > even else "UTF-16BE", raw)


def _declared(raw: bytes) -> _Reading | None:
    match = _DECLARATION.search(raw, 0, _DECLARATION_WITHIN)
    return _read_as(match[1].decode("ascii", "replace"), raw) if match else None


def _windows(raw: bytes) -> _Reading | None:
    """Plain English with typographic marks: too few other bytes to recognise a language by."""
    return _read_as("Windows-1252", raw) if _WINDOWS_MARKS.fullmatch(raw) else None


def _recognised(raw: bytes) -> _Reading | None:
    from chardet import EncodingEra, detect

    # Encodings of mainframes have a letter for any byte, and no article is in one.
    name = detect(raw, encoding_era=EncodingEra.ALL & ~EncodingEra.MAINFRAME)["encoding"]
    return _read_as(name, raw, errors="replace") if name else None


def _read_as(name: str, raw: bytes, errors: str = "strict") -> _Reading | None:
    try:
        name = _DECLARED_AS.get(codecs.lookup(name).name, name)
        text = raw.decode(name, errors)
    except (LookupError, ValueError):
        return None
    return _Reading(text, name) if _is_text(text.encode()) else None


def _is_text(utf_8: bytes) -> bool:
    controls = len(utf_8) - len(utf_8.translate(None, _CONTROLS))
    return controls * _ONE_CONTROL_IN <= len(utf_8)


def _normal(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(trailing in text for trailing in _TRAILING):
        text = "\n".join(line.rstrip(_BLANKS) for line in text.split("\n"))
    text = text.rstrip(_BLANKS + "\n")
    return f"{text}\n" if text else ""
