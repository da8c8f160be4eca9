"""`feedpub build`: articles to the feeds in the output folder."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import clock
from .build_report import print_report
from .console import Verbosity, reporting_errors
from .exit_code import DONE, LEFT_OUT
from .options import ConfigOption, JsonOption, QuietOption, settings_of
from .progress import ReadingBar

if TYPE_CHECKING:
    from ..build import Prepared
    from ..settings import Settings


def build(
    config: ConfigOption = Path("config.toml"),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if any article has to be left out.")
    ] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name every article and every line cut.")
    ] = False,
) -> None:
    """Turn the articles into feeds.

    Exit code 0: done. 1: done, but an article was left out (with --strict: nothing was written).
    2: the call, the config or the folder is wrong, and nothing was written. 75: another feedpub is
    at work here; try again later.
    """
    now = clock.now()
    verbosity = Verbosity.of(as_json=as_json, quiet=quiet, verbose=verbose)
    with reporting_errors(verbosity):
        settings = settings_of(config)
        if dry_run:
            faults = _foresee(settings, now, verbosity)
        else:
            faults = _build(settings, now, verbosity, strict=strict)
    raise typer.Exit(LEFT_OUT if faults else DONE)


def _foresee(settings: Settings, now: datetime, verbosity: Verbosity) -> int:
    from ..build import foresee

    prepared = _prepared(settings, now)
    written = foresee(settings, prepared)
    print_report(settings, prepared, written, verbosity, dry_run=True, refused=False)
    return len(prepared.faults)


def _build(settings: Settings, now: datetime, verbosity: Verbosity, *, strict: bool) -> int:
    from ..build import foresee, write
    from ..run_lock import one_at_a_time

    with one_at_a_time(settings.root, doing="build", now=now):
        prepared = _prepared(settings, now)
        refused = strict and bool(prepared.faults)
        if not refused and verbosity in (Verbosity.NORMAL, Verbosity.VERBOSE):
            prepared = _after_questions(settings, prepared, now)
        written = foresee(settings, prepared) if refused else write(settings, prepared)
    print_report(settings, prepared, written, verbosity, dry_run=False, refused=refused)
    return len(prepared.faults)


def _prepared(settings: Settings, now: datetime) -> Prepared:
    from ..build import prepare

    with ReadingBar() as bar:
        return prepare(settings, now=now, progress=bar)


def _after_questions(settings: Settings, prepared: Prepared, now: datetime) -> Prepared:
    """Asks what is meant by each file that is gone, where there is somebody to ask."""
    from ..retract import retract

    if not sys.stdin.isatty():
        return prepared
    withdrawn = [
        path
        for path in prepared.decision.gone
        if typer.confirm(f"{path} is gone. Withdraw its entry for good?", default=False)
    ]
    for path in withdrawn:
        retract(settings, path, reason="", now=now)
    return _prepared(settings, now) if withdrawn else prepared
