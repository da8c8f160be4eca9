"""The first sentences of a text, for a summary that is never the whole of it."""

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
_JOINER = "\u200d"
_PAUSES = "、，；：。！？"
_BEFORE_ELLIPSIS = " \u00a0,;:.–—-(“«„‘「『（、，；：。…"


def excerpt(text: str, length: int = 300) -> str:
    """The first sentences of plain `text`, on one line, in at most `length` characters and "…".

    Empty where that would be the whole of it: of one short sentence there is no excerpt.
    """
    # So many words are longer than `length`, whatever they are.
    words = text.split(maxsplit=length)[:length]
    head = one_line(" ".join(words)[: 2 * length])
    ends = _sentence_ends(head[: length + 20])
    if len(head) <= length:
        early = [end for end in ends if end <= len(head) // 2] or ends[:1]
        return head[: early[-1]] if early else ""
    fitting = [end for end in ends if length // 3 <= end <= length]
    return head[: fitting[-1]] if fitting else shorten(head, length)


def shorten(text: str, length: int) -> str:
    """`text`, or as many whole words of it as `length` characters hold, and "…"."""
    if len(text) <= length:
        return text
    end = text.rfind(" ", length // 3, length + 1)
    if end < 0:
        pause = max(text.rfind(mark, length // 3, length) for mark in _PAUSES)
        end = pause if pause > 0 else _whole_characters(text, length)
    return f"{text[:end].rstrip(_BEFORE_ELLIPSIS)}…"


def _sentence_ends(text: str) -> list[int]:
    return [
        found.end()
        for found in _SENTENCE_END.finditer(text)
        if not _ABBREVIATED.search(text, max(found.start() - 8, 0), found.start() + 1)
    ]


def _whole_characters(text: str, length: int) -> int:
    """Where to cut at `length` or before, so that no sign loses its accent and no flag its half."""
    end = length
    while end > 0 and _belongs_to_last(text, end):
        end -= 1
    return end or length


def _belongs_to_last(text: str, place: int) -> bool:
    before, sign = text[place - 1], text[place]
    if _JOINER in (before, sign) or category(sign)[0] == "M":
        return True
    if "\U0001f3fb" <= sign <= "\U0001f3ff":
        return True
    flags = re.search("[\U0001f1e6-\U0001f1ff]*$", text[:place])
    is_half = flags is not None and len(flags[0]) % 2 == 1
    return is_half and "\U0001f1e6" <= sign <= "\U0001f1ff"
