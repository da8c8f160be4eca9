"""Plain text: which line is the title, and which lines are one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ..model import Line
from ..text.characters import one_line
from ..text.excerpt import shorten
from ..text.linkify import link_urls

# Characters. A first line up to this length is a title; feed readers show less of one.
_MAX_TITLE_LENGTH = 250
# Characters. Headlines of newspapers are shorter; a longer first line may be text.
_MAX_HEADLINE_LENGTH = 150
# Characters. Editors and mail programs wrap lines at 65 to 80; a paragraph that is not wrapped is
# wider, verse and lists are narrower.
_MIN_COLUMN, _MAX_COLUMN = 50, 100
# Characters a line on average; below that, lines that all end as sentences do are speech or verse.
_MIN_PROSE_LINE = 40
_CLOSING = "\"'’”»)]」』）"
_SENTENCE_END = tuple(".!?…。！？")
_PAUSE = tuple(",;:،؛、，；：")
_BULLET = re.compile(r"(?:[-*•‣◦·–—]|\d{1,3}[.)])\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class TextParts:
    """A title, the number of its line, and the lines of the text.

    Without a title, `title` is empty and `line` is 0.
    """

    title: str
    line: int
    lines: tuple[Line, ...]


def split_title(lines: tuple[Line, ...]) -> TextParts:
    """Takes the first line that is not blank for the title.

    A line too long for a title stays in the text, and its beginning is the title.
    """
    for index, (number, line) in enumerate(lines):
        if title := one_line(line):
            rest = lines[index + 1 :] if len(title) <= _MAX_TITLE_LENGTH else lines[index:]
            return TextParts(title=shorten(title, _MAX_TITLE_LENGTH - 1), line=number, lines=rest)
    return TextParts(title="", line=0, lines=lines)


def split_headline(lines: tuple[Line, ...]) -> TextParts:
    """Takes the first line for the title only if it looks like a headline.

    For a text whose title is stated elsewhere.
    """
    parts = split_title(lines)
    below = [line for _, line in parts.lines]
    if any(below) and is_headline(parts.title, below[0]):
        return parts
    return TextParts(title="", line=0, lines=lines)


def is_headline(line: str, next_line: str) -> bool:
    """Whether the first line of a text looks like its headline; `next_line` may be blank."""
    written = line.strip().rstrip(_CLOSING)
    if not written or len(line) > _MAX_HEADLINE_LENGTH or _BULLET.match(line) or "://" in line:
        return False
    if written.endswith((".", "!", "…", "。", "！", *_PAUSE)):
        return False
    below = next_line.strip()
    return not below or (len(below) > _MAX_COLUMN > len(line) and _ends_sentence(below))


def render_text(lines: Sequence[Line]) -> str:
    """The text as HTML; web addresses in it become links."""
    return "".join(
        "<p>" + "<br>\n".join(map(link_urls, paragraph)) + "</p>\n"
        for paragraph in split_paragraphs(lines)
    )


def split_paragraphs(lines: Sequence[Line]) -> tuple[tuple[str, ...], ...]:
    """The paragraphs of a text, each as its lines; lines that were wrapped are joined.

    Lines are joined where the text is wrapped at one column throughout. A paragraph ends at a blank
    line, and at each line end where lines are too long or too complete to be parts of one.
    """
    return tuple(paragraph for _, paragraph in numbered_paragraphs(lines))


def numbered_paragraphs(lines: Sequence[Line]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The paragraphs as `split_paragraphs` has them, with the number of the line that each begins
    at."""
    blocks = list(_blocks(lines))
    column = max((_column(block) for _, block in blocks), default=0)
    # A block is one paragraph, or each of its lines is.
    return tuple(
        (numbers[index], paragraph)
        for numbers, block in blocks
        for index, paragraph in enumerate(_split_block(block, column))
    )


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[tuple[int, ...], tuple[str, ...]]]:
    for is_filled, group in groupby(lines, lambda line: bool(line[1].strip())):
        if is_filled:
            block = tuple(group)
            yield tuple(number for number, _ in block), tuple(text.strip() for _, text in block)


def _split_block(block: tuple[str, ...], column: int) -> list[tuple[str, ...]]:
    if len(block) == 1:
        return [block]
    if max(map(len, block)) > _MAX_COLUMN:
        return [(line,) for line in block]
    if column and _fills(block, column):
        return [(_joined(block),)]
    is_prose = sum(map(len, block)) >= _MIN_PROSE_LINE * len(block)
    if is_prose and all(map(_ends_sentence, block)):
        return [(line,) for line in block]
    return [block]


def _column(block: tuple[str, ...]) -> int:
    """The column, in characters, at which an editor has wrapped this prose, 0 if none has."""
    width = max(map(len, block))
    if not _MIN_COLUMN <= width <= _MAX_COLUMN or not _fills(block, width):
        return 0
    return width if any(_continues(line, below) for line, below in pairwise(block)) else 0


def _fills(block: tuple[str, ...], column: int) -> bool:
    """Whether each line takes all the words that `column` has room for."""
    return not any(map(_BULLET.match, block[1:])) and all(
        len(line) + 1 + len(below.split(maxsplit=1)[0]) > column for line, below in pairwise(block)
    )


def _continues(line: str, below: str) -> bool:
    return not _ends_sentence(line) and below[0].isalnum() and not below[0].isupper()


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSING).endswith(_SENTENCE_END)


def _joined(block: tuple[str, ...]) -> str:
    # A hyphen at a line's end stays: nothing says whether it belongs to the word.
    return re.sub(r"(?<=\w-)\n(?=\w)", "", "\n".join(block)).replace("\n", " ")
