"""The ids of new entries and feeds: tag: URIs (RFC 4151)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from urllib.parse import quote

from ..parsing.article_name import article_name
from ..parsing.dates import stem_without_date


def mint(authority: str, day: date, path: str, taken: Collection[str]) -> str:
    """A new id for the article at `path`: a tag: URI (RFC 4151) that is not among `taken`."""
    uri = first = f"{tag(authority, day)}:{_slug(path)}"
    number = 1
    while uri in taken:
        number += 1
        uri = f"{first}-{number}"
    return uri


def is_named_after(uri: str, path: str) -> bool:
    """Whether `uri` may have been minted for an article at `path`."""
    return re.fullmatch(rf"tag:[^:]+:{re.escape(_slug(path))}(-\d+)?", uri) is not None


def _slug(path: str) -> str:
    stem = article_name(path)
    return slugify(stem_without_date(stem) or stem)


def tag(authority: str, day: date) -> str:
    """How the tag: URIs begin that `authority`, a host, can mint on `day` (RFC 4151 §2.1)."""
    # An IPv6 address is no authority; what is left of it still tells it from others.
    name = re.sub(r"[^a-z0-9.-]+", "-", authority.lower()).strip("-.") or "localhost"
    return f"tag:{name},{day.isoformat()}"


def slugify(name: str) -> str:
    """`name` in the characters that a URI may have: plain letters where there are such."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    dashed = re.sub(r"[\W_]+", "-", kept).strip("-")
    return quote(dashed, safe="") or "article"
