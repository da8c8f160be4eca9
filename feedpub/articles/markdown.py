"""Markdown to HTML, as GitHub renders it; the only import of pyromark."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

import pyromark
from pyromark import Options

from ..html import plain_text
from ..text.linkify import bare_urls

_WITHOUT_TYPOGRAPHY = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
)
_OPTIONS = _WITHOUT_TYPOGRAPHY | Options.ENABLE_SMART_PUNCTUATION

# An address that is not yet the target of a link, in a pair of <> or in a tag.
_BARE = re.compile(r"""[hHwW](?<!\]\(.)(?<!\]: .)(?<!=["'].)(?<![\w/.<=].)(?i:ttps?://|ww\.)""")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ANCHOR = re.compile(r"<(/?)a\b", re.IGNORECASE)
_HEADING = re.compile(r"\s*<h([1-6])(?:\s[^>]*)?>(.*?)</h\1>\s*", re.DOTALL)

_NOTE = re.compile(
    r'<div class="footnote-definition" id="[^"]*">'
    r'<sup class="footnote-definition-label">(\d+)</sup>'
)
_DIV = re.compile(r"<(/?)div\b[^>]*>\n?")
_NOTE_MARK = re.compile(r'<sup class="footnote-reference"><a href="#[^"]*">(\d+)</a></sup>')


def render_markdown(text: str) -> str:
    """Markdown as HTML that is not sanitised: raw HTML is kept, links may be relative.

    CommonMark with tables, footnotes, task lists, strikethrough and typographic punctuation; bare
    web addresses become links. Footnotes come last, in the order in which they are referred to.
    """
    if _BARE.search(text):
        text = _with_links(text)
    # HTML has no slash in void tags; without it, the sanitiser takes half the time.
    html = pyromark.html(text, options=_OPTIONS).replace(" />", ">")
    if '<input disabled="" type="checkbox"' in html:
        html = html.replace('<input disabled="" type="checkbox"/>\n', "☐ ")
        html = html.replace('<input disabled="" type="checkbox" checked=""/>\n', "☑ ")
    if ' style="text-align: ' in html:
        html = html.replace(' style="text-align: ', ' align="')
    return _with_notes_last(html) if 'class="footnote-' in html else html


def split_heading(html: str) -> tuple[str, str]:
    """The plain text of the heading that `html` begins with, and the rest of `html`.

    "" and the whole of `html` where it begins with something else.
    """
    heading = _HEADING.match(html)
    title = plain_text(heading[2]).replace("\n", " ") if heading else ""
    return (title, html[heading.end() :]) if heading and title else ("", html)


def _with_links(text: str) -> str:
    """Makes links of bare addresses in the source, before their "_" and "--" are read as markup."""
    spans = list(_plain_spans(text))
    starts = [start for start, _ in spans]
    pieces, end, offset = [], 0, 0
    for bare in bare_urls(text):
        between, written = text[end : bare.start], text[bare.start : bare.end]
        offset += len(between.encode())
        nearest = bisect_right(starts, offset) - 1
        is_plain = nearest >= 0 and offset < spans[nearest][1]
        pieces += [between, _link(written, bare.url) if is_plain else written]
        offset += len(written.encode())
        end = bare.end
    return "".join(pieces) + text[end:]


def _plain_spans(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of `text` outside code, tags and links, in bytes of its UTF-8."""
    depth, in_anchor = 0, False
    for event, span in pyromark.events_with_range(text, options=_WITHOUT_TYPOGRAPHY):
        match event:
            case {"Start": {"Link": _} | {"Image": _} | {"CodeBlock": _}}:
                depth += 1
            case {"End": "Link" | "Image" | "CodeBlock"}:
                depth -= 1
            case {"InlineHtml": str(tag)}:
                if anchor := _ANCHOR.match(tag):
                    in_anchor = not anchor[1]
            case {"End": "Paragraph"}:
                in_anchor = False
            case {"Text": _} if not depth and not in_anchor:
                yield span["start"], span["end"]


def _link(written: str, url: str) -> str:
    text = _PUNCTUATION.sub(r"\\\1", written)
    return f"[{text}](<{url}>)"


def _with_notes_last(html: str) -> str:
    """`html` with its footnotes in a list at the end, each with links back to its marks."""
    body, notes = _split_notes(html)
    numbers: dict[str, int] = {}
    marks: Counter[int] = Counter()

    def marked(mark: re.Match[str]) -> str:
        if mark[1] not in notes:
            return mark[0]
        number = numbers.setdefault(mark[1], len(numbers) + 1)
        marks[number] += 1
        mark_id = _mark_id(number, marks[number])
        return f'<sup id="{mark_id}"><a href="#fn-{number}">{number}</a></sup>'

    body = _NOTE_MARK.sub(marked, body)
    for label in notes:
        numbers.setdefault(label, len(numbers) + 1)
    texts = [_NOTE_MARK.sub(marked, notes[label]) for label in numbers]
    items = [_note_item(number, text, marks[number]) for number, text in enumerate(texts, 1)]
    return f"{body}<hr>\n<ol>\n{''.join(items)}</ol>\n" if items else body


def _split_notes(html: str) -> tuple[str, dict[str, str]]:
    """`html` without its footnotes, and these by the labels that pyromark gives them."""
    pieces, notes, end = [], {}, 0
    while note := _NOTE.search(html, end):
        pieces.append(html[end : note.start()])
        stop, end = _closing_div(html, note.end())
        notes[note[1]] = html[note.end() : stop].strip()
    return "".join(pieces) + html[end:], notes


def _closing_div(html: str, start: int) -> tuple[int, int]:
    """Start and end of the end tag of the <div> that is open at `start`."""
    depth = 1
    for div in _DIV.finditer(html, start):
        depth += -1 if div[1] else 1
        if not depth:
            return div.span()
    return len(html), len(html)


def _note_item(number: int, text: str, marks: int) -> str:
    mark_ids = (_mark_id(number, mark) for mark in range(1, marks + 1))
    back = "".join(f' <a href="#{mark_id}">↩\ufe0e</a>' for mark_id in mark_ids)
    last = "</p>" if text.endswith("</p>") else ""
    return f'<li id="fn-{number}">{text.removesuffix(last)}{back}{last}</li>\n'


def _mark_id(number: int, mark: int) -> str:
    return f"fnref-{number}" if mark == 1 else f"fnref-{number}-{mark}"
