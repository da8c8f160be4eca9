"""Feed to Document: the table of formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from ..model import Document, Feed, Output
from ..settings import FeedSettings, Settings
from .xml_safe import fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a feed: the module of its name in this package does it."""

    name: str
    file_name: str
    media_type: str

    def path_of(self, feed_name: str) -> str:
        """Where it stands in the output folder for the feed of this name, "" for the main one."""
        return f"{feed_name}/{self.file_name}" if feed_name else self.file_name

    def render(self, feed: Feed, output: Output) -> Document:
        """The document of `feed` that stands at `output`."""
        # feedgen and lxml cost 40 ms that only a build should pay.
        module = import_module(f"{__name__}.{self.name}")
        write: Callable[[Feed, str, str], bytes] = module.write
        try:
            content = write(feed, output.url, self.media_type)
        except ValueError:
            # A character that XML can't carry, where texts should have come clean.
            content = write(fit(feed), output.url, self.media_type)
        return Document(path=output.path, media_type=self.media_type, content=content)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        each.name: each
        for each in (
            Format(name="atom", file_name="atom.xml", media_type="application/atom+xml"),
            Format(name="rss", file_name="rss.xml", media_type="application/rss+xml"),
        )
    }
)


def outputs(feed: FeedSettings, settings: Settings) -> Iterator[Output]:
    """Where each rendering of `feed` stands, in the order of config.toml."""
    for name in settings.formats:
        path = FORMATS[name].path_of(feed.name)
        yield Output(format=name, path=path, url=settings.site.url + path)
