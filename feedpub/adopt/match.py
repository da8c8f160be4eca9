"""Which old entry is which article, one to one; what is not clear stays in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from itertools import groupby

from ..model import Article
from .evidence import CERTAIN, LIKELY, Pair, Readable, weigh
from .old_feed import OldEntry


class Certainty(StrEnum):
    """How sure a match is."""

    CERTAIN = "certain"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry that is an article, and why."""

    entry: OldEntry
    article: Article
    certainty: Certainty
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that an entry may be, and what speaks for it or against it."""

    path: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An entry that may be one of several articles, or one that is not quite like it."""

    entry: OldEntry
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What has become of every entry, in the feed's order, and the articles that no entry is."""

    matches: tuple[Match, ...]
    doubts: tuple[Doubt, ...]
    without_article: tuple[OldEntry, ...]
    without_entry: tuple[Article, ...]


def match(entries: Sequence[OldEntry], readables: Iterable[Readable], *, zone: tzinfo) -> Matching:
    """Matches entries to articles; days are those of `zone`. `readables` is gone through once."""
    articles, pairs = weigh(entries, readables, zone=zone)
    matched, doubted = _settled(pairs)
    paired = {pair.article for pair in matched.values()}
    paired |= {pair.article for rivals in doubted.values() for pair in rivals}
    return Matching(
        matches=tuple(_match(entries, articles, matched[n]) for n in sorted(matched)),
        doubts=tuple(_doubt(entries[n], articles, doubted[n]) for n in sorted(doubted)),
        without_article=tuple(
            entry for n, entry in enumerate(entries) if n not in matched.keys() | doubted.keys()
        ),
        without_entry=tuple(each for n, each in enumerate(articles) if n not in paired),
    )


def _settled(pairs: Sequence[Pair]) -> tuple[dict[int, Pair], dict[int, list[Pair]]]:
    """The pair of each entry that has one, and the rivals for each that has several.

    The heaviest evidence goes first. Where two pairs of one weight share a side, neither counts,
    and what is lighter can't have that article for sure either.
    """
    matched: dict[int, Pair] = {}
    doubted: dict[int, list[Pair]] = {}
    taken: set[int] = set()
    contested: set[int] = set()
    heaviest_first = sorted(pairs, key=lambda pair: (-pair.weight, pair.entry, pair.article))
    for weight, group in groupby(heaviest_first, key=lambda pair: pair.weight):
        settled = matched.keys() | doubted.keys()
        rivals = [each for each in group if each.entry not in settled and each.article not in taken]
        shared = Counter(("entry", each.entry) for each in rivals)
        shared += Counter(("article", each.article) for each in rivals)
        for each in rivals:
            alone = shared["entry", each.entry] == shared["article", each.article] == 1
            if weight >= LIKELY and alone and each.article not in contested:
                matched[each.entry] = each
                taken.add(each.article)
            else:
                doubted.setdefault(each.entry, []).append(each)
        contested |= {each.article for each in rivals} - taken
    return matched, doubted


def _match(entries: Sequence[OldEntry], articles: Sequence[Article], pair: Pair) -> Match:
    return Match(
        entry=entries[pair.entry],
        article=articles[pair.article],
        certainty=Certainty.CERTAIN if pair.weight >= CERTAIN else Certainty.LIKELY,
        why=pair.why,
    )


def _doubt(entry: OldEntry, articles: Sequence[Article], rivals: Iterable[Pair]) -> Doubt:
    return Doubt(
        entry=entry,
        candidates=tuple(
            Candidate(path=articles[each.article].path, why=each.why) for each in rivals
        ),
    )
