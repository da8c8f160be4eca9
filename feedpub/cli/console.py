"""The output of every command: how much of it, its errors, its JSON, and wording that all use."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Literal

import typer

from ..errors import FeedpubError
from .exit_code import code_of

if TYPE_CHECKING:
    from rich.console import Console

    from ..model import Record

SHOWN = 10
"""Lines of a list that are printed where not all are asked for, so that a report fits a screen."""


class Verbosity(Enum):
    """How much a command prints: JSON for a program, errors only, results, or every detail."""

    JSON = auto()
    QUIET = auto()
    NORMAL = auto()
    VERBOSE = auto()

    @classmethod
    def of(cls, *, as_json: bool, quiet: bool = False, verbose: bool = False) -> Verbosity:
        """The one that the options of a command ask for."""
        if as_json:
            return cls.JSON
        if quiet:
            return cls.QUIET
        return cls.VERBOSE if verbose else cls.NORMAL


@contextmanager
def reporting_errors(verbosity: Verbosity = Verbosity.NORMAL) -> Iterator[None]:
    """Ends the command with a sentence and an exit code where a FeedpubError stops it."""
    try:
        yield
    except FeedpubError as error:
        print_error(error, verbosity)
        raise typer.Exit(code_of(error)) from None


def print_error(error: FeedpubError, verbosity: Verbosity = Verbosity.NORMAL) -> None:
    """Says why nothing could be done."""
    if verbosity is Verbosity.JSON:
        print_json({"errors": error.diagnostics})
        return
    for diagnostic in error.diagnostics:
        typer.echo(str(diagnostic), err=True)


def print_json(value: object) -> None:
    """Prints `value` for a program; it may hold frozen dataclasses and times in UTC."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        from ..parsing.dates import in_utc

        return in_utc(value)
    return {each.name: getattr(value, each.name) for each in fields(value)}  # type: ignore[arg-type]


def named(record: Record) -> str:
    """An entry by its path and id; the path may be unknown."""
    return f"{record.path} ({record.id})" if record.path else record.id


def terminal(*, stderr: bool = False) -> Console:
    """A Rich console on stdout or stderr; with NO_COLOR set (no-color.org) it is plain text."""
    from rich.console import Console

    # Rich drops colours then, but not bold and dim.
    color_system: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
    return Console(highlight=False, stderr=stderr, color_system=color_system)
