"""The one door to chardet: the bytes of an article file to text, whatever program saved it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_OTHER_FILES = (
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
_BEGINNINGS = tuple(beginning for beginning, _ in _OTHER_FILES)
_NOT_TEXT = "is not text, or in an encoding that can't be recognised; save it as UTF-8"
# The longer first: UTF-32's mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*["']?([\w:-]+)""", re.I
)
# What pages call by the first name is the second (Encoding Standard §4.2).
_MEANT = {
    "iso8859-1": "Windows-1252",
    "ascii": "Windows-1252",
    "iso8859-9": "Windows-1254",
    "gb2312": "GB18030",
    "gbk": "GB18030",
    "euc_kr": "CP949",
    "shift_jis": "CP932",
}
# Quotes, dashes, signs: the same in every Windows encoding. DOS has letters at some of these
# places, and they stand between letters, as a quote does not.
_WINDOWS_MARKS = re.compile(
    rb"(?:[\0-\x7f\x80\x85\x8b\x92\x95-\x97\x99\x9b\xa0\xa3\xa7\xa9\xab\xae\xb0\xb1\xb7\xbb-\xbe]"
    rb"|(?<![A-Za-z])[\x82\x84\x91\x93\x94]|[\x82\x84\x91\x93\x94](?![A-Za-z]))*+"
)
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\v\f\r\x1b"})
# Editors on the web leave zero-width blanks and marks where a line is empty.
_BLANKS = " \t\u00a0\u3000\u200b\ufeff"
_TRAILING = tuple(f"{blank}\n" for blank in _BLANKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file, and a sentence on its encoding where the curator should know."""

    text: str
    remark: str = ""


def decode(raw: bytes) -> Decoded:
    """Text with LF line ends, no trailing blanks, and one line end at its end if it is not empty.

    Raises ValueError, whose text is the problem, where `raw` is not text.
    """
    if raw.startswith(_BEGINNINGS):
        raise ValueError(next(said for start, said in _OTHER_FILES if raw.startswith(start)))
    unmistaken = _utf_8(raw) or _marked(raw) or _utf_16(raw) or _declared(raw) or _windows(raw)
    decoded = unmistaken or _recognised(raw)
    return Decoded(text=_normal(decoded.text), remark=decoded.remark)


def _utf_8(raw: bytes) -> Decoded | None:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode(errors="replace")
        # No other encoding makes so many whole characters of UTF-8 by chance.
        if sum(character > "\x7f" for character in text) < 10 * text.count("\ufffd"):
            return None
    if not _is_text(raw):
        return None
    return Decoded(text=text.lstrip("\ufeff"), remark=_on_losses(text))


def _marked(raw: bytes) -> Decoded | None:
    name = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    return _read_as(name, raw) if name else None


def _utf_16(raw: bytes) -> Decoded | None:
    """UTF-16 without a mark: the zeros of its blanks and line ends all stand on one side."""
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    if max(even, odd) * 20 < len(raw) // 2 or min(even, odd) * 20 > max(even, odd):
        return None
    return _read_as("UTF-16LE" if odd > even else "UTF-16BE", raw)


def _declared(raw: bytes) -> Decoded | None:
    found = _DECLARED.search(raw, 0, 1024)
    return _read_as(found[1].decode("ascii", "replace"), raw) if found else None


def _windows(raw: bytes) -> Decoded | None:
    """Plain English with typographic marks: too few other bytes to recognise a language by."""
    return _read_as("Windows-1252", raw) if _WINDOWS_MARKS.fullmatch(raw) else None


def _recognised(raw: bytes) -> Decoded:
    from chardet import EncodingEra, detect

    # Old mainframes' encodings give letters to any bytes, and no curator has such files.
    name = detect(raw, encoding_era=EncodingEra.ALL & ~EncodingEra.MAINFRAME)["encoding"]
    decoded = _read_as(name, raw, errors="replace") if name else None
    if decoded is None:
        raise ValueError(_NOT_TEXT)
    return decoded


def _read_as(name: str, raw: bytes, errors: str = "strict") -> Decoded | None:
    try:
        known = codecs.lookup(name).name
        name = _MEANT.get(known, name)
        text = raw.decode(name, errors)
    except (LookupError, ValueError):
        return None
    if not _is_text(text.encode()):
        return None
    remark = f"is not UTF-8; read as {name}"
    losses = _on_losses(text)
    return Decoded(text=text, remark=f"{remark}, and {losses}" if losses else remark)


def _is_text(utf_8: bytes) -> bool:
    return len(utf_8.translate(None, _CONTROLS)) * 10 >= len(utf_8) * 9


def _on_losses(text: str) -> str:
    if "\ufffd" not in text:
        return ""
    line = _with_line_feeds(text).partition("\ufffd")[0].count("\n") + 1
    return f"has characters that can't be read, first on line {line}; they are shown as ?"


def _normal(text: str) -> str:
    text = _with_line_feeds(text)
    if any(trailing in text for trailing in _TRAILING):
        text = "\n".join(line.rstrip(_BLANKS) for line in text.split("\n"))
    text = text.rstrip(_BLANKS + "\n")
    return f"{text}\n" if text else ""


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
