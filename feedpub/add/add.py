"""Adds what a curator names: an address, a text, a saved page, or a list of links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from ..articles.naming import KIND_BY_SUFFIX
from ..errors import ArticleError, Diagnostic, FeedpubError, PageError
from ..progress import Progress
from ..settings import Settings
from .adder import Adder, Addition, AddOptions, WebPage, listed_metadata
from .lists import LinkList, ListedLink, read_list
from .page import SavedPage
from .polite import get_politely
from .recognise import recognise
from .web_page import web_page

if TYPE_CHECKING:
    from .fetch import Download, PageFetcher


@dataclass(frozen=True, slots=True, kw_only=True)
class AddResult:
    """What was added, in order; `errors` name what could not be, `notes` what was left out."""

    additions: tuple[Addition, ...] = ()
    errors: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class _Results:
    """Results that come one after the other, `total` in all."""

    progress: Progress
    total: int
    additions: list[Addition] = field(default_factory=list)
    errors: list[Diagnostic] = field(default_factory=list)
    done: int = 0

    def add(self, result: Addition | FeedpubError) -> None:
        if isinstance(result, FeedpubError):
            self.errors += result.diagnostics
        else:
            self.additions.append(result)
        self.done += 1
        self.progress(self.done, self.total)

    def end(self, links: LinkList) -> AddResult:
        return AddResult(
            additions=tuple(self.additions), errors=tuple(self.errors), notes=links.diagnostics
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """Adds one input to the articles of `settings`; the folder must be locked.

    `fetcher` makes what fetches pages, when that is first needed. The pages of a list are fetched
    too if `fetch_links`. Each way raises OutputError, PageError where an input can't be added at
    all, and UnreachableError where trying again later may help.
    """

    settings: Settings
    options: AddOptions
    fetcher: Callable[[], PageFetcher]
    fetch_links: bool
    now: datetime
    progress: Progress

    def content(self, content: bytes, place: str) -> AddResult:
        """Adds what a file or a paste is: a list of links, a saved page, an address, or a text.

        A text has the kind of the file `place`, else it is plain. Raises ArticleError too.
        """
        given = recognise(content, place, zone=self.settings.site.zone)
        if isinstance(given, LinkList):
            return self.links(given, place)
        if isinstance(given, SavedPage):
            return _one(self._adder().page(WebPage.saved(given, place)))
        if given.address:
            return self.address(given.address)
        suffix = PurePath(place).suffix.lower()
        kind = suffix if suffix in KIND_BY_SUFFIX else ".txt"
        return _one(self._adder().paste(given.text, place=place, suffix=kind))

    def address(self, url: str) -> AddResult:
        """Adds the page at `url`, or the links of the list or feed that stands there."""
        adder = self._adder()
        if known := adder.known(url):
            return _one(known)
        download = self.fetcher().get(url)
        links = read_list(download.content, url, zone=self.settings.site.zone)
        return _one(adder.page(web_page(download))) if links is None else self.links(links, url)

    def links(self, links: LinkList, place: str) -> AddResult:
        """Adds each link that no article has: with its page, or as a link post."""
        check_options(self.options, place, with_pages=self.fetch_links)
        adder = self._adder()
        results = _Results(progress=self.progress, total=len(links.links))
        if self.fetch_links:
            for result in _with_pages(adder, links.links, self.fetcher()):
                results.add(result)
        else:
            for link in links.links:
                results.add(adder.link(link))
        return results.end(links)

    def _adder(self) -> Adder:
        return Adder(self.settings, self.options, now=self.now)


def _one(addition: Addition) -> AddResult:
    return AddResult(additions=(addition,))


def _with_pages(
    adder: Adder, links: tuple[ListedLink, ...], fetcher: PageFetcher
) -> Iterator[Addition | FeedpubError]:
    wanted: dict[str, ListedLink] = {}
    for link in links:
        if known := adder.known(link.link):
            yield known
        else:
            wanted[link.link] = link
    for url, download in get_politely(wanted, fetcher.get):
        if isinstance(download, FeedpubError):
            yield download
        else:
            yield _page(adder, download, wanted[url])


def _page(adder: Adder, download: Download, link: ListedLink) -> Addition | FeedpubError:
    try:
        return adder.page(web_page(download), listed_metadata(link))
    except (PageError, ArticleError) as error:
        return error


def check_options(options: AddOptions, place: str, *, with_pages: bool) -> None:
    """Raises PageError where `options` are for one article, or for pages that are not fetched."""
    stated = options.stated
    if stated.title or stated.published or stated.note:
        code, problem = (
            "option-for-one",
            "is a list, and a title, a date or a note is of one article",
        )
        remedy = "Leave them out."
    elif options.update and not with_pages:
        code, problem = "option-for-pages", "is a list of links, of which no page was taken"
        remedy = "Say --fetch too, or leave --update out."
    else:
        return
    raise PageError(Diagnostic(code=code, place=place, problem=problem, remedy=remedy))
