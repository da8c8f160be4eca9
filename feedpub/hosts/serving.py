"""How a document is served: its media type, how long it may be cached, and when it goes up."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from enum import IntEnum
from pathlib import PurePosixPath
from types import MappingProxyType

from ..formats import feed_type_of, feed_types
from ..settings import IMMUTABLE_PATH, PRECOMPRESSED_SUFFIXES

STATE = ".feedpub/"
"""The folder on a target where feedpub keeps what it must know about it."""

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
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
)
"""The Content-Type of a document that is no feed, by the ending of its name."""

TEXT_TYPES = ("text/", "application/xml", "application/json")
"""How the media types of texts begin; those of feeds are texts too."""


class DocumentKind(IntEnum):
    """When a document goes up: nothing that is live may point to what is not there yet."""

    IMMUTABLE = 0
    PAGE = 1
    FEED = 2
    INDEX = 3


CACHE_CONTROL: Mapping[DocumentKind, str] = MappingProxyType(
    {
        # A year: what has this name never changes (RFC 8246).
        DocumentKind.IMMUTABLE: "public, max-age=31536000, immutable",
        # An hour: pages change seldom, and nobody waits for it.
        DocumentKind.PAGE: "public, max-age=3600",
        # Five minutes: readers ask no more often, and an index must not be older than its feeds.
        DocumentKind.FEED: "public, max-age=300",
        DocumentKind.INDEX: "public, max-age=300",
    }
)
"""The Cache-Control of live documents (RFC 9111), in seconds."""

STATE_CACHE_CONTROL = "no-cache"
"""That of the documents in STATE, which a push must read as they are."""


def document_kind(path: str) -> DocumentKind:
    """When the document at `path` goes up, and so how it may be cached."""
    name = _plain_name(path)
    # First of all: a feed may be called "archive", and moves on like any other.
    if any(name == each.file_name for each in feed_types()):
        return DocumentKind.FEED
    if name == "index.html":
        return DocumentKind.INDEX
    if IMMUTABLE_PATH.search(path):
        return DocumentKind.IMMUTABLE
    return DocumentKind.FEED if feed_type_of(name) else DocumentKind.PAGE


def media_type(path: str) -> str:
    """The Content-Type of the document at `path`, with its parameters."""
    if feed := feed_type_of(PurePosixPath(path).name):
        return feed.served_as
    ending = PurePosixPath(path).suffix.lower()
    return MEDIA_TYPES.get(ending) or mimetypes.types_map.get(ending) or "application/octet-stream"


def essence(content_type: str) -> str:
    """The media type that a Content-Type names, without parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def accepted_media_types(content_type: str) -> frozenset[str]:
    """The media types, without parameters, that a host may give in the place of `content_type`."""
    stated = essence(content_type)
    of_feeds = (each.accepted for each in feed_types() if essence(each.served_as) == stated)
    # RFC 6839 §3.1.
    generic = ("application/json",) if stated.endswith("+json") else ()
    return frozenset({stated, *generic}.union(*of_feeds))


def is_text(content_type: str) -> bool:
    """Whether a document of this type is text: worth compressing, and the same with blank lines
    at its end."""
    stated = essence(content_type)
    return stated.startswith(TEXT_TYPES) or any(stated in each.accepted for each in feed_types())


def cache_control(path: str) -> str:
    """The Cache-Control of the document at `path`."""
    if path.startswith(STATE):
        return STATE_CACHE_CONTROL
    return CACHE_CONTROL[document_kind(path)]


def _plain_name(path: str) -> str:
    name = PurePosixPath(path)
    return name.stem if name.suffix in PRECOMPRESSED_SUFFIXES.values() else name.name
