"""All that is to be known of a format of feeds, in one object for each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..model import Document, Feed, Output
from .ids import uri_of
from .own_feeds import ShownFeed
from .xml_safe import fit


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMetadata:
    """What any feed says of itself: `encoding` in lower case, `self_link` "" where it has none."""

    encoding: str
    self_link: str
    hubs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedType:
    """A type of feed as it is found on the web, whoever made it.

    `name` is what config.toml and messages call it, `file_name` that of its documents, in the
    output folder and on a host, unless config.toml chooses another with one of the `endings`.
    `media_type` is the registered media type; `served_as` is the
    Content-Type that documents are given on a host, with its parameters; `accepted` are the media
    types, without parameters, under which readers take such a feed, that of `served_as` first.
    `read_metadata` gives None for a document of any other type.
    """

    name: str
    file_name: str
    media_type: str
    served_as: str
    accepted: tuple[str, ...]
    read_metadata: Callable[[bytes], FeedMetadata | None]
    endings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Format(FeedType):
    """A type of feed that feedpub itself writes, and reads back.

    `write` takes a feed and the public address of the document, which is its self link; it raises
    ValueError for a character that the format can't carry. `read` reads what `write` wrote, and
    raises ValueError for anything else. `ids_are_uris` is whether an id must be a URI.
    """

    write: Callable[[Feed, str], bytes]
    read: Callable[[bytes], ShownFeed]
    ids_are_uris: bool = False

    def path_of(self, feed_name: str) -> str:
        """Where it stands in the output folder for the feed of this name, "" for the main one, if
        config.toml does not choose another place."""
        return f"{feed_name}/{self.file_name}" if feed_name else self.file_name

    def written_id(self, uid: str) -> str:
        """How the id `uid` of an entry is written in this format."""
        return uri_of(uid) if self.ids_are_uris else uid

    def render(self, feed: Feed, output: Output) -> Document:
        """The document of `feed` that stands at `output`."""
        try:
            content = self.write(feed, output.url)
        except ValueError:
            # Texts should have come clean: the last resort is to leave the character out.
            content = self.write(fit(feed), output.url)
        return Document(path=output.path, content=content)
