"""Reads the metadata of a page: its head, microdata and JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from selectolax.lexbor import LexborHTMLParser

from ...errors import DateError, Diagnostic, Severity
from ...metadata import LANGUAGE
from ...model import Day, Person
from ...parsing.dates import read_date
from ...settings import DateOrder
from ...text.characters import one_line
from .json_ld import JsonLd, read_json_ld

_PUBLISHED = (
    "article:published_time", "datepublished", "pubdate", "dcterms.date", "dcterms.issued",
    "dcterms.created", "dc.date.issued", "dc.date", "date", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
_UPDATED = ("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified")
_AUTHORS = ("author", "article:author", "dcterms.creator", "dc.creator")
# What a page says for social media is of the article, where `description` may be of the site.
_SUMMARY = ("og:description", "description", "dcterms.description", "dc.description")
_IMAGES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
_SITE_NAMES = ("og:site_name", "application-name")
_ROBOTS = ("robots", "googlebot")
_TDM = "tdm-reservation"
_RIGHTS = ("dcterms.rights", "dc.rights", "copyright")
_BY = re.compile(r"by:?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHead:
    """The metadata of a page, "" where it states none; `link` and `base` as they are written there.

    `shared_title` is the title for social media, `headline` that in JSON-LD, `publisher` the name
    there. `is_free` is False where the page is for subscribers. `directives` are the words for
    robots in lower case, and `tdm-reservation` where that is stated. `tags` are those above the
    text. `diagnostics` are notes on dates that can't be read.
    """

    title: str
    shared_title: str
    site_name: str
    base: str
    link: str
    authors: tuple[Person, ...]
    published: datetime | Day | None
    updated: datetime | Day | None
    summary: str
    language: str
    rights: str
    headline: str
    publisher: str
    image: str
    is_free: bool
    directives: frozenset[str]
    tags: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_page_head(
    tree: LexborHTMLParser, *, place: str, zone: tzinfo, date_order: DateOrder | None
) -> PageHead:
    """The metadata of the page `tree`, which the file at `place` holds.

    Dates without a zone are in `zone`; `date_order` is that of `read_date`.
    """
    metas, json_ld = _metas(tree), _json_ld(tree)
    dates = _Dates(place, zone, date_order)
    title = tree.css_first("head title")
    return PageHead(
        title=one_line(title.text(deep=True)) if title is not None else "",
        shared_title=_first(metas, ("og:title",)),
        site_name=_first(metas, ("og:site_name",)),
        base=_attribute(tree, "base[href]", "href"),
        link=_attribute(tree, "link[rel~=canonical i][href]", "href") or _first(metas, ("og:url",)),
        authors=_authors(metas, json_ld),
        published=dates.first("published", [*_all(metas, _PUBLISHED), json_ld.published]),
        updated=dates.first("updated", [*_all(metas, _UPDATED), json_ld.updated]),
        summary=_first(metas, _SUMMARY),
        language=_language(tree),
        rights=_first(metas, _RIGHTS),
        headline=one_line(json_ld.headline),
        publisher=one_line(json_ld.publisher) or _first(metas, _SITE_NAMES),
        image=json_ld.image.strip() or _first(metas, _IMAGES),
        is_free=json_ld.is_free,
        directives=_directives(metas),
        diagnostics=tuple(dates.diagnostics),
    )


_Metas = Mapping[str, list[str]]


def _metas(tree: LexborHTMLParser) -> _Metas:
    """The contents of `<meta>`, microdata and `<time pubdate>`, by lower-case names."""
    metas: dict[str, list[str]] = {}
    for node in tree.css("meta[content], [itemprop][content], time[datetime]"):
        attributes = node.attributes
        text = one_line(attributes.get("content") or attributes.get("datetime") or "")
        names = {(attributes.get(key) or "").lower() for key in ("name", "property", "itemprop")}
        if "pubdate" in attributes:
            names.add("pubdate")
        for name in names - {""} if text else ():
            metas.setdefault(name, []).append(text)
    return metas


def _json_ld(tree: LexborHTMLParser) -> JsonLd:
    return read_json_ld(
        node.text(deep=True) for node in tree.css('script[type="application/ld+json" i]')
    )


def _all(metas: _Metas, names: Iterable[str]) -> list[str]:
    return [text for name in names for text in metas.get(name, ())]


def _first(metas: _Metas, names: Iterable[str]) -> str:
    return next(iter(_all(metas, names)), "")


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "").strip() if node is not None else ""


def _authors(metas: _Metas, json_ld: JsonLd) -> tuple[Person, ...]:
    for names in (*(metas.get(name, ()) for name in _AUTHORS), json_ld.authors):
        people = [_BY.sub("", one_line(name), count=1) for name in names if "://" not in name]
        if any(people):
            return tuple(Person(name=name) for name in dict.fromkeys(people) if name)
    return ()


def _directives(metas: _Metas) -> frozenset[str]:
    words = {word.strip().lower() for text in _all(metas, _ROBOTS) for word in text.split(",")}
    # TDM Reservation Protocol §3.4: 1 reserves the rights of text and data mining.
    reserved = {_TDM} if "1" in metas.get(_TDM, ()) else set()
    return frozenset(words | reserved)


def _language(tree: LexborHTMLParser) -> str:
    tag = _attribute(tree, "html", "lang").replace("_", "-")
    return tag if LANGUAGE.fullmatch(tag) else ""


class _Dates:
    """Reads the dates of the page at `place`, and collects notes on those that can't be read."""

    def __init__(self, place: str, zone: tzinfo, date_order: DateOrder | None) -> None:
        self._place = place
        self._zone = zone
        self._order = date_order
        self.diagnostics: list[Diagnostic] = []

    def first(self, name: str, texts: Iterable[str]) -> datetime | Day | None:
        """The first moment that can be read, else the first day."""
        dates: list[datetime | Day] = []
        errors: list[DateError] = []
        for text in filter(None, texts):
            try:
                dates.append(read_date(text, zone=self._zone, date_order=self._order))
            except DateError as error:
                errors.append(error)
        if errors and not dates:
            self.diagnostics.append(self._note(name, errors[0]))
        moments = (date for date in dates if isinstance(date, datetime))
        return next(moments, next(iter(dates), None))

    def _note(self, name: str, error: DateError) -> Diagnostic:
        problem = f"says when it was {name}, but that can't be read: {error}"
        return Diagnostic(
            code="date-unreadable", severity=Severity.NOTE, place=self._place, problem=problem
        )
