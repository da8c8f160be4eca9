"""Removes the characters that XML 1.0 does not allow or that feed validators report."""

from __future__ import annotations

import re

# XML 1.0 §2.2 without the characters that its note discourages, U+FEFF, which is a byte order mark,
# and U+FFFD, which stands for what could not be decoded. For speed, the commonest come first.
_ALLOWED_CLASS = " -~\n\t\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffc" + "".join(
    f"{chr(plane)}-{chr(plane + 0xFFFD)}" for plane in range(0x10000, 0x110000, 0x10000)
)
_ALLOWED = re.compile(f"[{_ALLOWED_CLASS}]*")
_DISALLOWED = re.compile(f"[^{_ALLOWED_CLASS}]+")
_LINE_ENDS = re.compile("\r\n?")
# C1 controls are Windows-1252 that was read as Latin-1; browsers show them as such.
_REPLACEMENTS = {
    code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)
} | {0x0B: "\n", 0x0C: "\n", 0xFFFD: "?"}

# White space but a single space, and but no-break spaces, which typography uses.
_BLANKS = re.compile("[^\\S \u00a0\u202f][^\\S\u00a0\u202f]*| [^\\S\u00a0\u202f]+")
# Embeddings, overrides and isolates (UAX #9): one left open reverses what is shown after it.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean_characters(text: str) -> str:
    """`text` without characters that a feed can't have, and with "\\n" for each line end.

    C1 controls become the characters that have their codes in Windows-1252, U+FFFD becomes "?".
    """
    if _ALLOWED.fullmatch(text):
        return text
    return _DISALLOWED.sub(_replaced, _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """`text` on one line, clean, with single spaces and no bidi controls: for a title or a name."""
    text = _BIDI_CONTROLS.sub("", clean_characters(text))
    return _BLANKS.sub(" ", text).strip()


def _replaced(disallowed: re.Match[str]) -> str:
    return "".join(_REPLACEMENTS.get(ord(character), "") for character in disallowed[0])
