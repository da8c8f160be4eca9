"""Reads the metadata of an article, and merges what config.toml, front matter and a page state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime

from ..errors import Diagnostic
from ..model import Day, Metadata
from ..parsing.values import Place, Values
from ..settings import Site
from .enclosures import read_enclosures
from .fields import (
    read_amount,
    read_id,
    read_language,
    read_media_address,
    read_moment,
    read_web_address,
)
from .people import read_people
from .source import read_source

_KEYS = (
    "id title link author authors published updated expires draft tags summary note content "
    "language rights source enclosure image clean minor"
).split()

_SYNONYMS = {
    "date": "published",
    "pubdate": "published",
    "published_at": "published",
    "created": "published",
    "lastmod": "updated",
    "last_modified_at": "updated",
    "modified": "updated",
    "updated_at": "updated",
    "expirydate": "expires",
    "description": "summary",
    "excerpt": "summary",
    "abstract": "summary",
    "subtitle": "summary",
    "url": "link",
    "permalink": "link",
    "canonical": "link",
    "canonical_url": "link",
    "href": "link",
    "guid": "id",
    "uuid": "id",
    "categories": "tags",
    "category": "tags",
    "keywords": "tags",
    "topics": "tags",
    "lang": "language",
    "locale": "language",
    "copyright": "rights",
    "licence": "rights",
    "license": "rights",
    "creator": "author",
    "byline": "author",
    "comment": "note",
    "commentary": "note",
    "cover": "image",
    "thumbnail": "image",
    "picture": "image",
    "attachment": "enclosure",
    "enclosures": "enclosure",
    "audio": "enclosure",
    "via": "source",
    "publisher": "source",
    "cleaning": "clean",
}


def read_metadata(
    table: Mapping[str, object], place: Place, site: Site
) -> tuple[Metadata, tuple[Diagnostic, ...]]:
    """The metadata of one article that `table` states, and an error for each key that is wrong.

    Dates without a zone are in that of `site`, relative addresses of files relative to its own.
    """
    values = Values(table, place)
    metadata = _read_values(values, site)
    values.reject_unknown_keys(_KEYS, _SYNONYMS)
    return metadata, tuple(values.diagnostics)


def merged(first: Metadata, second: Metadata) -> Metadata:
    """`first`, and for each field that it does not state, `second`."""
    stated = {
        field.name: value
        for field in fields(Metadata)
        if (value := getattr(first, field.name)) not in (None, ())
    }
    return replace(second, **stated)


def _read_values(values: Values, site: Site) -> Metadata:
    return Metadata(
        id=read_id(values),
        title=values.text("title"),
        link=read_web_address(values, "link"),
        authors=read_people(values),
        published=_read_published(values, site),
        updated=read_moment(values, "updated", site),
        expires=read_moment(values, "expires", site),
        draft=values.boolean("draft"),
        tags=values.text_list("tags"),
        summary=values.text("summary"),
        note=values.multiline_text("note"),
        content=read_amount(values),
        language=read_language(values),
        rights=values.text("rights"),
        source=read_source(values, site),
        enclosures=read_enclosures(values, site),
        image=read_media_address(values, "image", site.url),
        clean=values.boolean("clean"),
        minor=values.boolean("minor"),
    )


def _read_published(values: Values, site: Site) -> datetime | Day | None:
    if values.has("published") and values.has("date"):
        problem = "means the same as `published`, which is there too"
        values.error("date", "key-duplicate", problem, "Keep one.")
    date, published = (read_moment(values, key, site) for key in ("date", "published"))
    return date or published
