"""Which entry an article is: known again by id, path or content, or new with an id of its own."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from urllib.parse import quote

from ..errors import Diagnostic
from ..model import Article, Record
from ..parsing.dates import stem_without_date

ENOUGH = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The record of each article, by the article's path; one that has none is new.

    `faults` names the articles that claim an id which another has; they have no record here.
    """

    known: Mapping[str, Record]
    faults: tuple[Diagnostic, ...] = ()


def recognise(
    articles: Sequence[Article], records: Mapping[str, Record], paths: Collection[str]
) -> Recognised:
    """Finds the record of each article; `paths` are all files there are, unreadable ones too.

    First by the id in its metadata; then by its path, where the content is alike; then, for files
    that moved, by the same content, and by content that is mostly the same; at last by path alone,
    for a file that was written anew. A record goes to one article.
    """
    honest, faults = _without_double_claims(articles, records)
    search = _Search(honest, records, paths)
    search.by_id()
    search.by_path()
    search.by_digest()
    search.by_sketch()
    search.by_path_alone()
    return Recognised(known=search.known, faults=faults)


class _Search:
    """Articles that are still open, records that are still free; each step makes both fewer."""

    def __init__(
        self, articles: Sequence[Article], records: Mapping[str, Record], paths: Collection[str]
    ) -> None:
        self.known: dict[str, Record] = {}
        self.open = {article.path: article for article in articles}
        self.free = dict(records)
        self.unreadable = set(paths) - {article.path for article in articles}

    def match(self, article: Article, record: Record) -> None:
        self.known[article.path] = record
        del self.open[article.path]
        del self.free[record.id]

    def by_id(self) -> None:
        for article in tuple(self.open.values()):
            if article.metadata.id is None:
                continue
            if record := self.free.get(article.metadata.id):
                self.match(article, record)

    def seekers(self) -> tuple[Article, ...]:
        return tuple(each for each in self.open.values() if each.metadata.id is None)

    def by_path(self) -> None:
        at = _by_path(self.free.values())
        for article in self.seekers():
            record = at.get(article.path)
            if record and _likeness(article, record) >= ENOUGH:
                self.match(article, record)

    def by_path_alone(self) -> None:
        # Who takes the name of a file that is gone long since does not take its entry.
        at = _by_path(record for record in self.free.values() if record.file_gone_at is None)
        for article in self.seekers():
            if record := at.get(article.path):
                self.match(article, record)

    def moved(self) -> list[Record]:
        return [each for each in self.free.values() if each.path not in self.unreadable]

    def by_digest(self) -> None:
        if not self.seekers():
            return
        for digest in ("source", "content"):
            candidates = defaultdict(list)
            for record in self.moved():
                candidates[getattr(record.fingerprints, digest)].append(record)
            for article in self.seekers():
                same = candidates[getattr(article.fingerprints, digest)]
                if same:
                    best = min(same, key=lambda r: (_rank(r), not _same_name(article, r)))
                    same.remove(best)
                    self.match(article, best)

    def by_sketch(self) -> None:
        if not self.seekers():
            return
        # What an article that is still there says too, such as a line that each of them ends with,
        # does not tell one from another.
        common = {mark for record in self.known.values() for mark in record.fingerprints.sketch}
        holders = defaultdict(list)
        for record in self.moved():
            for mark in set(record.fingerprints.sketch) - common:
                holders[mark].append(record)
        pairs = [
            (_resemblance(article, record), article, record)
            for article in self.seekers()
            for record in {
                r.id: r for m in article.fingerprints.sketch for r in holders[m]
            }.values()
        ]
        pairs.sort(key=lambda p: (-p[0], _rank(p[2]), p[1].path, p[2].id))
        for likeness, article, record in pairs:
            if likeness >= ENOUGH and article.path in self.open and record.id in self.free:
                self.match(article, record)


def _by_path(records: Iterable[Record]) -> dict[str, Record]:
    # Two machines may have given one file an id each: that which subscribers had first counts.
    def lateness(record: Record) -> tuple[int, datetime, str]:
        return _rank(record), record.published, record.id

    return {each.path: each for each in sorted(records, key=lateness, reverse=True)}


def _rank(record: Record) -> int:
    # Of several entries of one file, one that was withdrawn holds it for good; what subscribers
    # have comes before what left.
    if record.withdrawn and record.file_gone_at is None:
        return 0
    return 1 if record.left_at is None else 2


def _likeness(article: Article, record: Record) -> float:
    if record.fingerprints.content == article.fingerprints.content:
        return 1
    mine, theirs = set(article.fingerprints.sketch), set(record.fingerprints.sketch)
    return len(mine & theirs) / max(len(mine), len(theirs), 1)


def _resemblance(article: Article, record: Record) -> float:
    # One paragraph out of two may be a phrase that every article ends with.
    shared = set(article.fingerprints.sketch) & set(record.fingerprints.sketch)
    likeness = _likeness(article, record)
    if _same_name(article, record):
        return likeness + ENOUGH
    return likeness if len(shared) > 1 or likeness == 1 else 0


def _same_name(article: Article, record: Record) -> bool:
    return PurePosixPath(article.path).name == PurePosixPath(record.path).name


def _without_double_claims(
    articles: Sequence[Article], records: Mapping[str, Record]
) -> tuple[list[Article], tuple[Diagnostic, ...]]:
    claims: dict[str, list[Article]] = defaultdict(list)
    at = _by_path(records.values())
    for article in articles:
        if article.metadata.id is not None:
            claims[article.metadata.id].append(article)
        elif (record := at.get(article.path)) and _holds(article, record):
            claims[record.id].append(article)
    refused: dict[str, Diagnostic] = {}
    for uri, claimants in claims.items():
        if len(claimants) > 1:
            record = records.get(uri)
            for article in claimants:
                if record is None or article.path != record.path:
                    refused[article.path] = _double_claim(uri, article, claimants)
    honest = [article for article in articles if article.path not in refused]
    return honest, tuple(refused.values())


def _holds(article: Article, record: Record) -> bool:
    """Whether subscribers have `article` under the id of `record`, though it does not say so."""
    return not article.metadata.draft and _likeness(article, record) >= ENOUGH


def _double_claim(uri: str, article: Article, claimants: Iterable[Article]) -> Diagnostic:
    others = " and ".join(each.path for each in claimants if each is not article)
    return Diagnostic(
        place=article.path,
        problem=f"claims the id {uri}, and so does {others}",
        remedy="Take `id` out of one of them: an id belongs to one article for ever.",
    )


def mint(authority: str, day: date, path: str, taken: Collection[str]) -> str:
    """A new id for the article at `path`: a tag: URI (RFC 4151) that is not among `taken`."""
    uri = first = f"{tag(authority, day)}:{_slug(path)}"
    number = 1
    while uri in taken:
        number += 1
        uri = f"{first}-{number}"
    return uri


def is_named_after(uri: str, path: str) -> bool:
    """Whether `uri` may have been minted for an article at `path`."""
    return re.fullmatch(rf"tag:[^:]+:{re.escape(_slug(path))}(-\d+)?", uri) is not None


def _slug(path: str) -> str:
    stem = PurePosixPath(path).stem
    return slugify(stem_without_date(stem) or stem)


def tag(authority: str, day: date) -> str:
    """How the tag: URIs begin that `authority`, a host, can mint on `day` (RFC 4151 §2.1)."""
    # An IPv6 address is no authority; what is left of it still tells it from others.
    name = re.sub(r"[^a-z0-9.-]+", "-", authority.lower()).strip("-.") or "localhost"
    return f"tag:{name},{day.isoformat()}"


def slugify(name: str) -> str:
    """`name` in the characters that a URI may have: plain letters where there are such."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    dashed = re.sub(r"[\W_]+", "-", kept).strip("-")
    return quote(dashed, safe="") or "article"
