"""The data that one stage of a build passes to the next: frozen dataclasses.

Unless a docstring says otherwise, a text has no control characters, a time is an aware `datetime`
in UTC without microseconds, and an address is an absolute URL in ASCII. The names are those of Atom
(RFC 4287).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum

from .errors import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who wrote something (RFC 4287 §3.2); only the name is always known."""

    name: str
    email: str = ""
    uri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an article was first published (RFC 4287 §4.2.11); only the title is always known."""

    title: str
    link: str = ""
    id: str = ""
    updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that belongs to an entry (RFC 4287 §4.2.7.2).

    `type` is a media type, `length` in bytes, 0 if unknown.
    """

    url: str
    type: str
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date without a time, and the time zone that it is in."""

    date: date
    zone: tzinfo


class Amount(StrEnum):
    """How much of an article is published: its text, or only a summary."""

    FULL = "full"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is stated of an article, in one place or merged from several.

    None, and an empty `authors` or `enclosures`, is "not stated"; an empty `tags` is "no tags".
    `note` is Markdown, which is published above the text. `slug` and `permalink`, a path or an
    address as other tools have it, are for the link that `[articles] link` makes. `clean` False
    keeps page furniture, `minor` True leaves the date of the last change as it is.
    """

    id: str | None = None
    title: str | None = None
    link: str | None = None
    slug: str | None = None
    permalink: str | None = None
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
    """The kinds of article files; the suffix of the name decides."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


Line = tuple[int, str]
"""A line of a file and its number, which counts from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A line of page furniture that was cut from an article.

    `line` is its number in the file, from 1, `rule` the name of the cleaning rule.
    """

    line: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprints:
    """What an article is compared by, in hexadecimal.

    `source` is the digest of what its author wrote, but for line ends, trailing blanks and the
    order of keys. `content` is the digest of what subscribers see, but for white space. `sketch`
    holds the checksums of some paragraphs, by which an edited article is recognised.
    """

    source: str
    content: str
    sketch: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article file that was read, with its merged metadata and without its text.

    `path` is relative to the articles folder, with `/`. `day` is the date in its name or path,
    which is used for an article that is new and has no other date. `unknown_keys` are those of its
    metadata that mean nothing here. `diagnostics` are warnings, and notes, such as one on an
    encoding that had to be recognised.
    """

    path: str
    kind: Kind
    title: str
    metadata: Metadata
    fingerprints: Fingerprints
    day: Day | None = None
    cuts: tuple[Cut, ...] = ()
    unknown_keys: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What subscribers get of one article (RFC 4287 §4.1.2).

    `title` and `summary` are plain text; the summary is never the whole of the content. `content`
    is sanitised HTML with absolute addresses, empty where only the summary is published.
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
    """The head of a feed (RFC 4287 §4.1.1); `link` is the web page that the feed is of."""

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
    """An entry that was withdrawn (RFC 6721 §3): its id, when it was, and why."""

    id: str
    when: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A channel and the entries selected for it, newest first.

    `tombstones` are those of withdrawn entries that would be among them.
    """

    channel: Channel
    entries: tuple[Entry, ...]
    tombstones: tuple[Tombstone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One rendering of a feed: `path` is below the output folder, `url` its public address, which
    is its self link."""

    format: str
    path: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file to be published; `path` is below the output folder."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the ledger has of one entry.

    `path` is that of its article when it was last seen. `left_at` is since when it is in no feed,
    None while it is in one; `file_gone_at` is since when it has no article file. `withdrawn` is
    when it was withdrawn for good, `reason` why; `restored` is when that was last undone.
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
    """What the ledger has of one feed: its id, and when it last changed."""

    name: str
    id: str
    updated: datetime
