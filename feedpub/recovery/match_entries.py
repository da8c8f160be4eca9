"""Which entry that our own feeds show is which article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..adopt.corpus import ArticleCorpus
from ..adopt.match import find_matches
from ..adopt.old_feed import OldEntry
from ..entries.tag_uri import is_named_after
from ..errors import Diagnostic, LedgerError
from ..formats.own_feeds import ShownEntry
from ..progress import Progress
from ..settings import Settings


def match_entries(
    entries: Sequence[ShownEntry], corpus: ArticleCorpus, settings: Settings, progress: Progress
) -> dict[str, str]:
    """The path of each entry's article, by the id of the entry; without those that have none.

    An article is known by link, title, date and text, else by the name that the id was made of.
    Raises LedgerError where an entry may be one of several articles.
    """
    old = [
        OldEntry(
            id=each.id,
            title=each.title,
            link=each.link,
            published=each.published,
            content=each.content,
        )
        for each in entries
    ]
    matching = find_matches(old, corpus.with_texts(progress), zone=settings.site.zone)
    pairs = {each.entry.id: each.article.path for each in matching.matches}
    candidates = {each.entry.id: [one.path for one in each.candidates] for each in matching.doubts}
    for uri in (*candidates, *(each.id for each in matching.without_article)):
        free = [path for path in corpus.by_path if path not in pairs.values()]
        named = [path for path in free if is_named_after(uri, path)]
        likely = [path for path in named if path in candidates.get(uri, named)]
        if len(likely) == 1:
            pairs[uri] = likely[0]
    ambiguous = [
        _ambiguous(each.entry, candidates[each.entry.id])
        for each in matching.doubts
        if each.entry.id not in pairs
    ]
    if ambiguous:
        raise LedgerError(*ambiguous)
    return pairs


def _ambiguous(entry: OldEntry, paths: Iterable[str]) -> Diagnostic:
    return Diagnostic(
        code="entry-ambiguous",
        place=f"“{entry.name}”",
        problem=f"may be {' or '.join(paths)}",
        remedy=f'Write id = "{entry.id}" into the metadata of the right one, and try again.',
    )
