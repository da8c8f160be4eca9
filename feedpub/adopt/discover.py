"""The feeds that a web page names."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from ..text.urls import absolute

TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def named_feeds(content: bytes, base: str) -> tuple[str, ...]:
    """The addresses in the feed links of a page at `base`, which may be unknown, in its order."""
    links = LexborHTMLParser(content).css("link[rel~=alternate i][href]")
    return tuple(
        dict.fromkeys(
            absolute(base, href) or href
            for link in links
            if (link.attributes.get("type") or "").strip().lower() in TYPES
            and (href := (link.attributes.get("href") or "").strip())
        )
    )
