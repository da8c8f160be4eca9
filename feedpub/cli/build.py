"""`feedpub build`: articles to the feeds in the output folder."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import Severity, with_severity
from . import clock
from .build_report import left_out, print_report
from .build_result import BuildResult, Outcome
from .console import Verbosity, reporting_errors
from .exit_code import DONE, LEFT_OUT
from .options import ConfigOption, JsonOption, QuietOption, settings_of
from .progress import ReadingBar

if TYPE_CHECKING:
    from ..folder_state import FolderState
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

    Exit code 0: done. 1: done, but an article was left out (with --strict: nothing was written), or
    there is none yet.
    2: the call, the config or the folder is wrong, and nothing was written. 75: another feedpub is
    at work here; try again later.
    """
    now = clock.now()
    verbosity = Verbosity.of(as_json=as_json, quiet=quiet, verbose=verbose)
    with reporting_errors(verbosity):
        settings = settings_of(config)
        if dry_run:
            result = _plan(settings, now)
        else:
            result = _build(settings, now, strict=strict, ask=_may_ask(verbosity))
    print_report(settings, result, verbosity)
    is_whole = result.build.state.has_begun and not left_out(result.build)
    raise typer.Exit(DONE if is_whole else LEFT_OUT)


def _may_ask(verbosity: Verbosity) -> bool:
    return verbosity in (Verbosity.NORMAL, Verbosity.VERBOSE) and sys.stdin.isatty()


def _plan(settings: Settings, now: datetime) -> BuildResult:
    from ..build import compare_build, prepare_build

    with ReadingBar() as bar:
        build = prepare_build(settings, now=now, progress=bar)
    return BuildResult(outcome=Outcome.PLANNED, build=build, written=compare_build(settings, build))


def _build(settings: Settings, now: datetime, *, strict: bool, ask: bool) -> BuildResult:
    from ..build import compare_build, render_build, write_build
    from ..run_lock import one_at_a_time

    with one_at_a_time(settings.root, doing="build", now=now):
        state = _decided(settings, now)
        if ask and not (strict and with_severity(state.diagnostics, Severity.ERROR)):
            state = _after_questions(settings, state, now)
        build = render_build(settings, state)
        if strict and left_out(build):
            written = compare_build(settings, build)
            return BuildResult(outcome=Outcome.REFUSED, build=build, written=written)
        written = write_build(settings, build)
    return BuildResult(outcome=Outcome.WRITTEN, build=build, written=written)


def _decided(settings: Settings, now: datetime) -> FolderState:
    from ..folder_state import decide_folder
    from ..ledger.store import read_ledger

    ledger = read_ledger(settings.ledger_file)
    with ReadingBar() as bar:
        return decide_folder(settings, ledger, now=now, progress=bar)


def _after_questions(settings: Settings, state: FolderState, now: datetime) -> FolderState:
    """Asks what is meant by each file that is gone, and decides again if an entry is withdrawn."""
    from ..retract import withdraw_entry

    withdrawn = [
        path
        for path in state.decision.gone
        if typer.confirm(f"{path} is gone. Withdraw its entry for good?", default=False)
    ]
    for path in withdrawn:
        withdraw_entry(settings, state.ledger, path, reason="", now=now)
    return _decided(settings, now) if withdrawn else state
