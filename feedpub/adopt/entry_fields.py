"""The fields of an old entry, read alike whatever the format of its feed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, tzinfo

from ..errors import DateError, Diagnostic, Severity
from ..html import safe
from ..model import Enclosure, Person
from ..parsing.dates import read_date, start
from ..text.characters import one_line
from ..text.urls import absolute, is_web
from .old_feed import OldEntry

UNKNOWN_BASE = "https://invalid/"
"""The base of a feed that states none; no host has this name (RFC 2606 §2)."""

# The year of RFC 3339 and that of RFC 2822, which is before a time; neither is an offset.
_ZERO_DATE = re.compile(r"\s*-?000[01]-|.*\s-?000[01]\s+\d\d?:")

UNKNOWN_TYPE = "application/octet-stream"
"""The media type of any bytes (RFC 2046 §4.5.1)."""


class FieldReader:
    """Reads the fields of one feed; `diagnostics` notes the dates that can't be read.

    `base` is the absolute address of the feed, for relative ones. Dates without a zone are in
    `zone`.
    """

    def __init__(self, *, place: str, base: str, zone: tzinfo) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._place = place
        self._base = base
        self._zone = zone

    def entry(
        self,
        *,
        id: str,
        title: str,
        address: str,
        published: datetime | None,
        updated: datetime | None,
        content: str,
        authors: Iterable[Person | None],
        tags: Iterable[str],
        enclosures: Iterable[Enclosure | None],
    ) -> OldEntry:
        """An entry; each date stands in for the other, and the link for the id, as in readers."""
        link = absolute(self._base, address) or ""
        return OldEntry(
            id=id or link,
            title=title,
            link=link if is_web(link) else "",
            published=published or updated,
            updated=updated or published,
            content=content,
            authors=tuple(filter(None, authors)),
            tags=tuple(dict.fromkeys(filter(None, map(one_line, tags)))),
            enclosures=tuple(filter(None, enclosures)),
        )

    def moment(self, text: str, title: str) -> datetime | None:
        """What the date `text` of the entry `title` means, None if it can't be read or is none."""
        if is_zero_date(text):
            return None
        try:
            return start(read_date(text, zone=self._zone))
        except DateError as error:
            self.diagnostics.append(
                Diagnostic(
                    severity=Severity.NOTE,
                    code="date-unreadable",
                    place=self._place,
                    problem=f"the date of “{title}” can't be read: {error}",
                )
            )
            return None

    def safe_html(self, html: str, base: str = "") -> str:
        """Safe HTML with absolute addresses; `base` is that of a part of the feed."""
        return safe(html, base=absolute(self._base, base) or self._base, id_prefix="")

    def enclosure(self, address: str, media_type: str, length: int) -> Enclosure | None:
        """An enclosure of `length` bytes, 0 where unknown; None if it is not on the web."""
        url = absolute(self._base, address)
        if not url or not is_web(url):
            return None
        return Enclosure(url=url, type=media_type or UNKNOWN_TYPE, length=length)


def is_zero_date(text: str) -> bool:
    """Whether `text` is what a program writes where it has no date: the first year that it knows,
    or the year before, into which a zone or the zero of MySQL moves it."""
    return _ZERO_DATE.match(text) is not None


def person(name: str, uri: str, email: str = "") -> Person | None:
    """An author, whose `uri` counts if it is a web address; None without a name."""
    name = one_line(name)
    return Person(name=name, email=email, uri=uri if is_web(uri) else "") if name else None
