"""Reads a web page: metadata from its head, else from what it shows; its text as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from ...articles.markdown import render_markdown
from ...articles.page import Page, read_page
from ...errors import DateError, Diagnostic, PageError, Severity
from ...html import plain_text, safe
from ...model import Day, Metadata, Person, Source
from ...parsing.dates import read_date
from ...settings import Site
from ...text.excerpt import excerpt
from ...text.urls import absolute, host, is_web
from .extract import extract_markdown
from .visible import VisibleText, is_dateline

RESERVED = frozenset(("noarchive", "noai", "tdm-reservation"))
"""What a page says to those who would keep a copy of it or have machines read it."""

_UNKNOWN_BASE = "https://invalid/"
# Characters; a page with less text than this that has a field for a password asks for a login, and
# one that speaks of JavaScript or cookies shows nothing without them.
_SHORT = 600
_NEEDS_SCRIPTS = re.compile(r"\b(?:javascript|cookies)\b", re.IGNORECASE)
# Blocks at the head of a text among which a dateline and a byline stand.
_HEAD_BLOCKS = 4
_SAVE_IT = "Open it in a browser, save it as a file, and add that."


@dataclass(frozen=True, slots=True, kw_only=True)
class PageArticle:
    """The article of a page: `body` is Markdown, "" where only a summary is taken.

    `missing` names what was not found, in plain words; `diagnostics` are notes.
    """

    metadata: Metadata
    body: str
    missing: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_web_page(
    html: str,
    *,
    place: str,
    address: str,
    site: Site,
    summary_only: bool = False,
    directives: Set[str] = frozenset(),
) -> PageArticle:
    """Reads the page `html` that stood at `address`, "" where that is unknown.

    `directives` are those that came beside the page. A page that reserves its text is taken as a
    summary. Raises PageError where there is no text to take.
    """
    page = read_page(html, place=place, zone=site.zone, date_order=site.date_order)
    link = _link(page, address)
    base = absolute(address or link or _UNKNOWN_BASE, page.head.base) or address or link
    metadata = _metadata(page, html, link=link, base=base or _UNKNOWN_BASE, site=site)
    reserved = sorted(RESERVED & (page.head.directives | directives))
    titles = frozenset(each.casefold() for each in (page.title, metadata.title or ""))
    body = _without_head(extract_markdown(html, base or _UNKNOWN_BASE), titles)
    if not summary_only and (error := _text_error(html, body, place)):
        raise error
    if summary_only or reserved:
        metadata = replace(metadata, summary=metadata.summary or excerpt(_plain(body)) or None)
        body = ""
    return PageArticle(
        metadata=metadata,
        body=body,
        missing=tuple(_missing(metadata, page)),
        diagnostics=tuple(_notes(place, page, reserved)),
    )


def _metadata(page: Page, html: str, *, link: str, base: str, site: Site) -> Metadata:
    head = page.head
    title = head.headline or page.title
    shown = VisibleText(html, page.title)
    image = absolute(base, head.image)
    return Metadata(
        title=title or None,
        link=link or None,
        authors=head.authors or tuple(Person(name=name) for name in shown.authors()),
        published=_best_date(head.published, shown.dates(), site),
        summary=head.summary or None,
        language=head.language or None,
        source=_source(head.publisher, link),
        image=image if image and is_web(image) else None,
    )


def _link(page: Page, address: str) -> str:
    """The canonical link, unless it is the home page of the site, as it is by mistake on some."""
    canonical = absolute(address, page.head.link) or ""
    if not is_web(canonical) or (address and _is_home(canonical) and not _is_home(address)):
        return address
    return canonical


def _is_home(url: str) -> bool:
    return urlsplit(url).path in ("", "/") and not urlsplit(url).query


def _source(name: str, link: str) -> Source | None:
    title = name or host(link).removeprefix("www.")
    parts = urlsplit(link)
    home = f"{parts.scheme}://{parts.netloc}/" if link else ""
    return Source(title=title, link=home) if title else None


def _best_date(
    stated: datetime | Day | None, shown: Iterable[str], site: Site
) -> datetime | Day | None:
    """The date of the metadata, unless it is a day only and the page shows a time of that day."""
    if isinstance(stated, datetime):
        return stated
    dates = [date for text in shown if (date := _read(text, site)) is not None]
    if stated is None:
        return dates[0] if dates else None
    for date in dates:
        if isinstance(date, datetime) and date.astimezone(stated.zone).date() == stated.date:
            return date
    return stated


def _read(text: str, site: Site) -> datetime | Day | None:
    try:
        return read_date(text, zone=site.zone, date_order=site.date_order)
    except DateError:
        return None


def _without_head(body: str, titles: Set[str]) -> str:
    """`body` without the title, the dateline and the byline at its head."""
    blocks = body.split("\n\n")
    head = [block for block in blocks[:_HEAD_BLOCKS] if not _is_metadata(block, titles)]
    return "\n\n".join(head + blocks[_HEAD_BLOCKS:])


def _is_metadata(block: str, titles: Set[str]) -> bool:
    text = _plain(block)
    is_title = block.startswith("#") and text.casefold() in titles
    return is_title or is_dateline(text)


def _plain(markdown: str) -> str:
    return plain_text(safe(render_markdown(markdown), base=_UNKNOWN_BASE, id_prefix=""))


def _missing(metadata: Metadata, page: Page) -> Iterator[str]:
    """What was not found, in plain words."""
    found = {
        "title": metadata.title,
        "date": metadata.published,
        "author": metadata.authors,
        "name of the site": page.head.publisher,
        "language": metadata.language,
        "image": metadata.image,
    }
    yield from (name for name, value in found.items() if not value)


def _notes(place: str, page: Page, reserved: list[str]) -> Iterator[Diagnostic]:
    yield from page.head.diagnostics
    if reserved:
        problem = f"says {' and '.join(reserved)}: only a summary is taken"
        yield _note("text-reserved", place, problem)
    if not page.head.is_free:
        problem = "says that not all of it is free to read: the text may be a part only"
        yield _note("text-partial", place, problem, f"If you may read it: {_SAVE_IT}")


def _note(code: str, place: str, problem: str, remedy: str = "") -> Diagnostic:
    return Diagnostic(
        code=code, severity=Severity.NOTE, place=place, problem=problem, remedy=remedy
    )


def _text_error(html: str, body: str, place: str) -> PageError | None:
    """Why `body`, the text found in a page, is not that of an article; None where it may be."""
    text = _plain(body)
    is_short = len(text) < _SHORT
    if is_short and LexborHTMLParser(html).css_first("input[type=password i]") is not None:
        code, problem = "login-required", "asks for a login"
    elif not text or (is_short and _NEEDS_SCRIPTS.search(text)):
        code, problem = "text-missing", "has no text that can be found without running its scripts"
    else:
        return None
    return PageError(Diagnostic(code=code, place=place, problem=problem, remedy=_SAVE_IT))
