"""The table of commands, and the errors of the terminal or pipe that they print to."""

from __future__ import annotations

import os
import sys
from errno import EDQUOT, EIO, ENOSPC
from typing import Annotated, NoReturn

import typer

from ..files import os_error_reason
from ..version import VERSION
from .add import add
from .adopt import adopt
from .build import build
from .exit_code import LEFT_OUT
from .init import init
from .ledger import ledger
from .process_setup import open_closed_streams, respect_no_color, restart_in_utf8_mode
from .publish import publish
from .pull import pull
from .push import push
from .retract import restore, retract
from .schedule import schedule
from .show import show
from .status import status
from .verify import verify

OUTPUT_ERRORS = (EDQUOT, EIO, ENOSPC)
"""The disk below a redirected stdout is full, or the terminal is gone. Errors of other files never
come here as OSError: whatever opens a file reports them."""

app = typer.Typer(
    help="Turns a folder of curated articles into feeds that people subscribe to.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",  # fits paragraphs to the terminal
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(init)
app.command()(add)
app.command()(build)
app.command()(publish)
app.command()(push)
app.command()(pull)
app.command()(status)
app.command()(show)
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
    """Runs the command that the arguments of the process name; the entry point of the package."""
    open_closed_streams()
    restart_in_utf8_mode()
    respect_no_color()
    try:
        app()
    except BrokenPipeError:
        _discard_output_and_exit()
    except OSError as error:
        if error.errno not in OUTPUT_ERRORS:
            raise
        typer.echo(f"feedpub: what it says can't be written: {os_error_reason(error)}", err=True)
        _discard_output_and_exit()


def _discard_output_and_exit() -> NoReturn:
    # The interpreter flushes stdout when it exits, and would fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(LEFT_OUT)
