"""`feedpub add`: a page, a text or a list of links becomes articles."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import ConfigError, Diagnostic, PageError
from ..files import file_diagnostic
from . import clock
from .add_report import print_additions
from .console import Verbosity, reporting_errors
from .editor import open_in_editor
from .exit_code import DONE, LEFT_OUT
from .options import ConfigOption, JsonOption, QuietOption, clients_of, settings_of
from .progress import AddingBar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from ..add.add import AddResult
    from ..add.adder import AddOptions
    from ..add.fetch import PageFetcher
    from ..http.client import ClientFactory
    from ..settings import Settings

MAX_INPUT = 50_000_000
"""Bytes of a file or a paste: a page with all its pictures in it has some ten million."""

STDIN = "-"
_NO_FILE = "Name a file, or an address that begins with https:// or http://."
_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What may be fetched: the pages of a list too, and what is in private networks; with what."""

    clients: ClientFactory
    fetch_links: bool
    allow_private: bool

    def fetcher(self) -> PageFetcher:
        """What fetches pages within that."""
        from ..add.connections import any_address, is_public
        from ..add.fetch import PageFetcher

        return PageFetcher(self.clients, allowed=any_address if self.allow_private else is_public)


def add(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="[ADDRESS]", help="An http(s) address, a file, or - for what is piped in."
        ),
    ] = "",
    config: ConfigOption = Path("config.toml"),
    note: Annotated[str, typer.Option(help="Your own words above the text, in Markdown.")] = "",
    tag: Annotated[list[str] | None, typer.Option(help="A tag; may be said several times.")] = None,
    title: Annotated[str, typer.Option(help="The title, in place of what is found.")] = "",
    date: Annotated[str, typer.Option(help="When it was published.")] = "",
    summary_only: Annotated[
        bool, typer.Option("--summary-only", help="Take a summary and the link, not the text.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Take a page again that is an article already.")
    ] = False,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Of a list, take the pages too, not only the links.")
    ] = False,
    sources: Annotated[
        bool,
        typer.Option("--sources", help="Add what is new in the feeds that [[source]] names."),
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from networks of your own, too.")
    ] = False,
    edit: Annotated[
        bool, typer.Option("--open", help="Open the new article in your editor.")
    ] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Add a web page, a pasted text, a saved page, or the links of a list to the articles.

    Lists are bookmarks of a browser, Pinboard, Shaarli or linkding, exports of Pocket, Instapaper,
    Raindrop, Readwise, Omnivore and wallabag, OPML, and feeds. Exit code 0: done. 1: done, but
    something could not be added. 2: the call, the config or the page is wrong. 75: the page can't
    be reached, or another feedpub is at work here.
    """
    now = clock.now()
    verbosity = Verbosity.of(as_json=as_json, quiet=quiet)
    with reporting_errors(verbosity):
        settings = settings_of(config)
        stated = {"note": note, "tags": tag or None, "title": title, "published": date}
        options = _options(settings, stated, summary_only=summary_only, update=update)
        reach = Reach(clients=clients_of(context), fetch_links=fetch, allow_private=allow_private)
        _check_call(what, sources=sources, fetch=fetch)
        if sources:
            result = _add_sources(settings, options, clients_of(context), now)
        else:
            result = _add(settings, what, options, reach, now)
        print_additions(settings, result, verbosity)
        if edit:
            open_in_editor(settings.articles / each.path for each in result.additions)
    raise typer.Exit(LEFT_OUT if result.errors else DONE)


def _options(
    settings: Settings, stated: Mapping[str, object], *, summary_only: bool, update: bool
) -> AddOptions:
    from ..add.adder import AddOptions
    from ..metadata import read_metadata
    from ..parsing.values import Place

    metadata, errors = read_metadata(stated, Place(name="feedpub add"), settings.site)
    if errors:
        raise ConfigError(*errors)
    return AddOptions(stated=metadata, summary_only=summary_only, update=update)


def _check_call(what: str, *, sources: bool, fetch: bool) -> None:
    if not what and not sources:
        problem, remedy = "says nothing to add", "Name an address, a file, - or --sources."
    elif sources and what:
        problem, remedy = "names --sources and something else", "Add one after the other."
    elif sources and fetch:
        problem, remedy = "makes link posts of sources, without pages", "Leave --fetch out."
    else:
        return
    raise ConfigError(
        Diagnostic(code="call-invalid", place="feedpub add", problem=problem, remedy=remedy)
    )


def _add_sources(
    settings: Settings, options: AddOptions, clients: ClientFactory, now: datetime
) -> AddResult:
    from ..add.sources import add_from_sources
    from ..run_lock import one_at_a_time

    with one_at_a_time(settings.root, doing="add", now=now), AddingBar() as bar:
        return add_from_sources(settings, options, clients, now=now, progress=bar)


def _add(
    settings: Settings, what: str, options: AddOptions, reach: Reach, now: datetime
) -> AddResult:
    from ..add.add import Adding
    from ..run_lock import one_at_a_time

    is_web = _WEB.match(what) is not None
    content = b"" if is_web else _read(what)
    with one_at_a_time(settings.root, doing="add", now=now), AddingBar() as bar:
        adding = Adding(
            settings=settings,
            options=options,
            fetcher=reach.fetcher,
            fetch_links=reach.fetch_links,
            now=now,
            progress=bar,
        )
        if is_web:
            return adding.address(what)
        return adding.content(content, "the paste" if what == STDIN else what)


def _read(what: str) -> bytes:
    try:
        with sys.stdin.buffer if what == STDIN else Path(what).open("rb") as stream:
            content = stream.read(MAX_INPUT + 1)
    except OSError as error:
        raise PageError(file_diagnostic(what, "read", error, _NO_FILE)) from None
    if len(content) > MAX_INPUT:
        problem = f"is larger than {MAX_INPUT // 1_000_000} MB"
        raise PageError(Diagnostic(code="file-too-large", place=what, problem=problem))
    return content
