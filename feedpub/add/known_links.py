"""Which article of a folder has which link, so that no page is added twice."""

from __future__ import annotations

from collections.abc import Iterable

from ..adopt.scoring import normalised_link
from ..model import Article


class KnownLinks:
    """The paths of articles by their links, without what does not tell pages apart."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._paths: dict[str, str] = {}
        for article in articles:
            self.add(article.path, article.metadata.link or "")

    def add(self, path: str, *links: str) -> None:
        """From now on the article at `path` is known by these links."""
        for link in filter(None, links):
            self._paths.setdefault(normalised_link(link), path)

    def path(self, *links: str) -> str:
        """The path of the article that has one of `links`, "" if none has."""
        paths = (self._paths.get(normalised_link(link), "") for link in links if link)
        return next(filter(None, paths), "")
