"""Reads where an article was first published (RFC 4287 §4.2.11)."""

from __future__ import annotations

from ..model import Source
from ..parsing.dates import start
from ..parsing.values import Values
from ..settings import Site
from ..text.urls import host
from ..text.wording import type_name
from .fields import check_web_address, read_id, read_moment, read_web_address


def read_source(values: Values, site: Site) -> Source | None:
    """The source under `source`: a name, an address, or a table of `title`, `link`, `id` and
    `updated`."""
    value = values.pop("source")
    if isinstance(value, str):
        return _from_text(values, " ".join(value.split()))
    if isinstance(value, dict):
        return _from_table(values, values.nested("source", value), site)
    if value is not None:
        problem = f"must be a name, an address or a table, not {type_name(value)}"
        values.error("source", "value-wrong-type", problem)
    return None


def _from_text(values: Values, text: str) -> Source | None:
    if "://" not in text:
        return Source(title=text) if text else None
    url = check_web_address(values, "source", text)
    return Source(title=_site_name(url), link=url) if url else None


def _from_table(values: Values, table: Values, site: Site) -> Source | None:
    link, title, uri = read_web_address(table, "link"), table.text("title"), read_id(table)
    updated = read_moment(table, "updated", site)
    known = ("title", "link", "id", "updated")
    table.reject_unknown_keys(known, {"url": "link", "name": "title"})
    title = title or (_site_name(link) if link else "")
    if not title:
        problem = "has neither a title nor a link"
        values.error("source", "key-missing", problem, "Say whose text it is.")
        return None
    moment = start(updated) if updated else None
    return Source(title=title, link=link or "", id=uri or "", updated=moment)


def _site_name(url: str) -> str:
    return host(url).removeprefix("www.")
