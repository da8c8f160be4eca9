"""Parses addresses by the WHATWG's URL Standard, as browsers do; the only import of ada-url."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from ada_url import URL, join_url

SCHEMES: Final = frozenset(
    {"ftp", "geo", "gemini", "gopher", "http", "https", "irc", "ircs", "magnet", "mailto", "news"}
    | {"sip", "sips", "sms", "tel", "webcal", "xmpp"}
)
"""The schemes of addresses in a feed: none that runs code or contains data."""

_WEB = re.compile(r"https?://[^\s/\\?#]\S*", re.IGNORECASE)
_IPV6_SITE = re.compile(r"[a-z]+://(?:[^/?#@]*@)?\[[0-9a-f:.]+\]")
# What RFC 3986 §2 does not allow, and "#" and brackets, which it allows only before a fragment and
# around an IPv6 host.
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})|[^!$%&'()*+,\-./0-9:;=?@A-Z_a-z~]")


def absolute(base: str, ref: str) -> str | None:
    """The absolute URL in ASCII of `ref`, which is relative to `base` (RFC 3986 §5).

    `base` may be empty for a `ref` that is absolute. None for a `ref` that is blank or no URL, and
    for a scheme outside SCHEMES. The result is a URI by RFC 3986; resolved again, it is the same.
    """
    ref = ref.strip()
    if not ref:
        return None
    try:
        url = join_url(base or ref, ref)
    except ValueError:
        return None
    if url.partition(":")[0] not in SCHEMES:
        return None
    return _escaped(url) if _STRAY.search(url) else url


def is_web(url: str) -> bool:
    """Whether `url` is an absolute http or https URL with a host, without user and password."""
    parsed = _parsed(url) if _WEB.fullmatch(url) else None
    return parsed is not None and not (parsed.username or parsed.password)


def host(url: str) -> str:
    """The host of an absolute URL, in lower-case ASCII; empty where there is none."""
    parsed = _parsed(url)
    return str(parsed.hostname) if parsed else ""


def origin(url: str) -> str:
    """Scheme, host and port of an absolute URL, such as https://example.org, without a slash."""
    parsed = _parsed(url)
    return str(parsed.origin) if parsed else ""


def _parsed(url: str) -> URL | None:
    try:
        return URL(url)
    except ValueError:
        return None


def _escaped(url: str) -> str:
    site = _IPV6_SITE.match(url)
    start = site.end() if site else 0
    resource, mark, fragment = url[start:].partition("#")
    return url[:start] + _percent_encoded(resource) + mark + _percent_encoded(fragment)


def _percent_encoded(part: str) -> str:
    return _STRAY.sub(lambda stray: quote(stray[0], safe=""), part)
