"""Reads an HTML page or fragment: its metadata, its title and its text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import tzinfo

from ...settings import DateOrder
from .content import find_content, find_title, is_whole_page, parse_html, without_heading
from .head import PageHead, read_page_head
from .head_lines import take_head_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page; `title` is "" where it has none.

    `body` is the HTML of its text, not sanitised, without a heading that repeats the title.
    """

    title: str
    body: str
    head: PageHead


def read_page(html: str, *, place: str, zone: tzinfo, date_order: DateOrder | None = None) -> Page:
    """Reads `html`, the content of the file at `place`; its dates without a zone are in `zone`.

    Of several `<article>` the longest is the text, else `<main>`, else all but page furniture; a
    fragment is its own text. Lines above the text of a page that state dates, tags or a reading
    time are not part of it. The name of the site is cut from the title where the page states it.
    """
    tree = parse_html(html)
    head = read_page_head(tree, place=place, zone=zone, date_order=date_order)
    content = find_content(tree, html)
    title = find_title(head, content)
    if content is not None and is_whole_page(html):
        lines = take_head_lines(content, zone=zone, date_order=date_order)
        head = replace(
            head,
            published=head.published or lines.published,
            updated=head.updated or lines.updated,
            tags=lines.tags,
        )
    body = without_heading(content, title) if content is not None else ""
    return Page(title=title, body=body, head=head)
