"""The folder of feeds as any web server sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from ...formats import outputs
from ...http.headers import FEED_JSON, PRECOMPRESSED_SUFFIXES, STATE, TYPES, cache_control
from ...settings import Settings

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        **{
            ending: kind
            for ending, kind in TYPES.items()
            if ending not in PRECOMPRESSED_SUFFIXES.values()
        },
        ".json": FEED_JSON,
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".webp": "image/webp",
        ".gif": "image/gif",
        ".ico": "image/x-icon",
        ".mp3": "audio/mpeg",
        ".m4a": "audio/mp4",
        ".ogg": "audio/ogg",
        ".mp4": "video/mp4",
        ".pdf": "application/pdf",
        ".woff2": "font/woff2",
    }
)
"""The Content-Type by the ending of a name; .json is that of a feed, as nothing else is here."""

STATE_PATTERN = STATE.replace(".", "[.]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheRule:
    """Paths below the folder that match `pattern` from their beginning, and their Cache-Control."""

    name: str
    pattern: str
    cache_control: str


CACHE_RULES = (
    CacheRule(
        name="state",
        pattern=STATE_PATTERN,
        cache_control=cache_control(f"{STATE}manifest.json"),
    ),
    CacheRule(
        name="feed",
        pattern="(.*/)?(atom[.]xml|rss[.]xml|feed[.]json|index[.]html)?$",
        cache_control=cache_control("atom.xml"),
    ),
    CacheRule(
        name="immutable",
        pattern="((.*/)?archive/|.*[.-][0-9a-f]{16,64}[.])",
        cache_control=cache_control("archive/1.xml"),
    ),
    CacheRule(name="page", pattern="", cache_control=cache_control("page.html")),
)
"""In this order: the first that matches holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAddress:
    """A feed as the server sees it: the path of its address, decoded, and the whole address."""

    path: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What is served: `home` is the decoded path of the folder, `origin` scheme and authority.

    `hides_state` is whether nobody needs to read what feedpub remembers there: not where feedpub
    pushes to this very server, nor where it is not known yet.
    """

    origin: str
    home: str
    feeds: tuple[FeedAddress, ...]
    hubs: tuple[str, ...]
    precompressed: tuple[str, ...]
    hides_state: bool

    @property
    def state(self) -> str:
        """The path of the folder in which feedpub remembers."""
        return f"{self.home}{STATE}"

    @property
    def pattern(self) -> str:
        """A regular expression for the beginning of a path in the folder."""
        return f"^{re.escape(self.home)}"

    @property
    def state_pattern(self) -> str:
        """One for the beginning of a path in the folder in which feedpub remembers."""
        return f"{self.pattern}{STATE_PATTERN}"


def endings_by_type() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each media type with its charset, "" where it has none, and the endings without their dot."""
    for kind in dict.fromkeys(MEDIA_TYPES.values()):
        endings = tuple(ending[1:] for ending, each in MEDIA_TYPES.items() if each == kind)
        essence, _, charset = kind.partition("; charset=")
        yield essence, charset, endings


def compressible() -> tuple[str, ...]:
    """The media types that are text."""
    return (*(kind for kind, charset, _ in endings_by_type() if charset), "image/svg+xml")


def served(settings: Settings) -> Served:
    """What a web server should know of `settings`."""
    home = urlsplit(settings.site.url)
    pushed_to = {urlsplit(target.url).netloc for target in settings.targets}
    return Served(
        origin=f"{home.scheme}://{home.netloc}",
        home=unquote(home.path),
        feeds=feed_addresses(settings),
        hubs=settings.hubs,
        precompressed=tuple(
            dict.fromkeys(twin for each in settings.targets for twin in each.precompressed)
        ),
        hides_state=bool(pushed_to) and home.netloc not in pushed_to,
    )


def feed_addresses(settings: Settings) -> tuple[FeedAddress, ...]:
    """Where each feed of `settings` is served."""
    home = unquote(urlsplit(settings.site.url).path)
    return tuple(
        FeedAddress(path=home + output.path, url=output.url)
        for feed in settings.feeds
        for output in outputs(feed, settings)
    )
