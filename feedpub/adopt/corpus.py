"""The articles that old entries are compared with, and their texts once they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from ..articles.folder import find_articles
from ..articles.read import Reader
from ..entries.render import compose_entry
from ..errors import ArticleError
from ..html import safe
from ..model import Amount, Article, Entry, Record
from ..progress import Progress
from ..settings import Settings
from .evidence import Readable


class ArticleCorpus:
    """The articles, and their texts once they are needed."""

    def __init__(self, settings: Settings) -> None:
        files, unusable = find_articles(settings.articles)
        self.faults = [*unusable]
        self.by_path: dict[str, Article] = {}
        self._site = settings.site
        self._reader = Reader(settings)
        self._files = {file.path: file for file in files}
        for path, file in self._files.items():
            try:
                self.by_path[path] = self._reader.article(file)
            except ArticleError as error:
                self.faults.extend(error.diagnostics)

    @property
    def paths(self) -> Set[str]:
        """All article files, those that can't be read too."""
        return self._files.keys()

    @property
    def articles(self) -> Sequence[Article]:
        """Those that can be read."""
        return tuple(self.by_path.values())

    def html(self, path: str) -> str:
        """The text of an article; raises ArticleError."""
        markup = self._reader.markup(self._files[path])
        return safe(markup.html, base=markup.base, id_prefix="")

    def entry(self, article: Article, record: Record, amount: Amount) -> Entry:
        """What a build would make of it; raises ArticleError."""
        markup = self._reader.markup(self._files[article.path])
        return compose_entry(article, record, markup, site=self._site, amount=amount)

    def readables(
        self, progress: Progress, known: Mapping[str, Record] = MappingProxyType({})
    ) -> Iterator[Readable]:
        """All of them with their texts, one by one, and the ids of their `known` records."""
        for number, (path, article) in enumerate(self.by_path.items(), 1):
            record = known.get(path)
            yield Readable(
                article=article, html=self.html(path), known_id=record.id if record else ""
            )
            progress(number, len(self.by_path))
