"""`feedpub pull`: the ledger back from a host."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ..errors import TargetError
from ..text.wording import counted
from . import clock
from .console import print_error, reporting_errors
from .exit_code import code_of, worst
from .options import ConfigOption, clients_of, settings_of


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
    from ..hosts.push.targets import fetch_ledger, select_targets
    from ..ledger.merge import merge_into
    from ..run_lock import one_at_a_time
    from ..settings import LEDGER_FILE

    failed: list[int] = []
    with reporting_errors():
        settings = settings_of(config)
        targets = select_targets(settings, target or ())
        with one_at_a_time(settings.root, doing="pull", now=clock.now()):
            for each in targets:
                try:
                    there = fetch_ledger(each, Credentials(os.environ), clients_of(context))
                except TargetError as error:
                    print_error(error)
                    failed.append(code_of(error))
                    continue
                new = merge_into(settings.ledger_file, there)
                what = f"{counted(new, 'line')} merged into {LEDGER_FILE}" if new else "nothing new"
                typer.echo(f"{each.name or each.url}: {what}")
    if len(failed) < len(targets):
        typer.echo("Run `feedpub build` next.")
    raise typer.Exit(worst(failed))
