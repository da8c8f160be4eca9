"""Adds what a curator names: a text, a saved page, or a list of links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from ..articles.folder import KIND_BY_SUFFIX
from ..errors import Diagnostic, PageError
from ..progress import Progress
from ..settings import Settings
from .adder import Adder, Addition, AddOptions, WebPage
from .lists import LinkList
from .page import SavedPage
from .recognise import Paste


@dataclass(frozen=True, slots=True, kw_only=True)
class AddResult:
    """What was added, in order; `errors` name what could not be."""

    additions: tuple[Addition, ...] = ()
    errors: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()


def add_text(
    settings: Settings, text: Paste, place: str, options: AddOptions, *, now: datetime
) -> AddResult:
    """Adds a text as it is; its kind is that of the file `place`, else plain text.

    Raises PageError and OutputError.
    """
    suffix = PurePath(place).suffix.lower()
    adder = Adder(settings, options, now=now)
    kind = suffix if suffix in KIND_BY_SUFFIX else ".txt"
    return AddResult(additions=(adder.paste(text.text, place=place, suffix=kind),))


def add_saved_page(
    settings: Settings, page: SavedPage, place: str, options: AddOptions, *, now: datetime
) -> AddResult:
    """Adds the text of a page that was saved as a file; raises PageError and OutputError."""
    adder = Adder(settings, options, now=now)
    return AddResult(
        additions=(adder.page(WebPage(place=place, html=page.html, address=page.address)),)
    )


def add_links(
    settings: Settings,
    links: LinkList,
    place: str,
    options: AddOptions,
    *,
    now: datetime,
    progress: Progress,
) -> AddResult:
    """Adds a link post for each link that no article has.

    Raises OutputError, and PageError where `options` are for one article only.
    """
    refuse_options_of_one(options, place)
    if options.update:
        raise _for_pages_only(place)
    adder = Adder(settings, options, now=now)
    additions: list[Addition] = []
    for number, link in enumerate(links.links, 1):
        additions.append(adder.link(link))
        progress(number, len(links.links))
    return AddResult(additions=tuple(additions), notes=links.diagnostics)


def refuse_options_of_one(options: AddOptions, place: str) -> None:
    """Raises PageError where a title, a date or a note is stated of the many links at `place`."""
    stated = options.stated
    if stated.title or stated.published or stated.note:
        problem = "is a list, and a title, a date or a note is of one article"
        raise PageError(
            Diagnostic(
                code="option-for-one", place=place, problem=problem, remedy="Leave them out."
            )
        )


def _for_pages_only(place: str) -> PageError:
    problem = "is a list of links, of which no page was taken that could be taken again"
    remedy = "Say --fetch too, or leave --update out."
    return PageError(
        Diagnostic(code="option-for-pages", place=place, problem=problem, remedy=remedy)
    )
