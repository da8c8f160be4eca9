"""Feed autodiscovery: the feeds that a web page links to."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from ..text.urls import absolute

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def discover_feeds(page: bytes, base: str) -> tuple[str, ...]:
    """The addresses in the `link rel=alternate` elements of a page, in its order.

    `base` is the page's own address, empty where it is unknown; relative addresses then stay so.
    """
    links = LexborHTMLParser(page).css("link[rel~=alternate i][href]")
    return tuple(
        dict.fromkeys(
            absolute(base, href) or href
            for link in links
            if (link.attributes.get("type") or "").strip().lower() in FEED_TYPES
            and (href := (link.attributes.get("href") or "").strip())
        )
    )
