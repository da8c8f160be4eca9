"""Plain texts, dates, addresses and ids, as validators want them in every format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html.entities import html5
from typing import Any

from lxml import etree

from .names import ATOM, DC

WEB = re.compile(r"https?://[!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~\[\]]+")
MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# RFC 4151 §2.1
TAG_URI = re.compile(
    r"tag:([A-Za-z0-9.-]+|[\w.+-]+@[A-Za-z0-9.-]+),\d{4}(-\d\d(-\d\d)?)?"
    r":[!$%&'()*+,\-./0-9:;=?@A-Z_a-z~#]*"
)
URN = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{1,30}:[!$%&'()*+,\-./0-9:;=?@A-Z_a-z~]+")
UUID_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ESCAPED_FOR_NOTHING = re.compile(r"%(?:2D|2E|5F|7E|3\d|[46][1-9A-F]|[57][0-9A])")

PLAIN_TEXTS = (
    *(f".//{ATOM}{name}" for name in ("title", "subtitle", "rights", "summary")),
    *(".//title", ".//category", ".//copyright", f".//{DC}creator"),
)
CLOSING_TAG = re.compile(r"</\w+>")
ENTITY = re.compile(r"&(#?\w+);")


def complaints_about_id(uri: str) -> Iterator[str]:
    """What is wrong with an id; one of the web must be in its normal form (RFC 3986 §6)."""
    if uri.startswith("tag:"):
        if not TAG_URI.fullmatch(uri):
            yield f"{uri!r} is not a tag: URI"
    elif uri.startswith("urn:uuid:"):
        if not UUID_URN.fullmatch(uri):
            yield f"{uri!r} is not a UUID"
    elif uri.startswith("urn:"):
        if not URN.fullmatch(uri):
            yield f"{uri!r} is not a URN"
    elif not WEB.fullmatch(uri):
        yield f"{uri!r} is not an absolute URI"
    elif not _is_canonical(uri):
        yield f"{uri!r} is not in its normal form"


def _is_canonical(uri: str) -> bool:
    scheme, _, rest = uri.partition("://")
    host, slash, path = rest.partition("/")
    default_port = ":443" if scheme == "https" else ":80"
    return (
        bool(slash)
        and host == host.lower()
        and not host.endswith(default_port)
        and not {".", ".."} & set(re.split(r"[?#]", path)[0].split("/"))
        and all(escape[0] == escape[0].upper() for escape in re.finditer("%..", path))
        and not ESCAPED_FOR_NOTHING.search(path)
    )


def complaints_about_time(moment: datetime, now: datetime | None) -> Iterator[str]:
    """Whether `moment` is one that validators believe, seen from `now`."""
    if now and moment > now:
        yield f"{moment} lies in the future"
    if now and moment.year < 1990:
        yield f"{moment} is before there were feeds"


def markup_in_plain_text(content: bytes) -> list[str]:
    """Which plain texts validators take for HTML, because they hold an end tag or an entity.

    It warns of nothing that is wrong: such a text can't be written otherwise. So it is no part of
    the complaints about a feed.
    """
    root = etree.fromstring(content)
    said = []
    for path in PLAIN_TEXTS:
        for element in root.findall(path):
            value: Any = element.text or ""
            entities = [
                name for name in ENTITY.findall(value) if name[0] == "#" or f"{name};" in html5
            ]
            if CLOSING_TAG.search(value) or entities:
                said.append(f"{element.tag}: {value!r}")
    return said
