"""The keys of an article, and how what several places say is merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime

from ..errors import Diagnostic
from ..model import Day, Metadata
from ..parsing.values import Place, Values
from ..settings import Site
from .enclosures import enclosures
from .fields import amount, identifier, language, media_address, read_moment, web_address
from .people import people
from .source import source

KEYS = (
    "id title link author authors published updated expires draft tags summary note content "
    "language rights source enclosure image clean minor"
).split()

SYNONYMS = {
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
    """Reads the metadata of one article as one place states it; dates without a zone are the
    site's."""
    values = Values(table, place)
    metadata = _metadata(values, site)
    values.refuse_the_rest(KEYS, SYNONYMS)
    return metadata, tuple(values.faults)


def merged(first: Metadata, second: Metadata) -> Metadata:
    """What `first` says, and what `second` says where `first` is silent."""
    said = {
        field.name: value
        for field in fields(Metadata)
        if (value := getattr(first, field.name)) not in (None, ())
    }
    return replace(second, **said)


def _metadata(values: Values, site: Site) -> Metadata:
    return Metadata(
        id=identifier(values),
        title=values.text("title"),
        link=web_address(values, "link"),
        authors=people(values),
        published=_published(values, site),
        updated=read_moment(values, "updated", site),
        expires=read_moment(values, "expires", site),
        draft=values.flag("draft"),
        tags=values.texts("tags"),
        summary=values.text("summary"),
        note=values.lines("note"),
        content=amount(values),
        language=language(values),
        rights=values.text("rights"),
        source=source(values, site),
        enclosures=enclosures(values, site),
        image=media_address(values, "image", site.url),
        clean=values.flag("clean"),
        minor=values.flag("minor"),
    )


def _published(values: Values, site: Site) -> datetime | Day | None:
    if values.said("published") and values.said("date"):
        values.fault("date", "means the same as `published`, which is there too", "Keep one.")
    date, published = (read_moment(values, key, site) for key in ("date", "published"))
    return date or published
