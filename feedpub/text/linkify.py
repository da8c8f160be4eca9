"""The one door to linkify-it: finds the web addresses that stand bare in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from .urls import absolute

if TYPE_CHECKING:
    from linkify_it import LinkifyIt  # type: ignore[import-untyped]

# After a letter, "@", "/" or "." it is a part of something else. The first letter comes first
# because a set of characters at the front is what `re` skips along by: seven times as fast.
_START = re.compile(r"[hHwW](?<![\w@/.].)(?i:ttps?://|ww\.)(?=\w)")
_LONGEST = 4096
# Closing marks that linkify-it takes for a part of the address, Markdown's among them.
_AFTER = "*_~`|»”’›…。，、；：！？）」』】》"


class BareUrl(NamedTuple):
    """An address in a text: where it stands, and the absolute ASCII URL that it means."""

    start: int
    end: int
    url: str


def bare_urls(text: str) -> Iterator[BareUrl]:
    """The addresses with http, https or www that stand in `text`, in order."""
    end = 0
    for match in _START.finditer(text):
        if match.start() < end:
            continue
        written = _written(text[match.start() : match.start() + _LONGEST])
        scheme = "https://" if match[0].lower() == "www." else ""
        url = absolute("", scheme + written)
        if url and 0 < len(written) < _LONGEST:
            end = match.start() + len(written)
            yield BareUrl(match.start(), end, url)


def link_urls(plain: str) -> str:
    """`plain` as HTML, its bare addresses made links; www. alone is taken for https."""
    if "://" not in plain and "www." not in plain:
        return escape(plain, quote=False)
    pieces, end = [], 0
    for found in bare_urls(plain):
        written = escape(plain[found.start : found.end], quote=False)
        pieces.append(escape(plain[end : found.start], quote=False))
        pieces.append(f'<a href="{escape(found.url)}">{written}</a>')
        end = found.end
    return "".join(pieces) + escape(plain[end:], quote=False)


def _written(text: str) -> str:
    """As much of the start of `text` as belongs to the address."""
    text = text.partition("|")[0]
    if text[:4].lower() == "www.":
        length = _linkify().test_schema_at("http://" + text, "http:", len("http:")) - len("//")
    else:
        colon = text.index(":") + 1
        length = colon + _linkify().test_schema_at(text, "http:", colon)
    return text[: max(length, 0)].rstrip(_AFTER)


@cache
def _linkify() -> LinkifyIt:
    from linkify_it import LinkifyIt

    return LinkifyIt()
