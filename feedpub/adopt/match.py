"""Which old entry is which article, one to one; what is not clear stays in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from itertools import groupby

from ..model import Article
from .old_feed import OldEntry
from .scoring import CERTAIN, LIKELY, ArticleWithText, ScoredPair, score_pairs


class Certainty(StrEnum):
    """How sure a match is."""

    CERTAIN = "certain"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry that is an article; `why` gives the reasons."""

    entry: OldEntry
    article: Article
    certainty: Certainty
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that an entry may be; `why` gives the reasons for and against it."""

    path: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An entry that may be one of several articles, or one that is not quite like it."""

    entry: OldEntry
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What was found out about every entry, in the feed's order, and the articles without one."""

    matches: tuple[Match, ...]
    doubts: tuple[Doubt, ...]
    without_article: tuple[OldEntry, ...]
    without_entry: tuple[Article, ...]


def find_matches(
    entries: Sequence[OldEntry], texts: Iterable[ArticleWithText], *, zone: tzinfo
) -> Matching:
    """Matches entries to articles; days are those of `zone`. `texts` is read once."""
    articles, pairs = score_pairs(entries, texts, zone=zone)
    matched, doubted = _assign(pairs)
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


def _assign(
    pairs: Sequence[ScoredPair],
) -> tuple[dict[int, ScoredPair], dict[int, list[ScoredPair]]]:
    """The pair of each entry that has one, and the rivals for each that has several.

    The highest score goes first. Where two pairs of one score share an entry or an article, neither
    counts, and a pair with a lower score can't have that article for sure either.
    """
    matched: dict[int, ScoredPair] = {}
    doubted: dict[int, list[ScoredPair]] = {}
    taken: set[int] = set()
    contested: set[int] = set()
    best_first = sorted(pairs, key=lambda pair: (-pair.score, pair.entry, pair.article))
    for score, group in groupby(best_first, key=lambda pair: pair.score):
        settled = matched.keys() | doubted.keys()
        rivals = [each for each in group if each.entry not in settled and each.article not in taken]
        shared = Counter(("entry", each.entry) for each in rivals)
        shared += Counter(("article", each.article) for each in rivals)
        for each in rivals:
            alone = shared["entry", each.entry] == shared["article", each.article] == 1
            if score >= LIKELY and alone and each.article not in contested:
                matched[each.entry] = each
                taken.add(each.article)
            else:
                doubted.setdefault(each.entry, []).append(each)
        contested |= {each.article for each in rivals} - taken
    return matched, doubted


def _match(entries: Sequence[OldEntry], articles: Sequence[Article], pair: ScoredPair) -> Match:
    return Match(
        entry=entries[pair.entry],
        article=articles[pair.article],
        certainty=Certainty.CERTAIN if pair.score >= CERTAIN else Certainty.LIKELY,
        why=pair.why,
    )


def _doubt(entry: OldEntry, articles: Sequence[Article], rivals: Iterable[ScoredPair]) -> Doubt:
    return Doubt(
        entry=entry,
        candidates=tuple(
            Candidate(path=articles[each.article].path, why=each.why) for each in rivals
        ),
    )
