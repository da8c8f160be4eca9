"""RSS and Atom of any version to OldFeed; the one door to feedparser."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from html import escape, unescape
from io import BytesIO
from time import struct_time
from typing import Any

import feedparser  # type: ignore[import-untyped]

from ..errors import DateError, Diagnostic, FeedError
from ..html import plain_text, safe
from ..model import Enclosure, Person
from ..parsing.dates import read_date, start
from ..text.characters import one_line
from ..text.urls import absolute, is_web
from .discover import named_feeds
from .fetch import Fetched
from .old_feed import OldEntry, OldFeed

# What HTML that is no page is taken to stand on.
NOWHERE = "https://invalid/"
RSS_AUTHOR = re.compile(r"(?P<email>[^\s()]+@[^\s()]+) \((?P<name>[^()]*\w[^()]*)\)")


def read_xml_feed(fetched: Fetched, *, zone: tzinfo) -> OldFeed:
    """Reads a feed in XML; dates without a zone are in `zone`. Raises FeedError."""
    # A stream, since feedparser would open what it takes for a file name. Without an address of
    # its own, it leaves ids that are no addresses as they are.
    parsed = feedparser.parse(
        BytesIO(fetched.content), sanitize_html=False, resolve_relative_uris=False
    )
    version = str(parsed.get("version", ""))
    if not version:
        raise _no_feed(fetched)
    head = parsed.feed
    reader = _Reader(base=_base(fetched, head), zone=zone, place=fetched.place)
    entries = tuple(reader.entry(each) for each in parsed.entries)
    return OldFeed(
        place=fetched.place,
        form=feedparser.api.SUPPORTED_VERSIONS.get(version, version),
        title=reader.plain(head, "title"),
        entries=entries,
        id=str(head.get("id", "")).strip() if version.startswith("atom") else "",
        updated=reader.moment(head, "updated"),
        remarks=tuple(reader.remarks),
    )


def _base(fetched: Fetched, head: Mapping[str, Any]) -> str:
    if fetched.is_web:
        return fetched.place
    links = [each.get("href", "") for each in head.get("links", ()) if each.get("rel") == "self"]
    found = (absolute("", link) for link in (*links, head.get("link", "")))
    return next(filter(None, found), NOWHERE)


def _no_feed(fetched: Fetched) -> FeedError:
    base = fetched.place if fetched.is_web else ""
    feeds = named_feeds(fetched.content, base)
    if feeds:
        remedy = f"It names {' and '.join(feeds)}: adopt that."
        return FeedError(Diagnostic(place=fetched.place, problem="is a web page", remedy=remedy))
    return FeedError(
        Diagnostic(
            place=fetched.place,
            problem="is not a feed",
            remedy="RSS, Atom and JSON Feed can be adopted.",
        )
    )


class _Reader:
    """Reads the entries of one feed, and remarks on what it can't make out."""

    def __init__(self, *, base: str, zone: tzinfo, place: str) -> None:
        self.remarks: list[Diagnostic] = []
        self._base = base
        self._zone = zone
        self._place = place

    def entry(self, said: Mapping[str, Any]) -> OldEntry:
        link = absolute(self._base, str(said.get("link", ""))) or ""
        published, updated = self.moment(said, "published"), self.moment(said, "updated")
        return OldEntry(
            id=str(said.get("id", "")).strip() or link,
            title=self.plain(said, "title"),
            link=link if is_web(link) else "",
            published=published or updated,
            updated=updated or published,
            content=self._content(said),
            authors=tuple(_people(said)),
            tags=tuple(dict.fromkeys(_tags(said))),
            enclosures=tuple(self._enclosures(said)),
        )

    def plain(self, said: Mapping[str, Any], key: str) -> str:
        """A text on one line; feedparser knows whether it is HTML."""
        text = str(said.get(key, ""))
        if said.get(f"{key}_detail", {}).get("type", "text/plain") != "text/plain":
            text = plain_text(safe(text, base=self._base, id_prefix=""))
        return one_line(text)

    def moment(self, said: Mapping[str, Any], key: str) -> datetime | None:
        # `in` sees what is said; getting `updated` would give `published` in its place.
        if key not in said:
            return None
        parsed = said.get(f"{key}_parsed")
        if isinstance(parsed, struct_time):
            return datetime.fromtimestamp(timegm(parsed), UTC)
        text = str(said[key])
        try:
            return start(read_date(text, zone=self._zone))
        except DateError as error:
            title = self.plain(said, "title") or "an entry"
            problem = f"the date of “{title}” can't be read: {error}"
            self.remarks.append(Diagnostic(place=self._place, problem=problem))
            return None

    def _content(self, said: Mapping[str, Any]) -> str:
        parts = [part for part in (*said.get("content", ()), said.get("summary_detail")) if part]
        for part in parts:
            text = str(part.get("value", ""))
            if not text.strip():
                continue
            if part.get("type") == "text/plain":
                text = f"<p>{escape(text, quote=False)}</p>"
            base = absolute(self._base, str(part.get("base") or "")) or self._base
            return safe(text, base=base, id_prefix="")
        return ""

    def _enclosures(self, said: Mapping[str, Any]) -> Iterator[Enclosure]:
        for each in said.get("links", ()):
            url = absolute(self._base, str(each.get("href", "")))
            if each.get("rel") == "enclosure" and url and is_web(url):
                length = str(each.get("length", ""))
                yield Enclosure(
                    url=url,
                    type=str(each.get("type") or "application/octet-stream"),
                    length=int(length) if length.isdecimal() else 0,
                )


def _people(said: Mapping[str, Any]) -> Iterator[Person]:
    # feedparser parts an address after the fourth letter of its last word.
    if written := RSS_AUTHOR.fullmatch(str(said.get("author", ""))):
        yield Person(name=one_line(written["name"]), email=written["email"])
        return
    for each in said.get("authors", ()):
        name, uri = one_line(str(each.get("name", ""))), str(each.get("href", ""))
        if name:
            email = str(each.get("email", ""))
            yield Person(name=name, email=email, uri=uri if is_web(uri) else "")


def _tags(said: Mapping[str, Any]) -> Iterator[str]:
    for each in said.get("tags", ()):
        # WordPress escapes them twice.
        if tag := one_line(unescape(str(each.get("label") or each.get("term") or ""))):
            yield tag
