"""The XML that trafilatura gives of a text to Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BLOCKS = frozenset(("head", "p", "list", "quote", "table", "div", "main", "code", "graphic"))
_EMPHASIS = {"#b": "**", "#i": "*", "#u": "*"}
_SPECIAL = re.compile(r"[\\`*\[\]<>~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
# What begins a heading, a quotation, a list or a line across the page (CommonMark §4, §5).
_LINE_START = re.compile(r"^(?:(?=[#>+=-])|(\d{1,9})(?=[.)](?:\s|$)))")
_BACKTICKS = re.compile(r"`+")
_LINE_BREAK = "\\\n"


def render_blocks(element: Element, images: Mapping[str, str]) -> str:
    """The blocks in `element`, with a blank line between; `images` has the real addresses."""
    blocks = list(_Renderer(images).blocks(element))
    return "\n\n".join(blocks) + "\n" if blocks else ""


class _Renderer:
    def __init__(self, images: Mapping[str, str]) -> None:
        self._images = images

    def blocks(self, element: Element) -> Iterator[str]:
        """The blocks in `element`; text between them is a paragraph."""
        run = [_escaped(element.text)]
        for child in element:
            if child.tag in _BLOCKS and self._is_block(child):
                yield from _paragraph(run)
                run = []
                yield from filter(None, self._block(child))
            else:
                run.append(self._inline(child))
            run.append(_escaped(child.tail))
        yield from _paragraph(run)

    def _is_block(self, child: Element) -> bool:
        if child.tag == "code":
            # In a line of text it is a word, by itself a listing.
            return "\n" in (child.text or "") or not (child.tail or "").strip()
        return child.tag != "graphic" or not (child.tail or "").strip()

    def _block(self, element: Element) -> Iterator[str]:
        if element.tag == "head":
            level = element.get("rend", "h2")[1:]
            text = self._line(element)
            yield f"{'#' * (int(level) if level.isdecimal() else 2)} {text}" if text else ""
        elif element.tag == "p":
            yield from self._paragraph_of(element)
        elif element.tag == "list":
            yield self._list(element)
        elif element.tag == "quote":
            yield _prefixed("\n\n".join(self.blocks(element)), "> ", "> ")
        elif element.tag == "code":
            yield _listing("".join(element.itertext()))
        elif element.tag == "table":
            yield self._table(element)
        elif element.tag == "graphic":
            yield self._image(element)
        else:
            yield from self.blocks(element)

    def _paragraph_of(self, element: Element) -> Iterator[str]:
        if any(child.tag in ("list", "table", "quote", "p") for child in element):
            yield from self.blocks(element)
        else:
            yield from _paragraph([self._content(element)])

    def _list(self, element: Element) -> str:
        is_ordered = element.get("rend") == "ol"
        items = []
        for number, item in enumerate(element.findall("item"), 1):
            mark = f"{number}. " if is_ordered else "- "
            blocks = list(self.blocks(item))
            # A list below one line of an item follows it at once, so that both stay tight.
            text = "\n".join(blocks) if _is_tight(blocks) else "\n\n".join(blocks)
            items.append(_prefixed(text, mark, " " * len(mark)))
        return "\n".join(items)

    def _table(self, element: Element) -> str:
        found = element.findall("row")
        rows = [[self._line(cell) for cell in row.findall("cell")] for row in found]
        width = max(map(len, rows), default=0)
        if not width:
            return ""
        has_head = any(cell.get("role") == "head" for cell in found[0])
        head, body = (rows[0], rows[1:]) if has_head else ([], rows)
        table = [head, ["---"] * width, *body]
        return "\n".join(f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in table)

    def _line(self, element: Element) -> str:
        """All of `element` on one line."""
        content = self._content(element).replace(_LINE_BREAK, " ")
        return " ".join(content.split())

    def _content(self, element: Element) -> str:
        parts = [_escaped(element.text)]
        for child in element:
            parts += [self._inline(child), _escaped(child.tail)]
        return "".join(parts)

    def _inline(self, element: Element) -> str:
        if element.tag == "graphic":
            return self._image(element)
        if element.tag == "lb":
            return _LINE_BREAK
        if element.tag == "code" or element.get("rend") == "#t":
            return _code_span("".join(element.itertext()))
        content = self._content(element)
        if element.tag == "ref":
            return _around(content, "[", f"]({_destination(element.get('target', ''))})")
        if element.tag == "del":
            return _around(content, "~~", "~~")
        mark = _EMPHASIS.get(element.get("rend", ""), "") if element.tag == "hi" else ""
        return _around(content, mark, mark)

    def _image(self, element: Element) -> str:
        source = element.get("src", "")
        address = self._images.get(source)
        if address is None:
            return ""
        alt = _escaped(" ".join((element.get("alt") or element.get("title") or "").split()))
        return f"![{alt}]({_destination(address)})"


def _paragraph(parts: list[str]) -> Iterator[str]:
    lines = (" ".join(line.split()) for line in "".join(parts).split(_LINE_BREAK))
    text = _LINE_BREAK.join(_LINE_START.sub(r"\1\\", line) for line in lines if line)
    if text:
        yield text


def _escaped(text: str | None) -> str:
    return _SPECIAL.sub(lambda mark: "&amp;" if mark[0] == "&" else f"\\{mark[0]}", text or "")


def _around(content: str, before: str, after: str) -> str:
    """`content` between two marks, which must touch words."""
    words = content.strip()
    if not words or not before:
        return content
    start, end = content[: len(content) - len(content.lstrip())], content[len(content.rstrip()) :]
    return f"{start}{before}{words}{after}{end}"


def _destination(address: str) -> str:
    return f"<{address}>" if set(address) & set("() ") else address


def _code_span(code: str) -> str:
    code = " ".join(code.split())
    fence = "`" * (max(map(len, _BACKTICKS.findall(code)), default=0) + 1)
    blank = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{fence}{blank}{code}{blank}{fence}" if code else ""


def _listing(code: str) -> str:
    fence = "`" * max(3, max(map(len, _BACKTICKS.findall(code)), default=0) + 1)
    return f"{fence}\n{code.strip(chr(10))}\n{fence}" if code.strip() else ""


def _prefixed(text: str, first: str, others: str) -> str:
    start, *rest = text.split("\n")
    return "\n".join([first + start, *((others + line).rstrip() for line in rest)])


def _is_tight(blocks: list[str]) -> bool:
    return all(block.startswith(("- ", "1. ")) for block in blocks[1:])
