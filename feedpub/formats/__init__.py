"""The table of formats: what feedpub writes, and which types of feed it knows on a host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath

from ..model import Output
from ..settings import FeedSettings, Settings
from .atom import ATOM_FORMAT
from .format import FeedMetadata, FeedType, Format
from .json_feed import JSON_FEED
from .rss import RSS_FORMAT

# A format is one line here, and one module that defines it. A dict, though no code may change it:
# so a test can add a format for a while, with unittest.mock.patch.dict.
FORMATS: Mapping[str, Format] = {each.name: each for each in (ATOM_FORMAT, RSS_FORMAT)}
"""The formats that feedpub writes, by the name that config.toml gives them."""


def feed_types() -> tuple[FeedType, ...]:
    """Every type of feed that is recognised on a host: FORMATS, and JSON Feed of others."""
    return (*FORMATS.values(), JSON_FEED)


def feed_type_of(file_name: str) -> FeedType | None:
    """The type of the feed that has this file name, None where it is no feed's.

    A chosen name is known by its ending alone, and gives one of the types that have that ending:
    all of them are served alike.
    """
    ending = PurePosixPath(file_name).suffix
    by_name = (each for each in feed_types() if each.file_name == file_name)
    by_ending = (each for each in feed_types() if ending in each.endings)
    return next(chain(by_name, by_ending), None)


def output_path(feed: FeedSettings, format_name: str) -> str:
    """Where a rendering of `feed` stands below the output folder."""
    return dict(feed.paths).get(format_name) or FORMATS[format_name].path_of(feed.name)


def outputs(feed: FeedSettings, settings: Settings) -> Iterator[Output]:
    """Where each rendering of `feed` stands, in the order of config.toml."""
    for name in settings.formats:
        path = output_path(feed, name)
        yield Output(format=name, path=path, url=settings.site.url + path)


__all__ = [
    "FORMATS",
    "FeedMetadata",
    "FeedType",
    "Format",
    "feed_type_of",
    "feed_types",
    "output_path",
    "outputs",
]
