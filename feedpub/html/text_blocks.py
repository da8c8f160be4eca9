"""Sanitised HTML as text for a terminal: paragraphs, lists, headings, the targets of links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from .canonical import ATTRIBUTE, TAG, VOID

# Tags that begin a line and end one.
_BLOCKS = frozenset(
    "address article aside blockquote caption center dd details div dl dt figcaption figure footer"
    " h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tr ul".split()
)
_LISTS = frozenset({"ul", "ol", "menu"})
# Below these, the next one of their kind stands without a blank line.
_ROWS = frozenset({"li", "tr", "dt", "dd"})
_CELLS = frozenset({"td", "th"})
_INTEGER = re.compile(r"-?[0-9]{1,9}")
_SPACE = re.compile(r"[ \t\n\r\f]+")
# Characters. The mark of a footnote, whose target says nothing.
_MAX_MARK = 3
_WAY_BACK = "↩"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """A paragraph, heading, item of a list, row of a table or the like.

    `text` may have several lines; `lead` stands before the first, `indent` before the others and
    before what a line is wrapped to. `is_tight` is whether no blank line is above it, `is_verbatim`
    whether its lines are never wrapped.
    """

    lead: str
    indent: str
    text: str
    is_tight: bool = False
    is_verbatim: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """Its lines, not wrapped."""
        first, *others = self.text.split("\n")
        return (self.lead + first, *(f"{self.indent}{line}".rstrip() for line in others))


def text_blocks(html: str) -> tuple[TextBlock, ...]:
    """The blocks of sanitised HTML, marked up much as in Markdown."""
    layout = _Layout()
    end = 0
    for tag in TAG.finditer(html):
        layout.add_text(html[end : tag.start()])
        layout.add_tag(tag)
        end = tag.end()
    layout.add_text(html[end:])
    layout.end_block()
    return tuple(layout.blocks)


def text_lines(blocks: Iterable[TextBlock]) -> Iterator[str]:
    """The lines of a text, not wrapped, with a blank line between blocks that are not tight."""
    for number, block in enumerate(blocks):
        if number and not block.is_tight:
            yield ""
        yield from block.lines


@dataclass(slots=True)
class _OpenTag:
    """A tag that is open: what stands before the lines in it, and what is remembered of it."""

    name: str
    lead: str = ""
    indent: str = ""
    href: str = ""
    start: int = 0
    number: int = 0


class _Layout:
    """Lays HTML out, piece by piece."""

    def __init__(self) -> None:
        self.blocks: list[TextBlock] = []
        self._open: list[_OpenTag] = []
        self._text = ""
        self._is_tight = False

    def add_text(self, written: str) -> None:
        """Text between tags, escaped as it is in HTML."""
        if not self._is_inside("pre"):
            written = _SPACE.sub(" ", written)
            if not self._text or self._text.endswith((" ", "\n")):
                written = written.removeprefix(" ")
        self._text += unescape(written)

    def add_tag(self, tag: re.Match[str]) -> None:
        """A start tag or an end tag."""
        slash, name, written = tag.groups()
        if name in _BLOCKS:
            self.end_block()
        if slash:
            self._end(name)
        elif name in VOID:
            self._add_void(name, _attributes(written))
        else:
            self._start(name, _attributes(written))

    def end_block(self) -> None:
        """Ends the block that the text so far is in, if there is any."""
        is_verbatim = self._is_inside("pre")
        text = self._text.strip("\n").rstrip() if is_verbatim else _without_end_spaces(self._text)
        self._text = ""
        if not text:
            return
        lead = "".join(each.lead for each in self._open)
        indent = "".join(each.indent for each in self._open)
        for each in self._open:
            each.lead = each.indent
        self.blocks.append(
            TextBlock(
                lead=lead,
                indent=indent,
                text=text,
                is_tight=self._is_tight and bool(self.blocks),
                is_verbatim=is_verbatim,
            )
        )
        self._is_tight = False

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        opened = _OpenTag(name=name, href=attributes.get("href", ""), start=len(self._text))
        if name in _LISTS:
            opened.number = _number(attributes.get("start"), otherwise=1)
            self._is_tight = self._is_inside("li")
        elif name == "li":
            opened.lead = self._bullet(attributes)
            opened.indent = " " * len(opened.lead)
        elif name == "blockquote":
            opened.lead = opened.indent = "> "
        elif name in {"pre", "dd"}:
            opened.lead = opened.indent = "    "
        elif name[0] == "h" and name[1:].isdigit():
            opened.lead = "#" * int(name[1:]) + " "
            opened.indent = " " * len(opened.lead)
        elif name in _CELLS and self._text:
            self._text = f"{self._text.rstrip()} | "
        self._open.append(opened)

    def _bullet(self, attributes: Mapping[str, str]) -> str:
        around = next((each for each in reversed(self._open) if each.name in _LISTS), None)
        if around is None or around.name != "ol":
            return "- "
        number = _number(attributes.get("value"), otherwise=around.number)
        around.number = number + 1
        return f"{number}. "

    def _end(self, name: str) -> None:
        # Tags of sanitised HTML are balanced.
        if not self._open or self._open[-1].name != name:
            return
        closed = self._open.pop()
        if name == "a":
            self._add_target(closed)
        elif name in _BLOCKS:
            self._is_tight = name in _ROWS

    def _add_target(self, link: _OpenTag) -> None:
        text = self._text[link.start :].strip()
        if "#" in link.href and text.startswith(_WAY_BACK):
            self._text = self._text[: link.start]
        elif "#" in link.href and 0 < len(text) <= _MAX_MARK:
            self._text = f"{self._text[: link.start]}[{text}]"
        elif link.href and link.href != text:
            self._text += f" <{link.href}>" if text else f"<{link.href}>"

    def _add_void(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "br":
            self._text = f"{self._text.rstrip(' ')}\n"
        elif name == "hr":
            self._text = "* * *"
            self.end_block()
        elif name == "img":
            self._text += f"[{attributes.get('alt') or 'picture'}] <{attributes.get('src', '')}>"

    def _is_inside(self, name: str) -> bool:
        return any(each.name == name for each in self._open)


def _attributes(written: str) -> Mapping[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(written)}


def _number(stated: str | None, *, otherwise: int) -> int:
    # A document that was edited by hand may hold anything.
    return int(stated) if stated and _INTEGER.fullmatch(stated) else otherwise


def _without_end_spaces(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n")).strip()
