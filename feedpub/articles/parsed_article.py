"""Parses an article file by its kind, into its title, its text and its own metadata."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ..errors import Diagnostic
from ..html import safe
from ..metadata import merged
from ..model import Cut, Metadata
from ..parsing.dates import end, start
from ..settings import Site
from ..text.characters import one_line
from ..text.urls import absolute, is_web
from . import markdown, page

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
    """The metadata of an article that its author states, in config.toml and in front matter.

    `unknown_keys` and `diagnostics` are those of the front matter.
    """

    table: Metadata
    front: Metadata
    unknown_keys: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

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
    `starts` are the numbers of the lines at which the paragraphs of plain text begin.
    """

    title: str
    paragraphs: tuple[str, ...]
    html: Callable[[], str]
    metadata: Metadata = field(default_factory=Metadata)
    cuts: tuple[Cut, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    base: str = ""
    starts: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether subscribers would see no text and no picture."""
        if any(map(_BEGINS_WITH_A_WORD.match, self.paragraphs)):
            return False
        return not safe(self.html(), base="https://invalid/", id_prefix="")


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
    return rest if is_same_title(heading, title) else html


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
            tags=head.tags or None,
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


def is_same_title(title: str, other: str) -> bool:
    """Whether two titles are the same, but for white space and case."""
    return one_line(title).casefold() == one_line(other).casefold()
