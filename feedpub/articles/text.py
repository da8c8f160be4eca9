"""Pasted plain text: which line is the title, and which line breaks are meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ..text.characters import one_line
from ..text.excerpt import shorten
from ..text.linkify import link_urls

Line = tuple[int, str]
"""A line of a file and its number, which counts from 1."""

LONGEST_TITLE = 250
LONGEST_HEADLINE = 150
NARROWEST_COLUMN, WIDEST_COLUMN = 50, 100
SHORTEST_PARAGRAPHS = 40
_CLOSING = "\"'’”»)]」』）"
_SENTENCE_END = tuple(".!?…。！？")
_PAUSE = tuple(",;:،؛、，；：")
_BULLET = re.compile(r"(?:[-*•‣◦·–—]|\d{1,3}[.)])\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextParts:
    """A title, the number of its line, and the lines of the text; no title is empty and line 0."""

    title: str
    line: int
    lines: tuple[Line, ...]


def split_title(text: str, *, first_line: int = 1) -> TextParts:
    """Parts the first line that is not blank from the rest; `text` begins at `first_line`.

    A line too long for a title stays in the text, and its beginning is the title.
    """
    lines = tuple(enumerate(text.split("\n"), first_line))
    for place, (number, line) in enumerate(lines):
        if title := one_line(line):
            rest = lines[place + 1 :] if len(title) <= LONGEST_TITLE else lines[place:]
            return TextParts(title=shorten(title, LONGEST_TITLE - 1), line=number, lines=rest)
    return TextParts(title="", line=0, lines=lines)


def split_headline(text: str, *, first_line: int = 1) -> TextParts:
    """As `split_title`, for a text whose title is said elsewhere: what may be text stays there."""
    parts = split_title(text, first_line=first_line)
    lines = [line for _, line in parts.lines]
    if any(lines) and is_headline(parts.title, lines[0]):
        return parts
    return TextParts(title="", line=0, lines=tuple(enumerate(text.split("\n"), first_line)))


def is_headline(line: str, next_line: str) -> bool:
    """Whether the first line of a text looks like its headline; `next_line` may be blank."""
    written = line.strip().rstrip(_CLOSING)
    if not written or len(line) > LONGEST_HEADLINE or _BULLET.match(line) or "://" in line:
        return False
    if written.endswith((".", "!", "…", "。", "！", *_PAUSE)):
        return False
    below = next_line.strip()
    return not below or (len(below) > WIDEST_COLUMN > len(line) and _ends_sentence(below))


def render(lines: Sequence[Line]) -> str:
    """The text as HTML; its addresses are links."""
    return "".join(
        "<p>" + "<br>\n".join(map(link_urls, paragraph)) + "</p>\n"
        for paragraph in paragraphs(lines)
    )


def paragraphs(lines: Sequence[Line]) -> tuple[tuple[str, ...], ...]:
    """The paragraphs of a text, each the lines whose breaks are meant."""
    blocks = list(_blocks(lines))
    column = max(map(_column, blocks), default=0)
    return tuple(paragraph for block in blocks for paragraph in _parted(block, column))


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    stripped = (line.strip() for _, line in lines)
    for is_filled, block in groupby(stripped, bool):
        if is_filled:
            yield tuple(block)


def _parted(block: tuple[str, ...], column: int) -> list[tuple[str, ...]]:
    if len(block) == 1:
        return [block]
    if max(map(len, block)) > WIDEST_COLUMN:
        return [(line,) for line in block]
    if column and _fills(block, column):
        return [(_joined(block),)]
    is_prose = sum(map(len, block)) >= SHORTEST_PARAGRAPHS * len(block)
    if is_prose and all(map(_ends_sentence, block)):
        return [(line,) for line in block]
    return [block]


def _column(block: tuple[str, ...]) -> int:
    """The width at which an editor has wrapped this prose, 0 if it does not look so."""
    width = max(map(len, block))
    if not NARROWEST_COLUMN <= width <= WIDEST_COLUMN or not _fills(block, width):
        return 0
    return width if any(_runs_on(line, below) for line, below in pairwise(block)) else 0


def _fills(block: tuple[str, ...], column: int) -> bool:
    """Whether each line takes all the words that `column` has room for."""
    return not any(map(_BULLET.match, block[1:])) and all(
        len(line) + 1 + len(below.split(maxsplit=1)[0]) > column for line, below in pairwise(block)
    )


def _runs_on(line: str, below: str) -> bool:
    return not _ends_sentence(line) and below[0].isalnum() and not below[0].isupper()


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSING).endswith(_SENTENCE_END)


def _joined(block: tuple[str, ...]) -> str:
    # A hyphen at a line's end stays: nothing says whether it belongs to the word.
    return re.sub(r"(?<=\w-)\n(?=\w)", "", "\n".join(block)).replace("\n", " ")
