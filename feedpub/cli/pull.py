"""`feedpub pull`: the ledger back from a host."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ..errors import BusyError, FeedpubError, TargetError, UnreachableError
from . import clock
from .options import ConfigOption, settings_of
from .push import LATER, WRONG, worst
from .report import Loudness, counted, tell_error


def pull(
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
    from ..credentials import Credentials
    from ..delivery import chosen_targets, fetch_ledger
    from ..ledger import FILE
    from ..pull import merge_into
    from ..running import one_at_a_time

    failed: list[int] = []
    try:
        settings = settings_of(config)
        targets = chosen_targets(settings, target or ())
        with one_at_a_time(settings.root, doing="pull", now=clock.now()):
            for each in targets:
                try:
                    there = fetch_ledger(each, Credentials(os.environ))
                except TargetError as error:
                    failed.append(_tell(error))
                    continue
                new = merge_into(settings.root / FILE, there)
                what = f"{counted(new, 'line')} merged into {FILE}" if new else "nothing new"
                typer.echo(f"{each.name or each.url}: {what}")
    except FeedpubError as error:
        raise typer.Exit(_tell(error)) from None
    if len(failed) < len(targets):
        typer.echo("Run `feedpub build` next.")
    raise typer.Exit(worst(failed))


def _tell(error: FeedpubError) -> int:
    tell_error(error, Loudness.NORMAL)
    return LATER if isinstance(error, BusyError | UnreachableError) else WRONG
