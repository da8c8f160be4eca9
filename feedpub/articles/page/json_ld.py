"""Reads the metadata that a page has of its article in JSON-LD, by the types of schema.org."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

_ARTICLES = ("Article", "Posting", "Report", "Review")
_PARTS = ("@graph", "mainEntity", "mainEntityOfPage")


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonLd:
    """What is stated of an article, as it is written; empty where nothing is.

    `is_free` is False where the page says that not everybody may read all of it.
    """

    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    headline: str = ""
    publisher: str = ""
    image: str = ""
    is_free: bool = True


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
        headline=unescape(_text(article.get("headline"))),
        publisher=unescape(next(_names(article.get("publisher"), by_id), "")),
        image=_image(article.get("image") or article.get("thumbnailUrl"), by_id),
        is_free=str(article.get("isAccessibleForFree", True)).lower() != "false",
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


def _image(value: object, by_id: Mapping[object, Mapping[str, object]]) -> str:
    """The address of the first picture of an ImageObject, a list of them, or an address."""
    first = next(iter(value), None) if isinstance(value, list) else value
    if not isinstance(first, dict):
        return _text(first)
    reference = first.get("@id")
    image = by_id.get(reference, first) if isinstance(reference, str) else first
    return _text(first.get("url")) or _text(image.get("url")) or _text(image.get("contentUrl"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
