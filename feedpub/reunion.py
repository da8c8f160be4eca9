"""Which entry that our own feeds show is which article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .adopt.evidence import Readable
from .adopt.match import match
from .adopt.old_feed import OldEntry
from .articles.folder import find_articles
from .articles.read import Reader
from .errors import ArticleError, Fault, LedgerError
from .formats.reading import ShownEntry
from .identity import is_named_after
from .model import Article, Settings
from .progress import Progress
from .safe_html import safe


class Desk:
    """The articles, and their texts once they are needed."""

    def __init__(self, settings: Settings) -> None:
        files, unusable = find_articles(settings.articles)
        self.faults = [*unusable]
        self.by_path: dict[str, Article] = {}
        self._reader = Reader(settings)
        self._files = {file.path: file for file in files}
        for path, file in self._files.items():
            try:
                self.by_path[path] = self._reader.article(file)
            except ArticleError as error:
                self.faults.extend(error.faults)

    @property
    def articles(self) -> Sequence[Article]:
        """Those that can be read."""
        return tuple(self.by_path.values())

    def html(self, path: str) -> str:
        """The text of an article; raises ArticleError."""
        markup = self._reader.markup(self._files[path])
        return safe(markup.html, base=markup.base, id_prefix="")

    def readables(self, progress: Progress) -> Iterator[Readable]:
        """All of them with their texts, one by one."""
        for number, (path, article) in enumerate(self.by_path.items(), 1):
            yield Readable(article=article, html=self.html(path))
            progress(number, len(self.by_path))


def pair(
    entries: Sequence[ShownEntry], desk: Desk, settings: Settings, progress: Progress
) -> dict[str, str]:
    """The path of each entry's article, by id: known by link, title, date and text, else by the
    name that its id was made of. Raises LedgerError where an entry may be one of several."""
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
    matching = match(old, desk.readables(progress), zone=settings.site.zone)
    pairs = {each.entry.id: each.article.path for each in matching.matches}
    unsure = {each.entry.id: [one.path for one in each.candidates] for each in matching.doubts}
    for uri in (*unsure, *(each.id for each in matching.without_article)):
        free = [path for path in desk.by_path if path not in pairs.values()]
        named = [path for path in free if is_named_after(uri, path)]
        likely = [path for path in named if path in unsure.get(uri, named)]
        if len(likely) == 1:
            pairs[uri] = likely[0]
    doubts = [
        _doubt(each.entry, unsure[each.entry.id])
        for each in matching.doubts
        if each.entry.id not in pairs
    ]
    if doubts:
        raise LedgerError(*doubts)
    return pairs


def _doubt(entry: OldEntry, paths: Iterable[str]) -> Fault:
    return Fault(
        place=f"“{entry.name}”",
        problem=f"may be {' or '.join(paths)}",
        remedy=f'Write id = "{entry.id}" into the metadata of the right one, and try again.',
    )
