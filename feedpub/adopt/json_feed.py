"""JSON Feed 1.0 and 1.1 to OldFeed, which feedparser reads in part only."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from html import escape
from typing import TypeVar

from ..errors import DateError, Diagnostic, FeedError
from ..html import safe
from ..model import Enclosure, Person
from ..parsing.dates import read_date, start
from ..text.characters import one_line
from ..text.urls import absolute, is_web
from .fetch import Fetched
from .old_feed import OldEntry, OldFeed

VERSION = "https://jsonfeed.org/version/"
_Said = Mapping[str, object]
_T = TypeVar("_T")


def read_json_feed(fetched: Fetched, *, zone: tzinfo) -> OldFeed:
    """Reads a JSON Feed; dates without a zone are in `zone`. Raises FeedError."""
    said = _loaded(fetched)
    base = _text(said, "feed_url") or fetched.place
    reader = _Reader(base=base, zone=zone, place=fetched.place)
    return OldFeed(
        place=fetched.place,
        form=f"JSON Feed {_text(said, 'version').rpartition('/')[2]}",
        title=one_line(_text(said, "title")),
        entries=tuple(reader.entry(item) for item in _objects(said, "items")),
        remarks=tuple(reader.remarks),
    )


def _loaded(fetched: Fetched) -> _Said:
    try:
        said = json.loads(fetched.content)
    except (ValueError, RecursionError) as error:
        problem = f"begins like a JSON Feed, but is not JSON: {error}"
        raise FeedError(Diagnostic(place=fetched.place, problem=problem)) from None
    if not isinstance(said, dict) or not _text(said, "version").startswith(VERSION):
        remedy = "RSS, Atom and JSON Feed can be adopted."
        raise FeedError(
            Diagnostic(place=fetched.place, problem="is not a JSON Feed", remedy=remedy)
        )
    return said


class _Reader:
    """Reads the items of one feed, and remarks on what it can't make out."""

    def __init__(self, *, base: str, zone: tzinfo, place: str) -> None:
        self.remarks: list[Diagnostic] = []
        self._base = base if is_web(base) else "https://invalid/"
        self._zone = zone
        self._place = place

    def entry(self, item: _Said) -> OldEntry:
        link = absolute(self._base, _text(item, "url") or _text(item, "external_url")) or ""
        title = one_line(_text(item, "title"))
        published = self._moment(item, "date_published", title)
        updated = self._moment(item, "date_modified", title)
        return OldEntry(
            id=_text(item, "id") or link,
            title=title,
            link=link if is_web(link) else "",
            published=published or updated,
            updated=updated or published,
            content=self._content(item),
            authors=tuple(_people(item)),
            tags=tuple(dict.fromkeys(filter(None, map(one_line, _texts(item, "tags"))))),
            enclosures=tuple(self._enclosures(item)),
        )

    def _moment(self, item: _Said, key: str, title: str) -> datetime | None:
        text = _text(item, key)
        if not text:
            return None
        try:
            return start(read_date(text, zone=self._zone))
        except DateError as error:
            problem = f"the date of “{title or 'an item'}” can't be read: {error}"
            self.remarks.append(Diagnostic(place=self._place, problem=problem))
            return None

    def _content(self, item: _Said) -> str:
        html = _text(item, "content_html")
        text = _text(item, "content_text") or _text(item, "summary")
        if not html and text:
            blocks = (escape(block, quote=False) for block in text.split("\n\n") if block.strip())
            html = "".join(f"<p>{block}</p>\n" for block in blocks)
        return safe(html, base=self._base, id_prefix="")

    def _enclosures(self, item: _Said) -> Iterator[Enclosure]:
        for each in _objects(item, "attachments"):
            url = absolute(self._base, _text(each, "url"))
            if url and is_web(url):
                size = each.get("size_in_bytes")
                yield Enclosure(
                    url=url,
                    type=_text(each, "mime_type") or "application/octet-stream",
                    length=size if isinstance(size, int) else 0,
                )


def _people(item: _Said) -> Iterator[Person]:
    # 1.0 has one author, 1.1 several.
    author = item.get("author")
    said = [author] if isinstance(author, dict) else []
    for each in _objects(item, "authors") or said:
        name, uri = one_line(_text(each, "name")), _text(each, "url")
        if name:
            yield Person(name=name, uri=uri if is_web(uri) else "")


def _text(said: _Said, key: str) -> str:
    # 1.0 wants numbers as ids to be taken for text.
    value = said.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def _objects(said: _Said, key: str) -> list[_Said]:
    return _listed(said, key, lambda each: each if isinstance(each, dict) else None)


def _texts(said: _Said, key: str) -> list[str]:
    return _listed(said, key, lambda each: each if isinstance(each, str) else None)


def _listed(said: _Said, key: str, kept: Callable[[object], _T | None]) -> list[_T]:
    value = said.get(key)
    if not isinstance(value, list):
        return []
    return [found for each in value if (found := kept(each)) is not None]
