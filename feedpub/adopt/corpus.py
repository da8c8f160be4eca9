"""The articles that entries of a feed are compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from ..articles.folder import find_articles
from ..articles.read import Reader
from ..entries.dating import stated_date
from ..entries.links import made_link
from ..entries.render import compose_entry
from ..errors import ArticleError, Diagnostic
from ..html import safe
from ..model import Amount, Article, Entry, Record
from ..parsing.dates import start
from ..progress import Progress
from ..settings import Settings
from .scoring import ArticleWithText


class ArticleCorpus:
    """All articles of a folder; their texts are read only when asked for, and not kept.

    `by_path` holds those that can be read, `unreadable` are files that can't, and `diagnostics`
    names those.
    """

    def __init__(self, settings: Settings) -> None:
        files, unusable = find_articles(
            settings.articles, include=settings.include, exclude=settings.exclude
        )
        self.by_path: dict[str, Article] = {}
        self._site = settings.site
        self._link_pattern = settings.link_pattern
        self._reader = Reader(settings)
        self._files = {file.path: file for file in files}
        errors: list[Diagnostic] = []
        for path, file in self._files.items():
            try:
                self.by_path[path] = self._reader.article(file)
            except ArticleError as error:
                errors.extend(error.diagnostics)
        self.unreadable = tuple(each for each in files if each.path not in self.by_path)
        self.diagnostics = (*unusable, *errors)

    @property
    def paths(self) -> Set[str]:
        """The paths of all article files, those that can't be read too."""
        return self._files.keys()

    @property
    def articles(self) -> Sequence[Article]:
        """The articles that can be read."""
        return tuple(self.by_path.values())

    def html(self, path: str) -> str:
        """The text of an article in safe HTML; raises ArticleError."""
        markup = self._reader.markup(self._files[path])
        return safe(markup.html, base=markup.base or self._site.url, id_prefix="")

    def entry(self, article: Article, record: Record, amount: Amount) -> Entry:
        """The entry that a build would compose of the article; raises ArticleError."""
        markup = self._reader.markup(self._files[article.path])
        return compose_entry(article, record, markup, site=self._site, amount=amount)

    def with_texts(
        self, progress: Progress, known: Mapping[str, Record] = MappingProxyType({})
    ) -> Iterator[ArticleWithText]:
        """All articles that can be read, one by one, with their texts; raises ArticleError.

        `known` are the records that the ledger has of them, by path.
        """
        for number, (path, article) in enumerate(self.by_path.items(), 1):
            record = known.get(path)
            yield ArticleWithText(
                article=article,
                html=self.html(path),
                link=self._link(article),
                known_id=record.id if record else "",
            )
            progress(number, len(self.by_path))

    def _link(self, article: Article) -> str:
        """The link that is stated, or that can be made before the article has a record."""
        link, date = article.metadata.link, stated_date(article)
        if link is None and date is not None and self._link_pattern:
            link = made_link(article, start(date), self._link_pattern, self._site.zone)
        return link or ""
