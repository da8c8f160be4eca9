"""Reads the files that belong to an article, such as a recording of it (RFC 4287 §4.2.7.2)."""

from __future__ import annotations

import mimetypes
import re

from ..model import Enclosure
from ..parsing.values import Values
from ..settings import Site
from ..text.wording import shown, type_name
from .fields import read_media_address

_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+", re.IGNORECASE)


def read_enclosures(values: Values, site: Site) -> tuple[Enclosure, ...]:
    """The files under `enclosure`: an address, a table of `url`, `type` and `length` (bytes), or a
    list of either.

    Addresses may be relative to that of `site`. A type that is not stated follows from the name.
    """
    value = values.pop("enclosure")
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    enclosures = (_read_enclosure(values, item, site) for item in items)
    by_url = {each.url: each for each in enclosures if each is not None}
    return tuple(by_url.values())


def _read_enclosure(values: Values, value: object, site: Site) -> Enclosure | None:
    if isinstance(value, str):
        value = {"url": value}
    if not isinstance(value, dict):
        problem = f"must be an address or a table, not {type_name(value)}"
        values.error("enclosure", "value-wrong-type", problem)
        return None
    table = values.nested("enclosure", value)
    url = read_media_address(table, "url", site.url)
    media_type, length = table.text("type"), table.count("length")
    synonyms = {"href": "url", "link": "url", "size": "length"}
    table.reject_unknown_keys(("url", "type", "length"), synonyms)
    if not url:
        if "url" not in value:
            values.error("enclosure", "key-missing", "has no url")
        return None
    media_type = media_type or _type_by_name(url)
    if not _MEDIA_TYPE.fullmatch(media_type):
        problem = f"must be a media type such as audio/mpeg, not {shown(media_type)}"
        table.error("type", "media-type-invalid", problem)
        return None
    return Enclosure(url=url, type=media_type, length=length or 0)


def _type_by_name(url: str) -> str:
    return mimetypes.guess_type(url.partition("?")[0])[0] or "application/octet-stream"
