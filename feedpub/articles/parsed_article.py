"""An article file taken apart by its kind: title, text, and what it says about itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ..cleaning import Cleaned, Cleaner
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
# What no subscriber sees: a page says it otherwise each time that it is saved, other kinds never.
_UNSEEN = re.compile(
    r'<p\b[^>]*>|<!--.*?-->|\s(?:class|style|role|rel|target|on[a-z]+|aria-[a-z]+)="[^"]*"',
    re.DOTALL,
)
_BEGINS_WITH_A_WORD = re.compile(r"\s*\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMetadata:
    """What is said about an article in config.toml and in its front matter."""

    table: Metadata
    front: Metadata

    @property
    def merged(self) -> Metadata:
        """Both; the table of config.toml goes first."""
        return merged(self.table, self.front)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedArticle:
    """One article, its title empty where it has none.

    `metadata` is what the file says itself, beside its front matter. `paragraphs` is the text to
    compare by, as the curator wrote it; `html` makes the text to show, not safe yet, with addresses
    relative to `base`, which is empty where the file names none.
    """

    title: str
    paragraphs: tuple[str, ...]
    html: Callable[[], str]
    metadata: Metadata = field(default_factory=Metadata)
    cuts: tuple[Cut, ...] = ()
    remarks: tuple[str, ...] = ()
    base: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether subscribers would see no text and no picture."""
        if any(map(_BEGINS_WITH_A_WORD.match, self.paragraphs)):
            return False
        return not safe(self.html(), base="https://invalid/", id_prefix="")


def read_text(
    body: str, first_line: int, stated: StatedMetadata, cleaner: Cleaner
) -> ParsedArticle:
    """Plain text, which begins at `first_line` of its file; page furniture is cut out of it."""
    parts = _text_parts(body, first_line, stated)
    if stated.merged.clean is False:
        cleaned = Cleaned(lines=parts.lines, cuts=())
    else:
        cleaned = cleaner.clean(parts.lines)
    return ParsedArticle(
        title=stated.merged.title or parts.title,
        paragraphs=tuple("\n".join(each) for each in text.paragraphs(cleaned.lines)),
        html=lambda: text.render(cleaned.lines),
        cuts=cleaned.cuts,
    )


def _text_parts(body: str, first_line: int, stated: StatedMetadata) -> text.TextParts:
    parts = text.split_title(body, first_line=first_line)
    title = stated.merged.title
    if title is None or _alike(title, parts.title):
        return parts
    if stated.table.title:
        # Whoever titles a paste from outside has left the headline of the page in it.
        return text.split_headline(body, first_line=first_line)
    lines = tuple(enumerate(body.split("\n"), first_line))
    return text.TextParts(title="", line=0, lines=lines)


def read_markdown(body: str, stated: StatedMetadata) -> ParsedArticle:
    """Markdown; its first heading is the title where nothing else is, and not shown again."""
    title = stated.merged.title
    if title is None:
        title, rest = markdown.first_heading(markdown.render(body))
        return ParsedArticle(title=title, paragraphs=_blocks(body), html=lambda: rest)
    return ParsedArticle(
        title=title,
        paragraphs=_blocks(body),
        html=lambda: _without_heading(markdown.render(body), title),
    )


def _blocks(source: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, _BLANK_LINES.split(source))))


def _without_heading(html: str, title: str) -> str:
    heading, rest = markdown.first_heading(html)
    return rest if _alike(heading, title) else html


def read_html(body: str, stated: StatedMetadata, site: Site) -> ParsedArticle:
    """A page or a fragment, and what its head says."""
    found = page.read_page(body, zone=site.zone, date_order=site.date_order)
    title = stated.merged.title
    shown = page.drop_heading(found.body, title) if title else found.body
    home = stated.merged.link or site.url
    link = absolute(home, found.link)
    return ParsedArticle(
        title=title or found.title,
        paragraphs=_html_blocks(shown),
        html=lambda: shown,
        metadata=Metadata(
            link=link if link and is_web(link) else None,
            authors=found.authors,
            published=found.published,
            updated=found.updated if _is_update(found, stated) else None,
            summary=found.summary or None,
            language=found.language or None,
            rights=found.rights or None,
        ),
        remarks=found.remarks,
        base=absolute(stated.merged.link or link or site.url, found.base) or "",
    )


def _html_blocks(html: str) -> tuple[str, ...]:
    blocks = (_UNSEEN.sub("", block).strip() for block in _BLOCK_ENDS.split(html))
    return tuple(filter(None, blocks))


def _is_update(found: page.Page, stated: StatedMetadata) -> bool:
    # Many pages name a change before their own publication; an error would leave them all out.
    published = stated.merged.published or found.published
    return not (found.updated and published) or end(found.updated) > start(published)


def _alike(title: str, other: str) -> bool:
    return one_line(title).casefold() == one_line(other).casefold()
