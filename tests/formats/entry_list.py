"""A format that feedpub does not have, as its module would be: a list of entries, one a line."""

from __future__ import annotations

from datetime import datetime

from feedpub.formats import FeedMetadata, Format
from feedpub.formats.own_feeds import ShownEntry, ShownFeed
from feedpub.model import Entry, Feed
from feedpub.parsing.dates import in_utc


def write_entry_list(feed: Feed, url: str) -> bytes:
    """A line with the address and the time of `feed`, and one for each entry."""
    channel = feed.channel
    head = ("entries of", url, in_utc(channel.updated), channel.title)
    lines = (head, *map(_row, feed.entries))
    return "".join("\t".join(line) + "\n" for line in lines).encode()


def _row(entry: Entry) -> tuple[str, str, str]:
    return entry.id, in_utc(entry.published), entry.title


def read_entry_list(content: bytes) -> ShownFeed:
    """The feed that `write_entry_list` wrote; raises ValueError."""
    head, *rows = (line.split("\t") for line in content.decode().splitlines())
    if head[0] != "entries of":
        raise ValueError("this is no list of entries")
    return ShownFeed(
        id=None,
        title=head[3],
        updated=datetime.fromisoformat(head[2]),
        entries=tuple(_shown_row(*row) for row in rows),
        tombstones=None,
    )


def _shown_row(uid: str, published: str, title: str) -> ShownEntry:
    moment = datetime.fromisoformat(published)
    return ShownEntry(id=uid, title=title, link="", published=moment, updated=None, content="")


def read_entry_list_metadata(content: bytes) -> FeedMetadata | None:
    """What the list `content` says of itself, None where it is none."""
    word, _, rest = content.decode(errors="replace").partition("\t")
    if word != "entries of":
        return None
    return FeedMetadata(encoding="utf-8", self_link=rest.partition("\t")[0], hubs=())


ENTRY_LIST = Format(
    name="entries",
    file_name="entries.tsv",
    endings=(".tsv",),
    media_type="text/tab-separated-values",
    served_as="text/tab-separated-values; charset=utf-8",
    accepted=("text/tab-separated-values", "text/plain"),
    write=write_entry_list,
    read=read_entry_list,
    read_metadata=read_entry_list_metadata,
)
