"""`feedpub adopt`: takes over the ids and dates of a feed that another program made."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Severity, with_severity
from . import clock
from .adoption_report import print_adoption, print_plan
from .console import Verbosity, reporting_errors
from .exit_code import DONE, LEFT_OUT
from .options import ConfigOption, clients_of, settings_of
from .progress import ReadingBar

if TYPE_CHECKING:
    from datetime import datetime

    from ..http.client import ClientFactory
    from ..settings import Settings


def adopt(
    context: typer.Context,
    feed: Annotated[
        str, typer.Argument(metavar="FEED", help="The old feed: a file or an http(s) address.")
    ],
    config: ConfigOption = Path("config.toml"),
    yes: Annotated[
        bool, typer.Option("--yes", help="Write the ids and dates into the ledger.")
    ] = False,
    make_articles: Annotated[
        bool, typer.Option("--import", help="Make article files of entries that have none.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what is found as JSON, for a program.")
    ] = False,
) -> None:
    """Take over the ids and dates of an old feed, so that its subscribers see nothing new.

    Without --yes it shows what is which article, and writes nothing. Exit code 0: done. 1: done,
    but some entries are in doubt or an article can't be read. 2: the call, the config or the feed
    is wrong. 75: the feed can't be reached, or another feedpub is at work here.
    """
    now = clock.now()
    verbosity = Verbosity.of(as_json=as_json)
    with reporting_errors(verbosity):
        code = _adopt(
            settings_of(config),
            feed,
            clients_of(context),
            now,
            verbosity,
            yes=yes,
            make_articles=make_articles,
        )
    raise typer.Exit(code)


def _adopt(
    settings: Settings,
    feed: str,
    clients: ClientFactory,
    now: datetime,
    verbosity: Verbosity,
    *,
    yes: bool,
    make_articles: bool,
) -> int:
    from ..adopt.adoption import plan_adoption, write_adoption
    from ..adopt.fetch import fetch
    from ..adopt.read import read_feed
    from ..run_lock import one_at_a_time

    old = read_feed(fetch(feed, clients), zone=settings.site.zone)
    lock = one_at_a_time(settings.root, doing="adopt", now=now) if yes else nullcontext()
    with lock:
        with ReadingBar() as bar:
            plan = plan_adoption(settings, old, now=now, progress=bar)
        print_plan(settings, plan, verbosity)
        imports = plan.importable if make_articles else ()
        result = write_adoption(settings, plan, imports, now=now) if yes else None
    print_adoption(plan, imports, result, verbosity)
    if result is None:
        return DONE
    errors = with_severity((*plan.diagnostics, *result.diagnostics), Severity.ERROR)
    return LEFT_OUT if errors or plan.matching.doubts else DONE
