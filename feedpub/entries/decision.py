"""What is decided of every article: published, held back, expired, withdrawn or gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ..errors import Diagnostic
from ..model import Article, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An article that is published, and its record."""

    article: Article
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """An article that is not published yet: a draft where `until` is None."""

    path: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """An article whose file was renamed or moved: its path in the ledger, and its path now."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is published, newest first, and what becomes of every other article, by paths.

    `known` are the records that the ledger has, by the path of their article, whatever becomes of
    it. `departed` are the records of entries that are not published any more,
    `departed_articles` their articles, by id, where they can be read. `diagnostics` name the
    articles that are left out.
    """

    published: tuple[Published, ...] = ()
    known: Mapping[str, Record] = field(default_factory=dict)
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    expired: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    departed: tuple[Record, ...] = ()
    departed_articles: Mapping[str, Article] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
