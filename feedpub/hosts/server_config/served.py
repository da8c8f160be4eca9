"""The folder of feeds as any web server sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from ...formats import feed_types, outputs
from ...settings import PRECOMPRESSED_SUFFIXES, Settings
from ..serving import CACHE_CONTROL, MEDIA_TYPES, STATE, STATE_CACHE_CONTROL, DocumentKind

FILES_OF_ARTICLES: Mapping[str, str] = MappingProxyType(
    {
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
"""The media types of what articles show or link to, by the ending of the name."""

STATE_PATTERN = STATE.replace(".", "[.]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheRule:
    """Paths below the folder that match `pattern` from their beginning, and their Cache-Control."""

    name: str
    pattern: str
    cache_control: str


def cache_rules() -> tuple[CacheRule, ...]:
    """What may be cached for how long; of those that match, the first holds."""
    names = (*(each.file_name for each in feed_types()), "index.html")
    live = "|".join(name.replace(".", "[.]") for name in names)
    endings = "|".join(dict.fromkeys(end[1:] for each in feed_types() for end in each.endings))
    return (
        CacheRule(name="state", pattern=STATE_PATTERN, cache_control=STATE_CACHE_CONTROL),
        CacheRule(
            name="feed",
            pattern=f"(.*/)?({live})?$",
            cache_control=CACHE_CONTROL[DocumentKind.FEED],
        ),
        CacheRule(
            name="immutable",
            pattern="((.*/)?archive/|.*[.-][0-9a-f]{16,64}[.])",
            cache_control=CACHE_CONTROL[DocumentKind.IMMUTABLE],
        ),
        CacheRule(
            name="renamed_feed",
            pattern=f".*[.]({endings})$",
            cache_control=CACHE_CONTROL[DocumentKind.FEED],
        ),
        CacheRule(name="page", pattern="", cache_control=CACHE_CONTROL[DocumentKind.PAGE]),
    )


def media_types() -> Mapping[str, str]:
    """The Content-Type by the ending of a name. Where feeds have it, it is that of a feed: hardly
    anything else that ends so is served from this folder."""
    compressed = PRECOMPRESSED_SUFFIXES.values()
    documents = {ending: each for ending, each in MEDIA_TYPES.items() if ending not in compressed}
    feeds = {PurePosixPath(each.file_name).suffix: each.served_as for each in feed_types()}
    return {**documents, **feeds, **FILES_OF_ARTICLES}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAddress:
    """A feed as the server sees it: the path of its address, decoded, and the whole address."""

    path: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What is served: `home` is the decoded path of the folder, `origin` scheme and authority.

    `precompressed` names the codings, as config.toml does, in which copies of documents are pushed.
    `hides_state` is whether the folder STATE may be hidden: not where feedpub pushes through this
    very server, nor where its target is not known yet.
    """

    origin: str
    home: str
    feeds: tuple[FeedAddress, ...]
    hubs: tuple[str, ...]
    precompressed: tuple[str, ...]
    hides_state: bool

    @property
    def state(self) -> str:
        """The decoded path of the folder STATE."""
        return f"{self.home}{STATE}"

    @property
    def pattern(self) -> str:
        """A regular expression for the beginning of a decoded path in the folder of feeds."""
        return f"^{re.escape(self.home)}"

    @property
    def state_pattern(self) -> str:
        """A regular expression for the beginning of a path in the folder STATE."""
        return f"{self.pattern}{STATE_PATTERN}"


def endings_by_type() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each media type with its charset, "" where it has none, and the endings without their dot."""
    known = media_types()
    for content_type in dict.fromkeys(known.values()):
        endings = tuple(ending[1:] for ending, each in known.items() if each == content_type)
        media_type, _, charset = content_type.partition("; charset=")
        yield media_type, charset, endings


def compressible() -> tuple[str, ...]:
    """The media types of texts, which are worth compressing."""
    return (*(each for each, charset, _ in endings_by_type() if charset), "image/svg+xml")


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
            dict.fromkeys(name for each in settings.targets for name in each.precompressed)
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
