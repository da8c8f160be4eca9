"""`feedpub push`: what stands in the output folder to the hosts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import clock
from .console import Verbosity, reporting_errors
from .options import ConfigOption, JsonOption, QuietOption, clients_of, settings_of
from .progress import SendingBar
from .push_report import print_plans, print_results

if TYPE_CHECKING:
    from ..http.client import ClientFactory
    from ..settings import Settings


def push(
    context: typer.Context,
    config: ConfigOption = Path("config.toml"),
    target: Annotated[
        list[str] | None,
        typer.Option("--target", metavar="NAME", help="Push to this one only; may be repeated."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent, and send nothing.")
    ] = False,
    print_config: Annotated[
        str,
        typer.Option(metavar="SERVER", help="Print what nginx, apache or caddy should be told."),
    ] = "",
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name every document that is sent.")
    ] = False,
) -> None:
    """Send the feeds to the hosts that config.toml names, and tell the hubs.

    Exit code 0: done. 1: something was refused, or can't be read back. 2: the call, the config or
    the password is wrong. 75: a host is busy or can't be reached; try again later.
    """
    verbosity = Verbosity.of(as_json=as_json, quiet=quiet, verbose=verbose)
    with reporting_errors(verbosity):
        settings = settings_of(config)
        if print_config:
            from ..hosts.server_config import snippet

            typer.echo(snippet(print_config, settings))
            return
        act = _dry_run if dry_run else _push
        code = act(settings, target or [], clients_of(context), verbosity)
    raise typer.Exit(code)


def _push(
    settings: Settings, names: list[str], clients: ClientFactory, verbosity: Verbosity
) -> int:
    from ..hosts.credentials import Credentials
    from ..hosts.push.targets import push_all, select_targets
    from ..run_lock import one_at_a_time

    now = clock.now()
    targets = select_targets(settings, names)
    with one_at_a_time(settings.root, doing="push", now=now), SendingBar() as bar:
        credentials = Credentials(os.environ)
        results = list(push_all(settings, targets, credentials, clients, now=now, progress=bar))
    return print_results(results, verbosity)


def _dry_run(
    settings: Settings, names: list[str], clients: ClientFactory, verbosity: Verbosity
) -> int:
    from ..hosts.credentials import Credentials
    from ..hosts.push.targets import plan_all, select_targets

    targets = select_targets(settings, names)
    credentials = Credentials(os.environ)
    planned_pushes = list(plan_all(settings, targets, credentials, clients, now=clock.now()))
    return print_plans(planned_pushes, verbosity)
