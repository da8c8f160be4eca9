"""Where an article was first published."""

from __future__ import annotations

from ..model import Source
from ..parsing.dates import start
from ..parsing.values import Values
from ..settings import Site
from ..text.urls import host
from ..text.wording import type_name
from .fields import checked_address, identifier, read_moment, web_address


def source(values: Values, site: Site) -> Source | None:
    """What is under `source`: a name, an address, or a table."""
    value = values.take("source")
    if isinstance(value, str):
        return _named(values, " ".join(value.split()))
    if isinstance(value, dict):
        return _described(values, values.inner("source", value), site)
    if value is not None:
        values.fault("source", f"must be a name, an address or a table, not {type_name(value)}")
    return None


def _named(values: Values, text: str) -> Source | None:
    if "://" not in text:
        return Source(title=text) if text else None
    url = checked_address(values, "source", text)
    return Source(title=_site_name(url), link=url) if url else None


def _described(values: Values, inner: Values, site: Site) -> Source | None:
    link, title, uri = web_address(inner, "link"), inner.text("title"), identifier(inner)
    updated = read_moment(inner, "updated", site)
    inner.refuse_the_rest(("title", "link", "id", "updated"), {"url": "link", "name": "title"})
    title = title or (_site_name(link) if link else "")
    if not title:
        values.fault("source", "has neither a title nor a link", "Say whose text it is.")
        return None
    moment = start(updated) if updated else None
    return Source(title=title, link=link or "", id=uri or "", updated=moment)


def _site_name(url: str) -> str:
    return host(url).removeprefix("www.")
