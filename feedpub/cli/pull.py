"""`feedpub pull`: the ledger back from a host."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ..errors import BusyError, FeedpubError, UnreachableError
from . import clock
from .options import ConfigOption, settings_of
from .report import Loudness, counted, tell_error


def pull(
    config: ConfigOption = Path("config.toml"),
    target: Annotated[
        list[str] | None,
        typer.Option("--target", metavar="NAME", help="Pull from this one only; may be repeated."),
    ] = None,
) -> None:
    """Merge what the hosts know of ids and dates into the ledger here.

    Exit code 0: done. 2: the call, the config or the password is wrong. 75: no host in reach.
    """
    from ..credentials import Credentials
    from ..delivery import chosen_targets, fetch_ledger
    from ..ledger import FILE
    from ..pull import merge_into
    from ..running import one_at_a_time

    try:
        settings = settings_of(config)
        targets = chosen_targets(settings, target or ())
        with one_at_a_time(settings.root, doing="pull", now=clock.now()):
            for each in targets:
                new = merge_into(settings.root / FILE, fetch_ledger(each, Credentials(os.environ)))
                what = f"{counted(new, 'line')} merged into {FILE}" if new else "nothing new"
                typer.echo(f"{each.name or each.url}: {what}")
    except FeedpubError as error:
        tell_error(error, Loudness.NORMAL)
        later = isinstance(error, BusyError | UnreachableError)
        raise typer.Exit(75 if later else 2) from None
    typer.echo("Run `feedpub build` next.")
