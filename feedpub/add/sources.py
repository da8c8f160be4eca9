"""Link posts of what is new in the feeds that `[[source]]` names, each entry once, for ever."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, tzinfo

from ..errors import ConfigError, Diagnostic, FeedpubError, PageError
from ..http.client import ClientFactory
from ..progress import Progress
from ..settings import FeedSource, Settings
from .add import AddResult, check_options
from .adder import Adder, Addition, AddOptions, AddOutcome
from .connections import any_address
from .fetch import Download, PageFetcher
from .handled import SOURCES_FILE, HandledEntries, HandledEntry, append_handled, read_handled
from .lists import LinkList, ListedLink, read_list


def add_from_sources(
    settings: Settings,
    options: AddOptions,
    clients: ClientFactory,
    *,
    now: datetime,
    progress: Progress,
) -> AddResult:
    """Adds a link post for each entry that is new in a source; the folder must be locked.

    An entry is new until it was handled once, be its article deleted since; one whose link an
    article has is handled with that. A source that can't be read is an
    error of the result. Raises ConfigError where there is no source, PageError where `options` do
    not fit, OutputError and LedgerError.
    """
    if not settings.sources:
        problem = "names no [[source]] to add from"
        remedy = 'Write [[source]] and feed = "https://…", the feed of what you star.'
        raise ConfigError(
            Diagnostic(
                code="source-missing", place=settings.file.name, problem=problem, remedy=remedy
            )
        )
    check_options(options, "what the sources have", with_pages=False)
    # Whoever writes config.toml may name what is in a network of their own.
    fetcher = PageFetcher(clients, allowed=any_address)
    file = settings.root / SOURCES_FILE
    adder = Adder(settings, options, now=now)
    results: list[AddResult] = []
    for number, source in enumerate(settings.sources, 1):
        try:
            links = _read(fetcher.get(source.url), settings.site.zone)
        except FeedpubError as error:
            results.append(AddResult(errors=error.diagnostics))
        else:
            new = _new(source, links.links, read_handled(file))
            additions = tuple(adder.link(_tagged(link, source)) for link in new)
            # Written after the articles: whoever is killed between finds them by their links.
            append_handled(file, (_entry(source, link) for link in new), now)
            results.append(AddResult(additions=_added(additions), notes=links.diagnostics))
        progress(number, len(settings.sources))
    return _all(results)


def _read(download: Download, zone: tzinfo) -> LinkList:
    links = read_list(download.content, download.asked, zone=zone)
    if links is None:
        problem, remedy = "is no feed and no list of links", "Correct [[source]] in config.toml."
        raise PageError(
            Diagnostic(code="not-a-feed", place=download.asked, problem=problem, remedy=remedy)
        )
    return links


def _new(
    source: FeedSource, links: Iterable[ListedLink], handled: HandledEntries
) -> tuple[ListedLink, ...]:
    return tuple(link for link in links if _entry(source, link) not in handled)


def _entry(source: FeedSource, link: ListedLink) -> HandledEntry:
    return HandledEntry(source=source.url, id=link.id, link=link.link)


def _tagged(link: ListedLink, source: FeedSource) -> ListedLink:
    return replace(link, tags=tuple(dict.fromkeys((*link.tags, *source.tags))))


def _added(additions: Iterable[Addition]) -> tuple[Addition, ...]:
    return tuple(each for each in additions if each.outcome is AddOutcome.ADDED)


def _all(results: Iterable[AddResult]) -> AddResult:
    parts = tuple(results)
    return AddResult(
        additions=tuple(addition for part in parts for addition in part.additions),
        errors=tuple(error for part in parts for error in part.errors),
        notes=tuple(note for part in parts for note in part.notes),
    )
