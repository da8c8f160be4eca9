"""How a document is served: its media type, how long it may be cached, and when it goes up."""

from __future__ import annotations

import mimetypes
import re
from enum import IntEnum
from pathlib import PurePosixPath

STATE = ".feedpub/"
"""The folder on a target where feedpub keeps what it must know about it."""

# A shorter one may be a day, or a moment: notes-20190502.html is none.
HASHED = re.compile(r"(^|/)archive/|[.-][0-9a-f]{16,64}\.")
TYPES = {
    # Browsers open application/xml and offer the more exact types for download.
    ".xml": "application/xml; charset=utf-8",
    ".atom": "application/xml; charset=utf-8",
    ".rss": "application/xml; charset=utf-8",
    ".xsl": "application/xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".opml": "text/x-opml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".gz": "application/gzip",
    ".br": "application/octet-stream",
}
TEXTS = ("text/", "application/xml", "application/json", "application/feed+json")
"""How the media types of texts begin."""

PRECOMPRESSED_SUFFIXES = {"gzip": ".gz", "brotli": ".br"}
"""The endings of the compressed files that may stand beside a document."""

FEED_JSON = "application/feed+json; charset=utf-8"
FEEDS = ("atom.xml", "rss.xml", "feed.json")


class DocumentKind(IntEnum):
    """When a document goes up: nothing that is live may point to what is not there yet."""

    IMMUTABLE = 0
    PAGE = 1
    FEED = 2
    INDEX = 3


def document_kind(path: str) -> DocumentKind:
    """When the document at `path` goes up, and so how it may be cached."""
    name = _plain_name(path)
    # First of all: a feed may be called "archive", and moves on like any other.
    if name in FEEDS:
        return DocumentKind.FEED
    if name == "index.html":
        return DocumentKind.INDEX
    return DocumentKind.IMMUTABLE if HASHED.search(path) else DocumentKind.PAGE


def media_type(path: str) -> str:
    """The Content-Type of the document at `path`."""
    if PurePosixPath(path).name == "feed.json":
        return FEED_JSON
    ending = PurePosixPath(path).suffix.lower()
    return TYPES.get(ending) or mimetypes.types_map.get(ending) or "application/octet-stream"


def cache_control(path: str) -> str:
    """The Cache-Control of the document at `path` (RFC 9111, RFC 8246)."""
    if path.startswith(STATE):
        return "no-cache"
    if document_kind(path) is DocumentKind.IMMUTABLE:
        return "public, max-age=31536000, immutable"
    return (
        "public, max-age=300"
        if document_kind(path) is not DocumentKind.PAGE
        else "public, max-age=3600"
    )


def _plain_name(path: str) -> str:
    name = PurePosixPath(path)
    return name.stem if name.suffix in PRECOMPRESSED_SUFFIXES.values() else name.name
