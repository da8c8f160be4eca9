"""The text of `feedpub show`: lines of fields for a program, or wrapped for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from ..model import Cut
from .status_lines import local, when

if TYPE_CHECKING:
    from rich.console import Console

    from ..html import TextBlock
    from ..model import Person
    from ..show import Preview

LABEL_WIDTH = 11
"""Columns for the names of fields, of which "published" is the longest."""


def _head(preview: Preview, zone: tzinfo) -> Iterator[tuple[str, str]]:
    """The names of all that is known of an entry but its content, and their values."""
    article, entry = preview.article, preview.entry
    yield "title", entry.title if entry else article.title
    yield "state", f"{article.state} {when(article, zone)}".rstrip()
    yield "file", article.path
    yield "reason", article.reason
    for diagnostic in article.diagnostics:
        yield "why", str(diagnostic)
    if entry:
        yield "link", entry.link
        yield "authors", ", ".join(map(_person, entry.authors))
        yield "published", local(entry.published, zone)
        yield "updated", local(entry.updated, zone)
        yield "tags", ", ".join(entry.tags)
        yield "summary", " ".join(entry.summary.split())
    yield "id", entry.id if entry else article.id
    yield "feeds", ", ".join(article.feeds)


def _person(person: Person) -> str:
    address = person.email or person.uri
    return f"{person.name} <{address}>" if address else person.name


def preview_lines(preview: Preview, zone: tzinfo) -> Iterator[str]:
    """One line for each thing, its fields between tabs; the first one says what it is."""
    for fields in _fields(preview, zone):
        yield "\t".join(fields).rstrip("\t")


def _fields(preview: Preview, zone: tzinfo) -> Iterator[tuple[str, ...]]:
    yield from (field for field in _head(preview, zone) if field[1])
    is_first = True
    for part in preview.parts:
        if isinstance(part, Cut):
            yield "cut", str(part.line), part.rule, part.text.strip()
            continue
        if not (is_first or part.is_tight):
            yield "text", ""
        yield from (("text", line) for line in part.lines)
        is_first = False


def print_preview(preview: Preview, zone: tzinfo, console: Console) -> None:
    """Prints an entry as wide as the terminal is, with cut lines struck through."""
    for label, value in _head(preview, zone):
        if value:
            style = "bold" if label == "title" else ""
            indent = " " * LABEL_WIDTH
            _print_wrapped(console, label.ljust(LABEL_WIDTH), indent, value, style)
    is_below_cut = False
    for part in preview.parts:
        is_tight = is_below_cut if isinstance(part, Cut) else part.is_tight
        if not is_tight:
            console.print()
        if isinstance(part, Cut):
            _print_cut(part, console)
        else:
            _print_block(part, console)
        is_below_cut = isinstance(part, Cut)


def _print_cut(cut: Cut, console: Console) -> None:
    lead = f"cut {cut.line:>4}  {cut.rule}  "
    _print_wrapped(console, lead, " " * len(lead), cut.text.strip(), "strike")


def _print_block(block: TextBlock, console: Console) -> None:
    if block.is_verbatim:
        for line in block.lines:
            console.print(line, markup=False, soft_wrap=True)
        return
    for number, line in enumerate(block.text.split("\n")):
        lead = block.indent if number else block.lead
        _print_wrapped(console, lead, block.indent, line)


def _print_wrapped(console: Console, lead: str, indent: str, text: str, style: str = "") -> None:
    for number, line in enumerate(_wrapped(text, console.width - len(indent))):
        before = Text(indent) if number else Text(lead, "dim")
        console.print(Text.assemble(before, (line, style)), soft_wrap=True)


def _wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of `text`, broken at spaces only: an address must stay whole to be copied."""
    line, *words = text.split(" ")
    for word in words:
        if cell_len(line) + 1 + cell_len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}"
    yield line
