"""JSON Feed 1.0 and 1.1 to OldFeed; feedparser reads only a part of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from html import escape
from typing import TypeVar

from ..errors import Diagnostic, FeedError
from ..model import Enclosure, Person
from ..text.characters import one_line
from ..text.urls import is_web
from .entry_fields import UNKNOWN_BASE, FieldReader, person
from .fetch import Fetched
from .old_feed import OldEntry, OldFeed

JSON_FEED_VERSION = "https://jsonfeed.org/version/"
_Object = Mapping[str, object]
_T = TypeVar("_T")


def read_json_feed(fetched: Fetched, *, zone: tzinfo) -> OldFeed:
    """Reads a JSON Feed; dates without a zone are in `zone`. Raises FeedError."""
    feed = _parsed(fetched)
    address = _text(feed, "feed_url") or fetched.place
    base = address if is_web(address) else UNKNOWN_BASE
    fields = FieldReader(place=fetched.place, base=base, zone=zone)
    return OldFeed(
        place=fetched.place,
        form=f"JSON Feed {_text(feed, 'version').rpartition('/')[2]}",
        title=one_line(_text(feed, "title")),
        entries=tuple(_entry(item, fields) for item in _objects(feed, "items")),
        diagnostics=tuple(fields.diagnostics),
    )


def _parsed(fetched: Fetched) -> _Object:
    try:
        feed = json.loads(fetched.content)
    except (ValueError, RecursionError) as error:
        problem = f"begins like a JSON Feed, but is not JSON: {error}"
        raise FeedError(
            Diagnostic(code="feed-invalid", place=fetched.place, problem=problem)
        ) from None
    if not isinstance(feed, dict) or not _text(feed, "version").startswith(JSON_FEED_VERSION):
        raise FeedError(
            Diagnostic(
                code="not-a-feed",
                place=fetched.place,
                problem="is not a JSON Feed",
                remedy="RSS, Atom and JSON Feed can be adopted.",
            )
        )
    return feed


def _entry(item: _Object, fields: FieldReader) -> OldEntry:
    title = one_line(_text(item, "title"))
    return fields.entry(
        id=_text(item, "id"),
        title=title,
        address=_text(item, "url") or _text(item, "external_url"),
        published=_moment(item, "date_published", title, fields),
        updated=_moment(item, "date_modified", title, fields),
        content=fields.safe_html(_html(item)),
        authors=_people(item),
        tags=_texts(item, "tags"),
        enclosures=_enclosures(item, fields),
    )


def _moment(item: _Object, key: str, title: str, fields: FieldReader) -> datetime | None:
    text = _text(item, key)
    return fields.moment(text, title or "an item") if text else None


def _html(item: _Object) -> str:
    html = _text(item, "content_html")
    if html:
        return html
    text = _text(item, "content_text") or _text(item, "summary")
    blocks = (escape(block, quote=False) for block in text.split("\n\n") if block.strip())
    return "".join(f"<p>{block}</p>\n" for block in blocks)


def _enclosures(item: _Object, fields: FieldReader) -> Iterator[Enclosure | None]:
    for each in _objects(item, "attachments"):
        size = each.get("size_in_bytes")
        length = size if isinstance(size, int) else 0
        yield fields.enclosure(_text(each, "url"), _text(each, "mime_type"), length)


def _people(item: _Object) -> Iterator[Person | None]:
    # 1.0 has one author, 1.1 several.
    author = item.get("author")
    only = [author] if isinstance(author, dict) else []
    for each in _objects(item, "authors") or only:
        yield person(_text(each, "name"), _text(each, "url"))


def _text(parent: _Object, key: str) -> str:
    # 1.0 wants numbers as ids to be taken for text.
    value = parent.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def _objects(parent: _Object, key: str) -> list[_Object]:
    return _listed(parent, key, lambda each: each if isinstance(each, dict) else None)


def _texts(parent: _Object, key: str) -> list[str]:
    return _listed(parent, key, lambda each: each if isinstance(each, str) else None)


def _listed(parent: _Object, key: str, kept: Callable[[object], _T | None]) -> list[_T]:
    value = parent.get(key)
    if not isinstance(value, list):
        return []
    return [found for each in value if (found := kept(each)) is not None]
