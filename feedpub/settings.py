"""What config.toml says, checked: the nouns of the curator's wishes, frozen as those of `model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from types import MappingProxyType

from .model import Amount, Metadata, Person

LEDGER_FILE = Path(".feedpub", "ledger.jsonl")
"""Where the ledger stands, below the folder of config.toml."""

MAIN = "main"
"""What the ledger calls the feed that has no name."""

PRECOMPRESSED_SUFFIXES: Mapping[str, str] = MappingProxyType({"gzip": ".gz", "brotli": ".br"})
"""What `compress` in config.toml may name, and the suffix of a file that is compressed so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CleaningRule:
    """One rule of the cleaner, as `cleaning/rules.toml` or config.toml states it."""

    name: str
    pattern: str
    where: str = "anywhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What config.toml says of the site as a whole; `url` ends with a slash."""

    title: str
    url: str
    description: str
    language: str
    zone: tzinfo
    date_order: str = ""
    authors: tuple[Person, ...] = ()
    rights: str = ""
    logo: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """One feed to be made: `name` is empty for the main one; no `tags` means every article."""

    name: str
    title: str
    description: str
    limit: int
    content: Amount
    tags: frozenset[str] = frozenset()

    @property
    def ledger_name(self) -> str:
        """What the ledger calls it."""
        return self.name or MAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTable:
    """An `[article."…"]` table: `pattern` is a path or a glob, `line` that of its header."""

    pattern: str
    metadata: Metadata
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A remote place that documents are pushed to, as config.toml states it.

    `url` begins with https:, webdav+https:, s3: or file:, ends with a slash and holds no user.
    `public` is the address at which the documents can be read, empty where they are read back from
    the target itself. `name` is empty for that of `[push]`.
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
    max_delete: int = 50
    parallel: int = 4
    precompressed: tuple[str, ...] = ()
    region: str = ""
    endpoint: str = ""
    path_style: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of config.toml, checked. Folders are absolute, `file` is config.toml itself."""

    file: Path
    site: Site
    articles: Path
    output: Path
    formats: tuple[str, ...]
    feeds: tuple[FeedSettings, ...]
    tables: tuple[ArticleTable, ...] = ()
    cleaning_rules: tuple[CleaningRule, ...] = ()
    cleaning_disabled: frozenset[str] = frozenset()
    hubs: tuple[str, ...] = ()
    tombstones: bool = True
    targets: tuple[Target, ...] = ()
    heartbeat: str = ""

    @property
    def root(self) -> Path:
        """The folder that config.toml stands in."""
        return self.file.parent

    @property
    def ledger_file(self) -> Path:
        """The ledger of this folder."""
        return self.root / LEDGER_FILE

    @property
    def output_name(self) -> str:
        """How a message names the output folder: seen from config.toml, if it is below."""
        below = self.output.is_relative_to(self.root)
        return (self.output.relative_to(self.root) if below else self.output).as_posix()
