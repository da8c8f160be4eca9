"""Reads what a web page says of its article in JSON-LD, in the terms of schema.org."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_ARTICLES = ("Article", "Posting", "Report", "Review")
_PARTS = ("@graph", "mainEntity", "mainEntityOfPage")


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLd:
    """The dates and the names of the authors, as they are written; empty where nothing is said."""

    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()


def read_json_ld(scripts: Iterable[str]) -> JsonLd:
    """What `scripts` say of the first article in them; what can't be read is passed over."""
    things = [thing for script in scripts for thing in _things(_parsed(script))]
    dated = [thing for thing in things if "datePublished" in thing]
    article = next((thing for thing in things if _is_article(thing)), None) or next(iter(dated), {})
    by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str)}
    return JsonLd(
        published=_text(article.get("datePublished")),
        updated=_text(article.get("dateModified")),
        authors=tuple(_names(article.get("author"), by_id)),
    )


def _parsed(script: str) -> object:
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: object) -> Iterator[Mapping[str, object]]:
    waiting = deque([value])
    while waiting:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            yield value
            waiting += [value[part] for part in _PARTS if part in value]


def _is_article(thing: Mapping[str, object]) -> bool:
    types = thing.get("@type")
    return any(
        isinstance(name, str) and name.endswith(_ARTICLES)
        for name in (types if isinstance(types, list) else [types])
    )


def _names(author: object, by_id: Mapping[object, Mapping[str, object]]) -> Iterator[str]:
    for each in author if isinstance(author, list) else [author]:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            place = each.get("@id")
            meant = by_id.get(place, each) if isinstance(place, str) else each
            if name := _text(each.get("name")) or _text(meant.get("name")):
                yield name


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
