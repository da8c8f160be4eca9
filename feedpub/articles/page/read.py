"""Puts together what a page says of itself, its title and its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from ...model import Day, Person
from ...settings import DateOrder
from .content import find_content, find_title, parse, without_heading
from .head import read_head


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says; `link` and `base` as they are written there, "" where it says nothing.

    `body` is HTML, not safe yet, without the heading that says the title again. `remarks` are
    sentences for the curator.
    """

    title: str
    body: str
    base: str = ""
    link: str = ""
    authors: tuple[Person, ...] = ()
    published: datetime | Day | None = None
    updated: datetime | Day | None = None
    summary: str = ""
    language: str = ""
    rights: str = ""
    remarks: tuple[str, ...] = ()


def read_page(html: str, *, zone: tzinfo, date_order: DateOrder | None = None) -> Page:
    """Reads `html`; its dates without a zone are in `zone`.

    Of several `<article>` the longest is the text, else `<main>`, else all but page furniture; a
    fragment is its own text. Of a title, the name of the site goes where the page says it apart.
    """
    tree = parse(html)
    head = read_head(tree, zone=zone, date_order=date_order)
    content = find_content(tree, html)
    title = find_title(head, content)
    return Page(
        title=title,
        body=without_heading(content, title) if content is not None else "",
        base=head.base,
        link=head.link,
        authors=head.authors,
        published=head.published,
        updated=head.updated,
        summary=head.summary,
        language=head.language,
        rights=head.rights,
        remarks=head.remarks,
    )
