"""Finds web addresses in plain text; the only import of linkify-it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from .urls import absolute

if TYPE_CHECKING:
    from linkify_it import LinkifyIt  # type: ignore[import-untyped]

# After a letter, "@", "/" or "." it is a part of something else. The first letter is matched first,
# as `re` finds a set of characters at the front of a pattern seven times as fast.
_START = re.compile(r"[hHwW](?<![\w@/.].)(?i:ttps?://|ww\.)(?=\w)")
# Characters. Addresses that people paste are shorter; without a limit, each match would take a copy
# of all the text that follows.
_MAX_LENGTH = 4096
# Closing marks that linkify-it takes for a part of the address, those of Markdown among them.
_AFTER = "*_~`|»”’›…。，、；：！？）」』】》"


class BareUrl(NamedTuple):
    """A web address in a text: its range there, and the absolute ASCII URL that it means."""

    start: int
    end: int
    url: str


def bare_urls(text: str) -> Iterator[BareUrl]:
    """The addresses in `text` that begin with http://, https:// or www., in order."""
    end = 0
    for match in _START.finditer(text):
        if match.start() < end:
            continue
        written = _written(text[match.start() : match.start() + _MAX_LENGTH])
        scheme = "https://" if match[0].lower() == "www." else ""
        url = absolute("", scheme + written)
        if url and 0 < len(written) < _MAX_LENGTH:
            end = match.start() + len(written)
            yield BareUrl(match.start(), end, url)


def link_urls(plain: str) -> str:
    """`plain` as HTML, with links for its web addresses; https for those that begin with www."""
    if "://" not in plain and "www." not in plain:
        return escape(plain, quote=False)
    pieces, end = [], 0
    for bare in bare_urls(plain):
        written = escape(plain[bare.start : bare.end], quote=False)
        pieces.append(escape(plain[end : bare.start], quote=False))
        pieces.append(f'<a href="{escape(bare.url)}">{written}</a>')
        end = bare.end
    return "".join(pieces) + escape(plain[end:], quote=False)


def _written(text: str) -> str:
    """The beginning of `text` that is the address."""
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
