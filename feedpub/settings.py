"""What config.toml states, checked: frozen dataclasses, with the conventions of `model`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from .model import Amount, Metadata, Person

LEDGER_FILE = Path(".feedpub", "ledger.jsonl")
"""The path of the ledger, relative to the folder of config.toml."""

MAIN = "main"
"""What the ledger calls the feed that has no name."""

PRECOMPRESSED_SUFFIXES: Mapping[str, str] = MappingProxyType({"gzip": ".gz", "brotli": ".br"})
"""What `compress` in config.toml may name, and the suffix of a file that is compressed so."""

IMMUTABLE_PATH = re.compile(r"(^|/)archive/|[.-][0-9a-f]{16,64}\.")
"""What a path below the output folder has in it if its document never changes. A shorter digest may
be a day, or a moment: notes-20190502.html is none."""

# Files. A site seldom loses more at once; a folder that is mounted empty loses all of them.
DEFAULT_MAX_DELETE = 50

# Requests at a time. Browsers open six connections to a host, so that servers expect as many.
DEFAULT_PARALLEL = 4


class Where(StrEnum):
    """Where in an article a line must be for a cleaning rule to apply.

    `start` is above the first paragraph, `end` below the last, `edges` either.
    """

    ANYWHERE = "anywhere"
    START = "start"
    END = "end"
    EDGES = "edges"


@dataclass(frozen=True, slots=True, kw_only=True)
class CleaningRule:
    """A rule that config.toml adds: `pattern` is a regular expression for a whole line."""

    name: str
    pattern: str
    where: Where = Where.ANYWHERE


class DateOrder(StrEnum):
    """The order of the numbers in a date such as 02/05/2019: day, month and year."""

    DMY = "DMY"
    MDY = "MDY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What `[site]` states of all feeds and articles.

    `url` is where the output folder is served, and ends with a slash. `zone` is that of dates
    without one; without a `date_order`, a date such as 02/05/2019 is an error.
    """

    title: str
    url: str
    description: str
    language: str
    zone: tzinfo
    date_order: DateOrder | None = None
    authors: tuple[Person, ...] = ()
    rights: str = ""
    logo: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """One feed: `name` is empty for the main one, `limit` its number of entries at most.

    `tags` are case-folded; an article with one of them is in the feed, every article if there are
    none. `paths` are those that config.toml chooses for its documents, by the names of formats.
    """

    name: str
    title: str
    description: str
    limit: int
    content: Amount
    tags: frozenset[str] = frozenset()
    paths: tuple[tuple[str, str], ...] = ()

    @property
    def ledger_name(self) -> str:
        """The name that the ledger has for it."""
        return self.name or MAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTable:
    """A table `[article."…"]`: `pattern` is a path or a glob, `line` the line of its header."""

    pattern: str
    metadata: Metadata
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A remote place that documents are pushed to, as config.toml states it.

    `url` begins with https:, webdav+https:, s3: or file:, ends with a slash and holds no user; on
    a loopback address it may be http. `public` is the address at which the documents can be read,
    empty where they are read back from the target itself. `name` is empty for that of `[push]`.
    `max_delete` counts files, `parallel` requests; `precompressed` names encodings.
    """

    name: str
    url: str
    public: str = ""
    user: str = ""
    digest: bool = False
    netrc: bool = False
    ca_file: Path | None = None
    single_writer: bool = False
    put_by_move: bool = False
    max_delete: int = DEFAULT_MAX_DELETE
    parallel: int = DEFAULT_PARALLEL
    precompressed: tuple[str, ...] = ()
    region: str = ""
    endpoint: str = ""
    path_style: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSource:
    """A feed of what a curator stars or bookmarks; its links become articles that have `tags`."""

    url: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of config.toml, checked.

    `file` is config.toml itself, `articles` and `output` are folders, all with absolute paths.
    `include` and `exclude` are globs for articles, in NFC. `feeds` begins with the main feed.
    `link_pattern` makes the links of articles that have none, "" for no links; it is in the normal
    form of `text.link_pattern`. `git_dates` is whether an article without a date gets those of its
    commits. `heartbeat` is the address that a healthcheck service gives, "" if there is none.
    `publish_sources` is whether `feedpub publish` adds what is new in `sources`.
    `install` is the requirement of pip from which other machines install feedpub, "" if
    config.toml names none.
    """

    file: Path
    site: Site
    articles: Path
    output: Path
    formats: tuple[str, ...]
    feeds: tuple[FeedSettings, ...]
    link_pattern: str = ""
    git_dates: bool = False
    tables: tuple[ArticleTable, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    cleaning_rules: tuple[CleaningRule, ...] = ()
    cleaning_disabled: frozenset[str] = frozenset()
    hubs: tuple[str, ...] = ()
    tombstones: bool = True
    targets: tuple[Target, ...] = ()
    heartbeat: str = ""
    install: str = ""
    sources: tuple[FeedSource, ...] = ()
    publish_sources: bool = False

    @property
    def root(self) -> Path:
        """The folder of config.toml."""
        return self.file.parent

    @property
    def ledger_file(self) -> Path:
        """The path of the ledger of this folder."""
        return self.root / LEDGER_FILE

    @property
    def output_name(self) -> str:
        """The output folder as messages name it: relative to config.toml if it is below."""
        below = self.output.is_relative_to(self.root)
        return (self.output.relative_to(self.root) if below else self.output).as_posix()
