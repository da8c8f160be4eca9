"""`feedpub pull`: the ledger back from a host."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..text.wording import counted
from . import clock
from .console import print_error, reporting_errors
from .exit_code import code_of, worst
from .options import ConfigOption, clients_of, settings_of

if TYPE_CHECKING:
    from ..hosts.push.results import PullResult


def pull(
    context: typer.Context,
    config: ConfigOption = Path("config.toml"),
    target: Annotated[
        list[str] | None,
        typer.Option("--target", metavar="NAME", help="Pull from this one only; may be repeated."),
    ] = None,
) -> None:
    """Merge what the hosts know of ids and dates into the ledger here.

    Exit code 0: done. 2: the call, the config or the password is wrong. 75: a host is out of reach;
    try again later.
    """
    from ..hosts.credentials import Credentials
    from ..hosts.push.targets import pull_all, select_targets
    from ..run_lock import one_at_a_time

    results: list[PullResult] = []
    with reporting_errors():
        settings = settings_of(config)
        targets = select_targets(settings, target or ())
        with one_at_a_time(settings.root, doing="pull", now=clock.now()):
            credentials = Credentials(os.environ)
            for result in pull_all(settings, targets, credentials, clients_of(context)):
                _print_result(result)
                results.append(result)
    if any(result.error is None for result in results):
        typer.echo("Run `feedpub build` next.")
    raise typer.Exit(worst(code_of(result.error) for result in results if result.error))


def _print_result(result: PullResult) -> None:
    from ..settings import LEDGER_FILE

    if result.error is not None:
        print_error(result.error)
        return
    lines = counted(result.new_lines, "line")
    what = f"{lines} merged into {LEDGER_FILE}" if result.new_lines else "nothing new"
    typer.echo(f"{result.target.name or result.target.url}: {what}")
