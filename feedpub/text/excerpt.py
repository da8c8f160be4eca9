"""Excerpts: the first sentences of a text, for a summary that is never the whole of it."""

from __future__ import annotations

import re
from unicodedata import category

from .characters import one_line

_CLOSING = r"[\"'’”»)\]」』）*]*"
_SENTENCE_END = re.compile(
    rf"[。！？…]+{_CLOSING}(?=\s*\w|\s*[「『（“«])|(?!(?<=\bNo)\.\s\d)[.!?…]+{_CLOSING}(?=\s+[^\sa-zа-яёß-öø-ÿ,;:)])"
)
# A full stop after these ends a word: titles, initials, "U.S.", "No. 5".
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\"'“«.])(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Nos|vs|Gen|Sen|Rep|Gov|Lt|Col|Capt"
    r"|Sgt|Rev|Hon|Mt|Fig|Vol|pp|cf|bzw|Nr|Sra?|Dra|им|ул|гг?|тов)\.$"
)
# Characters that follow the end of a sentence and show that it is one.
_LOOK_AHEAD = 20
# Characters; the longest abbreviation, and what is before it.
_LOOK_BACK = 8
_JOINER = "\u200d"
_PAUSES = "、，；：。！？"
_BEFORE_ELLIPSIS = " \u00a0,;:.–—-(“«„‘「『（、，；：。…"


def excerpt(text: str, length: int = 300) -> str:
    """The first sentences of plain `text`, on one line, in at most `length` characters and "…".

    300 characters are two or three sentences, as much as readers show in a list. Of a text that is
    shorter, the sentences in its first half, or the first; empty where that is the only one.
    """
    # These are at least `length` characters, as a word and a space are two.
    words = text.split(maxsplit=length)[:length]
    head = one_line(" ".join(words)[: 2 * length])
    ends = _sentence_ends(head[: length + _LOOK_AHEAD])
    if len(head) <= length:
        early = [end for end in ends if end <= len(head) // 2] or ends[:1]
        return head[: early[-1]] if early else ""
    fitting = [end for end in ends if length // 3 <= end <= length]
    return head[: fitting[-1]] if fitting else shorten(head, length)


def shorten(text: str, length: int) -> str:
    """`text` if it has at most `length` characters, else the whole words that do, and "…".

    A word is cut where it begins in the first third of `length` and is too long for the rest.
    """
    if len(text) <= length:
        return text
    end = text.rfind(" ", length // 3, length + 1)
    if end < 0:
        pause = max(text.rfind(mark, length // 3, length) for mark in _PAUSES)
        end = pause if pause > 0 else _whole_characters(text, length)
    return f"{text[:end].rstrip(_BEFORE_ELLIPSIS)}…"


def _sentence_ends(text: str) -> list[int]:
    return [
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if not _ABBREVIATED.search(text, max(match.start() - _LOOK_BACK, 0), match.start() + 1)
    ]


def _whole_characters(text: str, length: int) -> int:
    """Where to cut at `length` or before it, so as not to split a grapheme cluster (UAX #29)."""
    end = length
    while end > 0 and _belongs_to_last(text, end):
        end -= 1
    return end or length


def _belongs_to_last(text: str, index: int) -> bool:
    before, character = text[index - 1], text[index]
    if _JOINER in (before, character) or category(character)[0] == "M":
        return True
    if "\U0001f3fb" <= character <= "\U0001f3ff":  # skin tones
        return True
    # Regional indicators: two of them are a flag.
    flags = re.search("[\U0001f1e6-\U0001f1ff]*$", text[:index])
    is_half = flags is not None and len(flags[0]) % 2 == 1
    return is_half and "\U0001f1e6" <= character <= "\U0001f1ff"
