"""The nouns: what one station of the trip hands to the next, frozen.

Every text here is a `str` free of control characters, every time an aware UTC `datetime` without
microseconds, every address an absolute ASCII URL, unless a field says otherwise. The words are
Atom's (RFC 4287).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from .errors import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who wrote something (RFC 4287 §3.2)."""

    name: str
    email: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an article was first published (RFC 4287 §4.2.11)."""

    title: str
    link: str = ""
    id: str = ""
    updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that belongs to an entry; `length` is in bytes, 0 where it is unknown."""

    url: str
    type: str
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date without a time, and the zone in which it is that day."""

    date: date
    zone: tzinfo


class Amount(StrEnum):
    """How much of an article is published."""

    FULL = "full"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is said about an article, from one place or merged from several; None is "not said".

    `note` is Markdown. `authors` is empty where nobody is named.
    """

    id: str | None = None
    title: str | None = None
    link: str | None = None
    authors: tuple[Person, ...] = ()
    published: datetime | Day | None = None
    updated: datetime | Day | None = None
    expires: datetime | Day | None = None
    draft: bool | None = None
    tags: tuple[str, ...] | None = None
    summary: str | None = None
    note: str | None = None
    content: Amount | None = None
    language: str | None = None
    rights: str | None = None
    source: Source | None = None
    enclosures: tuple[Enclosure, ...] = ()
    image: str | None = None
    clean: bool | None = None
    minor: bool | None = None


class Kind(StrEnum):
    """The three kinds of article file, told by the ending of the name."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A line of an article that subscribers don't get: its number in the file, its text, why."""

    line: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprints:
    """What an article is compared by.

    `source` moves with anything the curator wrote but line endings, trailing blanks and the order
    of keys. `content` moves with what subscribers see, not with white space. `sketch` holds the
    checksums of some of its paragraphs, so that an edited article can be known again by the rest.
    """

    source: str
    content: str
    sketch: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article file that was read, with its merged metadata and without its text.

    `path` is relative to the articles folder, with `/`. `day` is the date in its name, which is
    used for an article that is new and has no other date. `diagnostics` are notes, such as one on
    an encoding that had to be recognised.
    """

    path: str
    kind: Kind
    title: str
    metadata: Metadata
    fingerprints: Fingerprints
    day: Day | None = None
    cuts: tuple[Cut, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What subscribers get of one article (RFC 4287 §4.1.2).

    `content` is safe HTML with absolute addresses, empty where only the summary is published.
    `summary` is plain text and never the whole of the content.
    """

    id: str
    title: str
    published: datetime
    updated: datetime
    link: str = ""
    authors: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str = ""
    content: str = ""
    language: str = ""
    rights: str = ""
    source: Source | None = None
    enclosures: tuple[Enclosure, ...] = ()
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The head of a feed (RFC 4287 §4.1.1). `link` is the page that the feed belongs to."""

    id: str
    title: str
    link: str
    updated: datetime
    subtitle: str = ""
    authors: tuple[Person, ...] = ()
    language: str = ""
    rights: str = ""
    logo: str = ""
    icon: str = ""
    hubs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """An entry that was withdrawn (RFC 6721 §3): its id, when, and why."""

    id: str
    when: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A channel and the entries chosen for it, newest first; `tombstones` of those that would still
    be among them."""

    channel: Channel
    entries: tuple[Entry, ...]
    tombstones: tuple[Tombstone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One rendering of a feed: `path` below the output folder, `url` its public self link."""

    format: str
    path: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Finished bytes: the border between feeds and hosts."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the ledger remembers of one entry.

    `path` is where its article was last seen; `left_at` is the moment since when it stands in no
    feed, None while it does. `file_gone_at` is the moment since when there is no file of it.
    `withdrawn` is when the curator took it out for good, `reason` why; `restored` is when that was
    last undone.
    """

    id: str
    path: str
    published: datetime
    updated: datetime
    fingerprints: Fingerprints
    left_at: datetime | None = None
    file_gone_at: datetime | None = None
    withdrawn: datetime | None = None
    reason: str = ""
    restored: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """What the ledger remembers of one feed: its id, and when it changed last."""

    name: str
    id: str
    updated: datetime
