"""The feeds as they stand in the output folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .errors import Fault
from .formats import outputs
from .formats.reading import ShownFeed, read_shown
from .model import FeedSettings, Settings

BUILD = "Run `feedpub build`."


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFeed:
    """One document of a feed: what it shows, or the fault where it can't be read."""

    settings: FeedSettings
    format: str
    path: str
    shown: ShownFeed | None = None
    fault: Fault | None = None


def built_feeds(settings: Settings) -> Iterator[BuiltFeed]:
    """Every document that a build writes, in the order of config.toml."""
    for feed in settings.feeds:
        for output in outputs(feed, settings):
            yield _read(settings, feed, output.format, output.path)


def _read(settings: Settings, feed: FeedSettings, name: str, path: str) -> BuiltFeed:
    place = f"{settings.output.name}/{path}"
    try:
        shown = read_shown((settings.output / path).read_bytes())
    except OSError as error:
        fault = Fault(place=place, problem=f"can't be read: {error.strerror}", remedy=BUILD)
    except ValueError as error:
        fault = Fault(place=place, problem=f"is no feed of ours: {error}", remedy=BUILD)
    else:
        return BuiltFeed(settings=feed, format=name, path=place, shown=shown)
    return BuiltFeed(settings=feed, format=name, path=place, fault=fault)
