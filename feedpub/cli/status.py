"""`feedpub status`: what each article and feed is, and what the next build would do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import clock
from .console import Verbosity, print_json, reporting_errors, terminal
from .options import ConfigOption, settings_of
from .progress import ReadingBar

if TYPE_CHECKING:
    from ..ledger.store import Event
    from ..settings import Settings
    from ..status.folder_status import Status


def status(
    article: Annotated[
        str, typer.Argument(metavar="[FILE]", help="Tell the history of this one: a path or an id.")
    ] = "",
    config: ConfigOption = Path("config.toml"),
    everything: Annotated[
        bool, typer.Option("--all", help="Cut nothing, however long the tables are.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all of it as JSON, for a program.")
    ] = False,
) -> None:
    """Say what is published, what is not and why, and what the next build would do.

    Writes nothing. Exit code 0: done. 2: the call, the config or the folder is wrong.
    """
    with reporting_errors(Verbosity.of(as_json=as_json)):
        settings = settings_of(config)
        events, found = _look(settings)
        if article:
            _print_article(article, settings, events, found, as_json=as_json)
        else:
            _print_all(settings, found, as_json=as_json, everything=everything)


def _look(settings: Settings) -> tuple[Sequence[Event], Status]:
    from ..folder_state import decide_folder
    from ..ledger.store import newest_states, read_events
    from ..status.folder_status import compose_status

    now = clock.now()
    events = read_events(settings.ledger_file)
    with ReadingBar() as bar:
        state = decide_folder(settings, newest_states(events), now=now, progress=bar)
    return events, compose_status(settings, state, now=now)


def _print_all(settings: Settings, found: Status, *, as_json: bool, everything: bool) -> None:
    if as_json:
        from .status_json import status_json

        print_json(status_json(found))
    elif sys.stdout.isatty():
        from .status_screen import print_status

        print_status(found, settings, terminal(), everything=everything)
    else:
        from .status_lines import status_lines

        for line in status_lines(found, settings.site.zone):
            typer.echo(line)


def _print_article(
    name: str, settings: Settings, events: Sequence[Event], found: Status, *, as_json: bool
) -> None:
    from ..articles.folder import paths_meant
    from ..status.article_status import find_article
    from ..status.history import entry_history
    from .status_json import article_json
    from .status_lines import article_lines

    article = find_article(paths_meant(name, settings.articles), found.articles, events)
    past = entry_history(article.id, events)
    ahead = tuple(each for each in found.next_build.changes if each.path == article.path)
    if as_json:
        print_json(article_json(article, past, ahead))
        return
    for line in article_lines(article, past, ahead, settings.site.zone):
        typer.echo(line)
