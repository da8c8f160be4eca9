"""The nouns of what is published: each article's fate, as `compose` decides it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ..errors import Diagnostic
from ..model import Article, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An article that stands in feeds, and its record."""

    article: Article
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """An article that is not published yet: a draft where `until` is None."""

    path: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """An article whose file was renamed or moved."""

    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is published, and what has become of every article, by paths; `known` are the records
    of those that the ledger has, whatever has become of them; `departed` are those that stand
    in no feed, `departed_articles` their articles, by id, where they can be read."""

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
    faults: tuple[Diagnostic, ...] = ()
