"""`feedpub publish`: build, then push; the one line for cron."""

from __future__ import annotations

import contextlib
import logging
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import BusyError, ConfigError, Diagnostic
from . import clock
from .exit_code import DONE, LATER, LEFT_OUT, WRONG, worst
from .log import LogFormat, open_log
from .options import ConfigOption, clients_of, settings_of
from .push_report import result_code

if TYPE_CHECKING:
    from ..http.client import ClientFactory
    from ..publish import PublishResult


def publish(
    context: typer.Context,
    config: ConfigOption = Path("config.toml"),
    log_file: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Keep a log there; it is rotated at 1 MB.")
    ] = None,
    log_format: Annotated[LogFormat, typer.Option(help="How a line of the log is written.")] = (
        LogFormat.TEXT
    ),
) -> None:
    """Build the feeds, then push them if config.toml names a target.

    Silent when nothing changed; one line when something was published. Exit code 0: done. 1: done,
    but something was left out or refused. 2: the call or the config is wrong. 75: another run is at
    work here, or a host can't be reached; try again later.
    """
    now = clock.now()
    earlier: tuple[Diagnostic, ...] = ()
    with contextlib.ExitStack() as stack:
        log = stack.enter_context(open_log(None, log_format))
        try:
            log = stack.enter_context(open_log(log_file, log_format))
        except ConfigError as error:
            earlier = error.diagnostics
        code = _publish(config, clients_of(context), _Reporter(log), earlier, now)
    raise typer.Exit(code)


def _publish(
    config: Path,
    clients: ClientFactory,
    reporter: _Reporter,
    earlier: tuple[Diagnostic, ...],
    now: datetime,
) -> int:
    from ..hosts.credentials import Credentials
    from ..publish import PublishResult
    from ..publish import publish as publish_in_steps

    result = PublishResult(earlier=earlier)
    try:
        settings = settings_of(config)
    except ConfigError as error:
        result = PublishResult(earlier=earlier, error=error)
        reporter.report(result)
    else:
        credentials = Credentials(os.environ)
        for result in publish_in_steps(settings, credentials, clients, now=now, earlier=earlier):
            reporter.report(result)
    return reporter.end(result)


class _Reporter:
    """Says what a run has to say: problems to stderr, news to stdout, and all of it to the log."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._notes = 0
        self._problems = 0

    def report(self, result: PublishResult) -> None:
        """Says what was not said of an earlier result of the same run."""
        for note in result.build.notes[self._notes :]:
            self._log.info("note: %s", note)
        for sentence in result.problems[self._problems :]:
            self._log.error(sentence)
            typer.echo(sentence, err=True)
        self._notes, self._problems = len(result.build.notes), len(result.problems)

    def end(self, result: PublishResult) -> int:
        """Says in one line what was published, and gives the exit code."""
        line = "; ".join(result.news)
        if line:
            typer.echo(line)
        code = _code(result)
        self._log.info("done, exit code %s: %s", code, line or "nothing new")
        if result.healthcheck_problem:
            self._log.warning(result.healthcheck_problem)
            typer.echo(f"warning: {result.healthcheck_problem}", err=True)
        return code


def _code(result: PublishResult) -> int:
    codes = [DONE, *map(result_code, result.pushes)]
    if result.build.left_out:
        codes.append(LEFT_OUT)
    if isinstance(result.error, BusyError):
        codes.append(LATER)
    elif result.earlier or result.error:
        codes.append(WRONG)
    return worst(codes)
