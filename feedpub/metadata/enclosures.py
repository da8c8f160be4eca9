"""Files that belong to an article."""

from __future__ import annotations

import mimetypes
import re

from ..model import Enclosure
from ..parsing.values import Values
from ..settings import Site
from ..text.wording import shown, type_name
from .fields import media_address

MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+", re.IGNORECASE)


def enclosures(values: Values, site: Site) -> tuple[Enclosure, ...]:
    """What is under `enclosure`: an address, a table, or a list of either."""
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
    url = media_address(inner, "url", site.url)
    kind, length = inner.text("type"), inner.number("length")
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
