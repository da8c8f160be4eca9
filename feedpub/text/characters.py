"""The characters that a feed can carry: what XML 1.0 and its validators refuse goes here."""

from __future__ import annotations

import re

# XML 1.0 §2.2 and its note on discouraged characters. U+FEFF is a byte order mark out of place,
# U+FFFD what decoders put for what they could not read. For speed, the commonest come first.
_FIT_CLASS = " -~\n\t\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffc" + "".join(
    f"{chr(plane)}-{chr(plane + 0xFFFD)}" for plane in range(0x10000, 0x110000, 0x10000)
)
_FIT = re.compile(f"[{_FIT_CLASS}]*")
_UNFIT = re.compile(f"[^{_FIT_CLASS}]+")
_LINE_ENDS = re.compile("\r\n?")
# C1 controls are windows-1252 read as Latin-1: browsers show these, so do we.
_REPLACEMENTS = {
    code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)
} | {0x0B: "\n", 0x0C: "\n", 0xFFFD: "?"}

# All but a single space; not the no-break spaces, which typography wants kept.
_BLANKS = re.compile("[^\\S \u00a0\u202f][^\\S\u00a0\u202f]*| [^\\S\u00a0\u202f]+")
# Embeddings, overrides and isolates: one left open turns round what a reader shows after it.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean_characters(text: str) -> str:
    """`text` with the characters that a feed can carry, and "\\n" for every line end.

    C1 controls become what windows-1252 means by them; U+FFFD becomes "?", so look for it before.
    """
    if _FIT.fullmatch(text):
        return text
    return _UNFIT.sub(_replaced, _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """`text` on one line, each run of white space one blank, fit for a title or a name."""
    text = _BIDI_CONTROLS.sub("", clean_characters(text))
    return _BLANKS.sub(" ", text).strip()


def _replaced(unfit: re.Match[str]) -> str:
    return "".join(_REPLACEMENTS.get(ord(character), "") for character in unfit[0])
