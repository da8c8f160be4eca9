"""Which entry of the ledger an article is: matched by id, path or content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from ..errors import Diagnostic
from ..model import Article, Record

MIN_SIMILARITY = 0.5
"""The share of its paragraphs that an edited article keeps; with fewer, it is known by its path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMatches:
    """The record of each article, by the article's path; one that has none is new.

    `diagnostics` name the articles that claim an id which another has; they have no record here.
    """

    known: Mapping[str, Record]
    diagnostics: tuple[Diagnostic, ...] = ()


def match_records(
    articles: Sequence[Article], records: Mapping[str, Record], paths: Collection[str]
) -> RecordMatches:
    """Finds the record of each article; `paths` are all files there are, unreadable ones too.

    First by the id in its metadata; then by its path, where the content is similar; then, for files
    that moved, by the same content, and by content that is mostly the same; at last by path alone,
    for a file that was written anew. A record goes to one article.
    """
    refused = _duplicate_claims(articles, records)
    matcher = _Matcher([each for each in articles if each.path not in refused], records, paths)
    matcher.match_by_id()
    matcher.match_by_path()
    matcher.match_by_digest()
    matcher.match_by_similarity()
    matcher.match_by_path_alone()
    return RecordMatches(known=matcher.known, diagnostics=tuple(refused.values()))


class _Matcher:
    """Articles without a record, records without an article; each step leaves fewer of both."""

    def __init__(
        self, articles: Sequence[Article], records: Mapping[str, Record], paths: Collection[str]
    ) -> None:
        self.known: dict[str, Record] = {}
        self._articles = {article.path: article for article in articles}
        self._records = dict(records)
        self._unreadable = set(paths) - {article.path for article in articles}

    def match_by_id(self) -> None:
        for article in tuple(self._articles.values()):
            if article.metadata.id is None:
                continue
            if record := self._records.get(article.metadata.id):
                self._match(article, record)

    def match_by_path(self) -> None:
        by_path = _by_path(self._records.values())
        for article in self._without_stated_id():
            record = by_path.get(article.path)
            if record and _similarity(article, record) >= MIN_SIMILARITY:
                self._match(article, record)

    def match_by_digest(self) -> None:
        if not self._without_stated_id():
            return
        for digest in ("source", "content"):
            candidates = defaultdict(list)
            for record in self._of_missing_files():
                candidates[getattr(record.fingerprints, digest)].append(record)
            for article in self._without_stated_id():
                same = candidates[getattr(article.fingerprints, digest)]
                if same:
                    best = min(same, key=lambda r: (_rank(r), not _same_name(article, r)))
                    same.remove(best)
                    self._match(article, best)

    def match_by_similarity(self) -> None:
        pairs = [
            (_move_score(article, record), article, record)
            for article, record in self._pairs_that_share_paragraphs()
        ]
        pairs.sort(key=lambda p: (-p[0], _rank(p[2]), p[1].path, p[2].id))
        for score, article, record in pairs:
            are_free = article.path in self._articles and record.id in self._records
            if score >= MIN_SIMILARITY and are_free:
                self._match(article, record)

    def match_by_path_alone(self) -> None:
        # A new file with the name of one that is gone long since is another entry.
        by_path = _by_path(each for each in self._records.values() if each.file_gone_at is None)
        for article in self._without_stated_id():
            if record := by_path.get(article.path):
                self._match(article, record)

    def _match(self, article: Article, record: Record) -> None:
        self.known[article.path] = record
        del self._articles[article.path]
        del self._records[record.id]

    def _without_stated_id(self) -> tuple[Article, ...]:
        return tuple(each for each in self._articles.values() if each.metadata.id is None)

    def _of_missing_files(self) -> list[Record]:
        return [each for each in self._records.values() if each.path not in self._unreadable]

    def _pairs_that_share_paragraphs(self) -> Iterator[tuple[Article, Record]]:
        articles = self._without_stated_id()
        if not articles:
            return
        # A paragraph that an article which is still there has too, such as a line that each of them
        # ends with, does not tell one from another.
        common = {each for record in self.known.values() for each in record.fingerprints.sketch}
        records = defaultdict(list)
        for record in self._of_missing_files():
            for checksum in set(record.fingerprints.sketch) - common:
                records[checksum].append(record)
        for article in articles:
            sharing = (r for checksum in article.fingerprints.sketch for r in records[checksum])
            for record in {each.id: each for each in sharing}.values():
                yield article, record


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


def _similarity(article: Article, record: Record) -> float:
    """The share of paragraphs that both have, from 0 to 1, as far as the sketches know them."""
    if record.fingerprints.content == article.fingerprints.content:
        return 1
    here, there = set(article.fingerprints.sketch), set(record.fingerprints.sketch)
    return len(here & there) / max(len(here), len(there), 1)


def _move_score(article: Article, record: Record) -> float:
    """How likely `article` is that of `record`, whose file is missing: a similarity, raised by half
    where the file has kept its name."""
    similarity = _similarity(article, record)
    if _same_name(article, record):
        return similarity + MIN_SIMILARITY
    # One paragraph out of two may be a phrase that every article ends with.
    shared = set(article.fingerprints.sketch) & set(record.fingerprints.sketch)
    return similarity if len(shared) > 1 or similarity == 1 else 0


def _same_name(article: Article, record: Record) -> bool:
    return PurePosixPath(article.path).name == PurePosixPath(record.path).name


def _duplicate_claims(
    articles: Sequence[Article], records: Mapping[str, Record]
) -> dict[str, Diagnostic]:
    """What is wrong with each article that claims an id which another has, by its path."""
    claims: dict[str, list[Article]] = defaultdict(list)
    by_path = _by_path(records.values())
    for article in articles:
        if article.metadata.id is not None:
            claims[article.metadata.id].append(article)
        elif (record := by_path.get(article.path)) and _is_published_as(article, record):
            claims[record.id].append(article)
    refused: dict[str, Diagnostic] = {}
    for uri, claimants in claims.items():
        if len(claimants) > 1:
            record = records.get(uri)
            for article in claimants:
                if record is None or article.path != record.path:
                    refused[article.path] = _duplicate_claim(uri, article, claimants)
    return refused


def _is_published_as(article: Article, record: Record) -> bool:
    """Whether subscribers have `article` under the id of `record`, though it does not state one."""
    return not article.metadata.draft and _similarity(article, record) >= MIN_SIMILARITY


def _duplicate_claim(uri: str, article: Article, claimants: Iterable[Article]) -> Diagnostic:
    others = " and ".join(each.path for each in claimants if each is not article)
    return Diagnostic(
        code="article-id-duplicate",
        place=article.path,
        problem=f"claims the id {uri}, and so does {others}",
        remedy="Take `id` out of one of them: an id belongs to one article for ever.",
    )
