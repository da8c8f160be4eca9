"""RSS and Atom of any version to OldFeed; the one import of feedparser."""

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

from ..errors import Diagnostic, FeedError
from ..html import plain_text
from ..model import Enclosure, Person
from ..text.characters import one_line
from ..text.urls import absolute
from .discover import discover_feeds
from .entry_fields import UNKNOWN_BASE, FieldReader, is_zero_date, person
from .fetch import Fetched
from .old_feed import OldEntry, OldFeed

RSS_AUTHOR = re.compile(r"(?P<email>[^\s()]+@[^\s()]+) \((?P<name>[^()]*\w[^()]*)\)")
_Parsed = Mapping[str, Any]


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
    fields = FieldReader(place=fetched.place, base=_base(fetched, head), zone=zone)
    return OldFeed(
        place=fetched.place,
        form=feedparser.api.SUPPORTED_VERSIONS.get(version, version),
        title=_plain(head, "title", fields),
        entries=tuple(_entry(each, fields) for each in parsed.entries),
        id=str(head.get("id", "")).strip() if version.startswith("atom") else "",
        updated=_moment(head, "updated", fields),
        diagnostics=tuple(fields.diagnostics),
    )


def _base(fetched: Fetched, head: _Parsed) -> str:
    if fetched.is_web:
        return fetched.place
    links = [each.get("href", "") for each in head.get("links", ()) if each.get("rel") == "self"]
    found = (absolute("", link) for link in (*links, head.get("link", "")))
    return next(filter(None, found), UNKNOWN_BASE)


def _no_feed(fetched: Fetched) -> FeedError:
    feeds = discover_feeds(fetched.content, fetched.place if fetched.is_web else "")
    problem, remedy = "is not a feed", "RSS, Atom and JSON Feed can be adopted."
    if feeds:
        problem, remedy = "is a web page", f"It names {' and '.join(feeds)}: adopt that."
    return FeedError(
        Diagnostic(code="not-a-feed", place=fetched.place, problem=problem, remedy=remedy)
    )


def _entry(parsed: _Parsed, fields: FieldReader) -> OldEntry:
    return fields.entry(
        id=str(parsed.get("id", "")).strip(),
        title=_plain(parsed, "title", fields),
        address=str(parsed.get("link", "")),
        published=_moment(parsed, "published", fields),
        updated=_moment(parsed, "updated", fields),
        content=_content(parsed, fields),
        authors=_people(parsed),
        tags=_tags(parsed),
        enclosures=_enclosures(parsed, fields),
    )


def _plain(parsed: _Parsed, key: str, fields: FieldReader) -> str:
    """A text on one line; feedparser knows whether it is HTML."""
    text = str(parsed.get(key, ""))
    if parsed.get(f"{key}_detail", {}).get("type", "text/plain") != "text/plain":
        text = plain_text(fields.safe_html(text))
    return one_line(text)


def _moment(parsed: _Parsed, key: str, fields: FieldReader) -> datetime | None:
    # Getting `updated` would give `published` in its place; `in` does not.
    if key not in parsed:
        return None
    when = parsed.get(f"{key}_parsed")
    if isinstance(when, struct_time) and not is_zero_date(str(parsed[key])):
        return datetime.fromtimestamp(timegm(when), UTC)
    return fields.moment(str(parsed[key]), _plain(parsed, "title", fields) or "an entry")


def _content(parsed: _Parsed, fields: FieldReader) -> str:
    parts = [part for part in (*parsed.get("content", ()), parsed.get("summary_detail")) if part]
    for part in parts:
        text = str(part.get("value", ""))
        if not text.strip():
            continue
        if part.get("type") == "text/plain":
            text = f"<p>{escape(text, quote=False)}</p>"
        return fields.safe_html(text, base=str(part.get("base") or ""))
    return ""


def _enclosures(parsed: _Parsed, fields: FieldReader) -> Iterator[Enclosure | None]:
    for each in parsed.get("links", ()):
        if each.get("rel") == "enclosure":
            length = str(each.get("length", ""))
            yield fields.enclosure(
                str(each.get("href", "")),
                str(each.get("type") or ""),
                int(length) if length.isdecimal() else 0,
            )


def _people(parsed: _Parsed) -> Iterator[Person | None]:
    # feedparser cuts an address after the fourth letter of its last word.
    if author := RSS_AUTHOR.fullmatch(str(parsed.get("author", ""))):
        yield person(author["name"], "", author["email"])
        return
    for each in parsed.get("authors", ()):
        email = str(each.get("email", ""))
        yield person(str(each.get("name", "")), str(each.get("href", "")), email)


def _tags(parsed: _Parsed) -> Iterator[str]:
    for each in parsed.get("tags", ()):
        # WordPress escapes them twice.
        yield unescape(str(each.get("label") or each.get("term") or ""))
