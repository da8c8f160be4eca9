"""What may be said about an article: the keys, their types, and how places are merged."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime

from .dates import as_moment, read_date
from .errors import DateError, Fault
from .model import Amount, Day, Enclosure, Metadata, Person, Site, Source
from .urls import absolute, host, is_web
from .values import Place, Values, shown, type_name

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

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
EMAIL = re.compile(r"[A-Za-z0-9_.+%'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
NAME_AND_EMAIL = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<email>[^<>]+)>")
ABSOLUTE_URI = re.compile(r"[a-z][a-z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]+")
TAG_URI = re.compile(r"tag:[a-z0-9.@_-]+,\d{4}(-\d\d){0,2}:\S*", re.IGNORECASE)
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+", re.IGNORECASE)

EXAMPLE_DATE = "Write it as 2019-05-02 or 2019-05-02T17:00:00+02:00."


def read_metadata(
    table: Mapping[str, object], place: Place, site: Site
) -> tuple[Metadata, tuple[Fault, ...]]:
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
        id=_id(values),
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
        source=_source(values, site),
        enclosures=_enclosures(values, site),
        image=_media(values, "image", site.url),
        clean=values.flag("clean"),
        minor=values.flag("minor"),
    )


def _published(values: Values, site: Site) -> datetime | Day | None:
    if values.said("published") and values.said("date"):
        values.fault("date", "means the same as `published`, which is there too", "Keep one.")
    date, published = (read_moment(values, key, site) for key in ("date", "published"))
    return date or published


def read_moment(values: Values, key: str, site: Site) -> datetime | Day | None:
    """A date that TOML or YAML has typed, or one in any writing that means one thing only."""
    value = values.take(key)
    if value is None:
        return None
    try:
        if isinstance(value, date):
            return as_moment(value, site.zone)
        if isinstance(value, str):
            return read_date(value, zone=site.zone, date_order=site.date_order)
    except DateError as error:
        values.fault(key, f"can't be read: {error}")
        return None
    values.fault(key, f"must be a date, not {type_name(value)}", EXAMPLE_DATE)
    return None


def _id(values: Values) -> str | None:
    text = values.text("id")
    if text is None:
        return None
    if not ABSOLUTE_URI.fullmatch(text) or (
        text.startswith("tag:") and not TAG_URI.fullmatch(text)
    ):
        values.fault(
            "id",
            f"must be an absolute URI in ASCII, not {shown(text)}",
            "Write a tag: or urn:uuid: URI or an https address, or leave the key out: "
            "feedpub makes ids by itself.",
        )
        return None
    return text


def web_address(values: Values, key: str) -> str | None:
    """An absolute http(s) address, normalised."""
    return _web_address(values, key, values.text(key))


def _web_address(values: Values, key: str, text: str | None) -> str | None:
    if text is None:
        return None
    url = absolute("https://invalid/", text) if "://" in text else None
    if url is None or not is_web(url):
        values.fault(
            key,
            f"must be a web address, not {shown(text)}",
            "Write it in full, such as https://example.org/page.",
        )
        return None
    return url


def _media(values: Values, key: str, base: str) -> str | None:
    text = values.text(key)
    if text is None:
        return None
    url = absolute(base, text)
    if url is None or not is_web(url):
        values.fault(key, f"must be the address of a file on the web, not {shown(text)}")
        return None
    return url


def language(values: Values) -> str | None:
    """A language tag (BCP 47)."""
    text = values.text("language")
    if text is None or LANGUAGE.fullmatch(text):
        return text
    values.fault(
        "language", f"must be a language tag, not {shown(text)}", 'Write "en", "de" or "pt-BR".'
    )
    return None


def amount(values: Values) -> Amount | None:
    """How much of the articles is published."""
    word = values.choice("content", [each.value for each in Amount])
    return Amount(word) if word else None


def people(values: Values) -> tuple[Person, ...]:
    """The people under `author` or `authors`: a name, a table, or a list of either."""
    if values.said("author") and values.said("authors"):
        values.fault("authors", "and `author` are both there", "Keep one.")
    key = "author" if values.said("author") else "authors"
    said = {name: values.take(name) for name in ("author", "authors")}
    value = said[key]
    if value is None:
        return ()
    listed = value if isinstance(value, list) else [value]
    found = (_person(values, key, item) for item in listed)
    return tuple(dict.fromkeys(person for person in found if person is not None))


def _person(values: Values, key: str, value: object) -> Person | None:
    if isinstance(value, dict):
        inner = values.inner(key, value)
        name, email = inner.text("name"), inner.text("email")
        uri = web_address(inner, "uri") or web_address(inner, "url")
        inner.refuse_the_rest(("name", "email", "uri"), {"mail": "email", "link": "uri"})
    elif isinstance(value, str):
        inner = values.inner(key, {"name": value, "email": ""})
        text, uri = inner.text("name") or "", None
        written = NAME_AND_EMAIL.fullmatch(text)
        name, email = (written["name"], written["email"]) if written else (text, None)
    else:
        values.fault(key, f"must be a name or a table with a name, not {type_name(value)}")
        return None
    return _checked_person(values, key, name or "", email or "", uri or "")


def _checked_person(values: Values, key: str, name: str, email: str, uri: str) -> Person | None:
    if not email and EMAIL.fullmatch(name):
        values.fault(
            key, f"{shown(name)} is an e-mail address without a name", 'Write "Name <a@b.org>".'
        )
        return None
    if not name:
        values.fault(key, "has no name", 'Write a name: author = "Ada Lovelace".')
        return None
    if email and not EMAIL.fullmatch(email):
        values.fault(key, f"{shown(email)} is not an e-mail address")
        return None
    return Person(name=name, email=email, uri=uri)


def _source(values: Values, site: Site) -> Source | None:
    if isinstance(text := values.take("source"), str):
        text = " ".join(text.split())
        if "://" not in text:
            return Source(title=text) if text else None
        url = _web_address(values, "source", text)
        return Source(title=host(url).removeprefix("www."), link=url) if url else None
    if text is None:
        return None
    if not isinstance(text, dict):
        values.fault("source", f"must be a name, an address or a table, not {type_name(text)}")
        return None
    inner = values.inner("source", text)
    link, title, uri = web_address(inner, "link"), inner.text("title"), _id(inner)
    updated = read_moment(inner, "updated", site)
    inner.refuse_the_rest(("title", "link", "id", "updated"), {"url": "link", "name": "title"})
    title = title or (host(link).removeprefix("www.") if link else "")
    if not title:
        values.fault("source", "has neither a title nor a link", "Say whose text it is.")
        return None
    moment = updated if isinstance(updated, datetime) else None
    return Source(title=title, link=link or "", id=uri or "", updated=moment)


def _enclosures(values: Values, site: Site) -> tuple[Enclosure, ...]:
    value = values.take("enclosure")
    if value is None:
        return ()
    listed = value if isinstance(value, list) else [value]
    found = (_enclosure(values, item, site) for item in listed)
    unique = {each.url: each for each in found if each is not None}
    return tuple(unique.values())


def _enclosure(values: Values, value: object, site: Site) -> Enclosure | None:
    if isinstance(value, str):
        value = {"url": value}
    if not isinstance(value, dict):
        values.fault("enclosure", f"must be an address or a table, not {type_name(value)}")
        return None
    inner = values.inner("enclosure", value)
    url, kind, length = _media(inner, "url", site.url), inner.text("type"), inner.number("length")
    inner.refuse_the_rest(
        ("url", "type", "length"), {"href": "url", "link": "url", "size": "length"}
    )
    if not url:
        if "url" not in value:
            values.fault("enclosure", "has no url")
        return None
    kind = kind or mimetypes.guess_type(url.partition("?")[0])[0] or "application/octet-stream"
    if not MEDIA_TYPE.fullmatch(kind):
        inner.fault("type", f"must be a media type such as audio/mpeg, not {shown(kind)}")
        return None
    return Enclosure(url=url, type=kind, length=length or 0)
