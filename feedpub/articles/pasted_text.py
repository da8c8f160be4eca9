"""Parses a plain text, as it is pasted from a web page: its head, its title, its article."""

from __future__ import annotations

from dataclasses import replace

from ..cleaning import Cleaner
from ..errors import Diagnostic, Severity
from ..metadata import merged
from ..model import Line
from ..settings import Site
from .head_facts import FactKind
from .parsed_article import ParsedArticle, StatedMetadata, is_same_title
from .paste_head import split_head, split_leading_address, split_note
from .text import (
    TextParts,
    numbered_paragraphs,
    render_text,
    split_headline,
    split_title,
)


def read_text(
    body: str,
    first_line: int,
    stated: StatedMetadata,
    cleaner: Cleaner,
    site: Site,
    *,
    place: str,
) -> ParsedArticle:
    """Parses plain text that begins at `first_line` of the file at `place`.

    What its head states becomes metadata; what is around the article of a whole page, and page
    furniture, is cut. Dates without a zone are in that of `site`.
    """
    lines = tuple(enumerate(body.split("\n"), first_line))
    if stated.merged.clean is False:
        return _text_article(_parts(lines, stated), stated)
    noted = split_note(lines)
    addressed = split_leading_address(noted.lines)
    page = cleaner.cut_whole_page(addressed.lines)
    parts = _page_parts(page.headline, page.lines) if page.headline else _parts(page.lines, stated)
    title = stated.merged.title or parts.title
    shown = () if cleaner.removes(FactKind.BYLINE.value) else (FactKind.BYLINE,)
    head = split_head(parts.lines, title, site, shown=shown)
    cleaned = cleaner.cut_furniture(head.lines, title=title)
    cuts = (*noted.cuts, *addressed.cuts, *page.cuts, *head.cuts, *cleaned.cuts)
    return replace(
        _text_article(replace(parts, lines=cleaned.lines), stated),
        metadata=merged(noted.metadata, merged(addressed.metadata, head.metadata)),
        cuts=tuple(sorted(cuts, key=lambda cut: cut.line)),
        diagnostics=(_uncertain(place),) if page.is_uncertain else (),
    )


def _text_article(parts: TextParts, stated: StatedMetadata) -> ParsedArticle:
    paragraphs = numbered_paragraphs(parts.lines)
    return ParsedArticle(
        title=stated.merged.title or parts.title,
        paragraphs=tuple("\n".join(lines) for _, lines in paragraphs),
        html=lambda: render_text(parts.lines),
        starts=tuple(start for start, _ in paragraphs),
    )


def _parts(lines: tuple[Line, ...], stated: StatedMetadata) -> TextParts:
    parts = split_title(lines)
    title = stated.merged.title
    if title is None or is_same_title(title, parts.title):
        return parts
    if stated.table.title:
        # A paste that config.toml gives a title to still begins with the headline of its page.
        return split_headline(lines)
    return TextParts(title="", line=0, lines=lines)


def _page_parts(headline: Line, lines: tuple[Line, ...]) -> TextParts:
    """The parts of a whole page, without what is around its article."""
    rest = tuple(line for line in lines if line != headline)
    return replace(split_title((headline,)), lines=rest)


def _uncertain(place: str) -> Diagnostic:
    return Diagnostic(
        code="paste-whole-page",
        severity=Severity.NOTE,
        place=place,
        problem="looks like a whole page, and which of its lines are the article is uncertain, "
        "so that what is around them was not cut",
        remedy="Delete what is around the article, or say `clean = false` in its metadata.",
    )
