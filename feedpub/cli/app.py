"""The commands, and what happens to the errors that reach the top."""

from __future__ import annotations

import os
import sys
from errno import EDQUOT, EIO, ENOSPC
from typing import Annotated, NoReturn

import typer

from ..files import os_error_reason
from ..version import VERSION
from .adopt import adopt
from .build import build
from .exit_code import LEFT_OUT
from .init import init
from .ledger import ledger
from .process_setup import leave_other_encodings, open_closed_streams
from .publish import publish
from .pull import pull
from .push import push
from .retract import restore, retract
from .schedule import schedule
from .status import status
from .verify import verify

UNWRITABLE = (EDQUOT, EIO, ENOSPC)
"""A disk is full, or a terminal is gone; doors tell what happens to files of their own."""

app = typer.Typer(
    help="Turns a folder of curated articles into feeds that people subscribe to.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",  # fits paragraphs to the terminal
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(init)
app.command()(build)
app.command()(publish)
app.command()(push)
app.command()(pull)
app.command()(status)
app.command()(verify)
app.command()(retract)
app.command()(restore)
app.command()(schedule)
app.command()(adopt)
app.add_typer(ledger, name="ledger")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"feedpub {VERSION}")
        raise typer.Exit


@app.callback()
def feedpub(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """Turns a folder of curated articles into feeds that people subscribe to."""


def run() -> None:
    """What the console script calls."""
    open_closed_streams()
    leave_other_encodings()
    try:
        app()
    except BrokenPipeError:
        # Whoever read our output has gone.
        _end_without_the_rest()
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        typer.echo(f"feedpub: what it says can't be written: {os_error_reason(error)}", err=True)
        _end_without_the_rest()


def _end_without_the_rest() -> NoReturn:
    # The interpreter must not try to write it.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(LEFT_OUT)
