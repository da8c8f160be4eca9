"""The one door to URL parsing: what an address means, by the WHATWG's rules, as readers do it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from ada_url import URL, join_url

SCHEMES: Final = frozenset(
    {"ftp", "geo", "gemini", "gopher", "http", "https", "irc", "ircs", "magnet", "mailto", "news"}
    | {"sip", "sips", "sms", "tel", "webcal", "xmpp"}
)
"""What an address in a feed may start with: nothing that runs code or holds its own content."""

_WEB = re.compile(r"https?://[^\s/\\?#]\S*", re.IGNORECASE)
_IPV6_SITE = re.compile(r"[a-z]+://(?:[^/?#@]*@)?\[[0-9a-f:.]+\]")
# RFC 3986 §2 without "#" and the brackets: those stand only before a fragment, around an IPv6 host.
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})|[^!$%&'()*+,\-./0-9:;=?@A-Z_a-z~]")


def absolute(base: str, ref: str) -> str | None:
    """The absolute ASCII address that `ref` stands for on the page `base`.

    `base` may be empty for a `ref` that is absolute itself. None for a blank or broken `ref`, and
    for a scheme outside SCHEMES. The result is a URI of RFC 3986, and its own absolute form.
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
    """Whether `url` is an absolute http or https address with a host and without a password."""
    parsed = _parsed(url) if _WEB.fullmatch(url) else None
    return parsed is not None and not (parsed.username or parsed.password)


def host(url: str) -> str:
    """The host of an absolute address, in lower-case ASCII; empty where there is none."""
    parsed = _parsed(url)
    return str(parsed.hostname) if parsed else ""


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
