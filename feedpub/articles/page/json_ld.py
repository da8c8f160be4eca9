"""Reads the metadata that a page has of its article in JSON-LD, by the types of schema.org."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_ARTICLES = ("Article", "Posting", "Report", "Review")
_PARTS = ("@graph", "mainEntity", "mainEntityOfPage")


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLd:
    """The dates and the names of the authors, as they are written; empty where there are none."""

    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()


def read_json_ld(scripts: Iterable[str]) -> JsonLd:
    """The metadata of the first article in `scripts`, or of the first dated object if none is one.

    A script that is not JSON is passed over.
    """
    objects = [each for script in scripts for each in _objects(_parsed(script))]
    dated = (each for each in objects if "datePublished" in each)
    article = next(filter(_is_article, objects), None) or next(dated, {})
    by_id = {each["@id"]: each for each in objects if isinstance(each.get("@id"), str)}
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


def _objects(value: object) -> Iterator[Mapping[str, object]]:
    """The JSON objects of a script, also those that are parts of others."""
    queue = deque([value])
    while queue:
        value = queue.popleft()
        if isinstance(value, list):
            queue += value
        elif isinstance(value, dict):
            yield value
            queue += [value[part] for part in _PARTS if part in value]


def _is_article(each: Mapping[str, object]) -> bool:
    types = each.get("@type")
    return any(
        isinstance(name, str) and name.endswith(_ARTICLES)
        for name in (types if isinstance(types, list) else [types])
    )


def _names(author: object, by_id: Mapping[object, Mapping[str, object]]) -> Iterator[str]:
    for each in author if isinstance(author, list) else [author]:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            reference = each.get("@id")
            person = by_id.get(reference, each) if isinstance(reference, str) else each
            if name := _text(each.get("name")) or _text(person.get("name")):
                yield name


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
