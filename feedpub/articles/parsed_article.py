"""Parses an article file by its kind, into its title, its text and its own metadata."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ..cleaning import Cleaner
from ..errors import Diagnostic, Severity
from ..html import safe
from ..metadata import merged
from ..model import Cut, Metadata
from ..parsing.dates import end, start
from ..settings import Site
from ..text.characters import one_line
from ..text.urls import absolute, is_web
from . import markdown, page, text

_BLANK_LINES = re.compile(r"\n\s*\n")
_BLOCK_ENDS = re.compile(r"</(?:p|h[1-6]|li|dd|dt|tr|pre|div|blockquote|figure|section)>", re.I)
# What a page has and no subscriber sees; some of it differs each time that the page is saved.
_NOT_SHOWN = re.compile(
    r'<p\b[^>]*>|<!--.*?-->|\s(?:class|style|role|rel|target|on[a-z]+|aria-[a-z]+)="[^"]*"',
    re.DOTALL,
)
_BEGINS_WITH_A_WORD = re.compile(r"\s*\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMetadata:
    """The metadata of an article that its author states, in config.toml and in front matter."""

    table: Metadata
    front: Metadata

    @property
    def merged(self) -> Metadata:
        """Both; config.toml takes precedence."""
        return merged(self.table, self.front)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedArticle:
    """One article file; `title` is empty where it has none.

    `paragraphs` is the text in its own markup, to compare articles by. `html` renders it: HTML that
    is not sanitised, with addresses relative to `base`, which is empty where the file states none.
    `metadata` is what the file states beside its front matter; `diagnostics` are notes on it.
    """

    title: str
    paragraphs: tuple[str, ...]
    html: Callable[[], str]
    metadata: Metadata = field(default_factory=Metadata)
    cuts: tuple[Cut, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    base: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether subscribers would see no text and no picture."""
        if any(map(_BEGINS_WITH_A_WORD.match, self.paragraphs)):
            return False
        return not safe(self.html(), base="https://invalid/", id_prefix="")


def read_text(
    body: str, first_line: int, stated: StatedMetadata, cleaner: Cleaner, *, place: str
) -> ParsedArticle:
    """Parses plain text that begins at `first_line` of the file at `place`, and cleans it."""
    if stated.merged.clean is False:
        return _text_article(_text_parts(body, first_line, stated), stated)
    page = cleaner.cut_whole_page(tuple(enumerate(body.split("\n"), first_line)))
    if page.headline:
        parts = _page_parts(page.headline, page.lines)
    else:
        parts = _text_parts(body, first_line, stated)
    cleaned = cleaner.cut_furniture(parts.lines, title=stated.merged.title or parts.title)
    return replace(
        _text_article(replace(parts, lines=cleaned.lines), stated),
        cuts=tuple(sorted((*page.cuts, *cleaned.cuts), key=lambda cut: cut.line)),
        diagnostics=(_uncertain(place),) if page.is_uncertain else (),
    )


def _text_article(parts: text.TextParts, stated: StatedMetadata) -> ParsedArticle:
    return ParsedArticle(
        title=stated.merged.title or parts.title,
        paragraphs=tuple("\n".join(lines) for lines in text.split_paragraphs(parts.lines)),
        html=lambda: text.render_text(parts.lines),
    )


def _page_parts(headline: text.Line, lines: tuple[text.Line, ...]) -> text.TextParts:
    """The parts of a whole page, without what is around its article."""
    number, title = headline
    rest = tuple(line for line in lines if line != headline)
    return replace(text.split_title(title, first_line=number), lines=rest)


def _uncertain(place: str) -> Diagnostic:
    return Diagnostic(
        code="paste-whole-page",
        severity=Severity.NOTE,
        place=place,
        problem="looks like a whole page, and which of its lines are the article is uncertain, "
        "so that what is around them was not cut",
        remedy="Delete what is around the article, or say `clean = false` in its metadata.",
    )


def _text_parts(body: str, first_line: int, stated: StatedMetadata) -> text.TextParts:
    parts = text.split_title(body, first_line=first_line)
    title = stated.merged.title
    if title is None or _is_same_title(title, parts.title):
        return parts
    if stated.table.title:
        # A paste that config.toml gives a title to still begins with the headline of its page.
        return text.split_headline(body, first_line=first_line)
    lines = tuple(enumerate(body.split("\n"), first_line))
    return text.TextParts(title="", line=0, lines=lines)


def read_markdown(body: str, stated: StatedMetadata) -> ParsedArticle:
    """Parses Markdown; a heading above the text is the title, or repeats a stated one."""
    title = stated.merged.title
    if title is None:
        title, rest = markdown.split_heading(markdown.render_markdown(body))
        return ParsedArticle(title=title, paragraphs=_blocks(body), html=lambda: rest)
    return ParsedArticle(
        title=title,
        paragraphs=_blocks(body),
        html=lambda: _without_heading(markdown.render_markdown(body), title),
    )


def _blocks(source: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, _BLANK_LINES.split(source))))


def _without_heading(html: str, title: str) -> str:
    heading, rest = markdown.split_heading(html)
    return rest if _is_same_title(heading, title) else html


def read_html(body: str, stated: StatedMetadata, site: Site, *, place: str) -> ParsedArticle:
    """Parses a page or a fragment, the body of the file at `place`, and the head of the page."""
    parsed = page.read_page(body, place=place, zone=site.zone, date_order=site.date_order)
    head, title = parsed.head, stated.merged.title
    html = page.drop_heading(parsed.body, title) if title else parsed.body
    link = absolute(stated.merged.link or site.url, head.link)
    return ParsedArticle(
        title=title or parsed.title,
        paragraphs=_html_blocks(html),
        html=lambda: html,
        metadata=Metadata(
            link=link if link and is_web(link) else None,
            authors=head.authors,
            published=head.published,
            updated=head.updated if _is_update(head, stated) else None,
            summary=head.summary or None,
            language=head.language or None,
            rights=head.rights or None,
        ),
        diagnostics=head.diagnostics,
        base=absolute(stated.merged.link or link or site.url, head.base) or "",
    )


def _html_blocks(html: str) -> tuple[str, ...]:
    blocks = (_NOT_SHOWN.sub("", block).strip() for block in _BLOCK_ENDS.split(html))
    return tuple(filter(None, blocks))


def _is_update(head: page.PageHead, stated: StatedMetadata) -> bool:
    # Many pages state a change before they were published; as an error, it would leave them out.
    published = stated.merged.published or head.published
    return not (head.updated and published) or end(head.updated) > start(published)


def _is_same_title(title: str, other: str) -> bool:
    return one_line(title).casefold() == one_line(other).casefold()
