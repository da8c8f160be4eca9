"""`feedpub retract` and `feedpub restore`: an entry withdrawn for good, and back again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from . import clock
from .console import named, reporting_errors
from .options import ConfigOption, settings_of

EntryArgument = Annotated[
    str, typer.Argument(metavar="FILE|ID", help="An article, there or gone, or the id of an entry.")
]


def retract(
    entry: EntryArgument,
    reason: Annotated[str, typer.Option(help="Why, for those who have read it.")] = "",
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Withdraw an entry from every feed, for good.

    Its id never comes back, even if the file stays. Atom says that it was deleted, unless
    config.toml says `tombstones = false`. Exit code 0: done. 2: there is no such entry. 75: try
    again later.
    """
    from ..ledger.store import read_ledger
    from ..retract import withdraw_entry
    from ..run_lock import one_at_a_time

    now = clock.now()
    with reporting_errors():
        settings = settings_of(config)
        with one_at_a_time(settings.root, doing="retract", now=now):
            ledger = read_ledger(settings.ledger_file)
            record = withdraw_entry(settings, ledger, entry, reason=reason, now=now)
    typer.echo(f"Withdrawn: {named(record)}.")
    typer.echo("The next `feedpub build` takes it out; `feedpub restore` would bring it back.")


def restore(entry: EntryArgument, config: ConfigOption = Path("config.toml")) -> None:
    """Take the withdrawal of an entry back.

    It has its id and dates again. Exit code 0: done. 2: there is no such entry. 75: try again
    later.
    """
    from ..ledger.store import read_ledger
    from ..retract import has_file, restore_entry
    from ..run_lock import one_at_a_time

    now = clock.now()
    with reporting_errors():
        settings = settings_of(config)
        with one_at_a_time(settings.root, doing="restore", now=now):
            ledger = read_ledger(settings.ledger_file)
            record = restore_entry(settings, ledger, entry, now=now)
            is_back = has_file(settings, record)
    typer.echo(f"Restored: {named(record)}.")
    if is_back:
        typer.echo("The next `feedpub build` publishes it again.")
    else:
        typer.echo("Its file is gone: put it back, and the next `feedpub build` publishes it.")
