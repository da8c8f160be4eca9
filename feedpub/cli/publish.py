"""`feedpub publish`: build, then push; the one line for cron."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import BusyError, ConfigError, Diagnostic, Severity
from ..files import file_diagnostic
from ..reminders import REMINDERS_FILE, read_reminders, write_reminders
from . import clock
from .console import print_json
from .exit_code import DONE, LATER, LEFT_OUT, WRONG, worst
from .log import LogFormat, open_log
from .options import ConfigOption, JsonOption, clients_of, settings_of
from .push_report import result_as_json, result_code

if TYPE_CHECKING:
    from ..http.client import ClientFactory
    from ..publish import PublishResult


def publish(
    context: typer.Context,
    config: ConfigOption = Path("config.toml"),
    once_a_day: Annotated[
        bool,
        typer.Option(
            "--once-a-day",
            help="Report a problem that stays as it is once a day, and say when it is solved.",
        ),
    ] = False,
    as_json: JsonOption = False,
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
        reporter = _reporter(log, config, now, as_json=as_json, once_a_day=once_a_day)
        for result in _results(config, clients_of(context), earlier, now):
            reporter.report(result)
        code = _code(result)
        reporter.end(result, code)
    raise typer.Exit(code)


def _results(
    config: Path, clients: ClientFactory, earlier: tuple[Diagnostic, ...], now: datetime
) -> Iterator[PublishResult]:
    """What the run has come to after each step; one at least."""
    from ..hosts.credentials import Credentials
    from ..publish import PublishResult
    from ..publish import publish as publish_in_steps

    yield PublishResult(earlier=earlier)
    try:
        settings = settings_of(config)
    except ConfigError as error:
        yield PublishResult(earlier=earlier, error=error)
    else:
        yield from publish_in_steps(
            settings, Credentials(os.environ), clients, now=now, earlier=earlier
        )


def _reporter(
    log: logging.Logger, config: Path, now: datetime, *, as_json: bool, once_a_day: bool
) -> _Reporter:
    if as_json:
        return _JsonReporter(log)
    if once_a_day:
        return _DailyReporter(log, config if config.is_dir() else config.parent, now)
    return _Reporter(log)


class _Reporter:
    """Prints what a run has to say: problems to stderr, news to stdout; the log gets all of it."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._notes = 0
        self._problems = 0

    def report(self, result: PublishResult) -> None:
        """Reports what was not part of an earlier result of the same run."""
        for note in result.build.notes[self._notes :]:
            level = logging.WARNING if note.severity is Severity.WARNING else logging.INFO
            self._log.log(level, "%s: %s", note.severity, note)
        for sentence in result.problems[self._problems :]:
            self._log.error(sentence)
            self._print_problem(sentence)
        self._notes, self._problems = len(result.build.notes), len(result.problems)

    def end(self, result: PublishResult, code: int) -> None:
        """Reports in one line what was published."""
        line = "; ".join(result.news)
        self._log.info("done, exit code %s: %s", code, line or "nothing new")
        if result.healthcheck_problem:
            self._log.warning(result.healthcheck_problem)
        self._print_end(result, line, code)

    def _print_problem(self, sentence: str) -> None:
        typer.echo(sentence, err=True)

    def _print_end(self, result: PublishResult, line: str, code: int) -> None:  # noqa: ARG002
        if line:
            typer.echo(line)
        if result.healthcheck_problem:
            self._print_problem(f"warning: {result.healthcheck_problem}")


class _DailyReporter(_Reporter):
    """Prints a problem when it is new, once a day while it stays, and when it is solved."""

    def __init__(self, log: logging.Logger, root: Path, now: datetime) -> None:
        super().__init__(log)
        self._root = root
        self._now = now
        self._reminders = read_reminders(root)

    def _print_problem(self, sentence: str) -> None:
        if self._reminders.is_due(sentence, self._now):
            super()._print_problem(sentence)

    def _print_end(self, result: PublishResult, line: str, code: int) -> None:
        super()._print_end(result, line, code)
        # A run that was stopped does not know whether the rest is solved.
        if result.error is not None:
            return
        problems = list(result.problems)
        if result.healthcheck_problem:
            problems.append(f"warning: {result.healthcheck_problem}")
        for sentence in self._reminders.solved(problems):
            typer.echo(f"solved: {sentence}")
        try:
            write_reminders(self._root, self._reminders.after(problems, self._now))
        except OSError as error:
            # Then everything is reported again, as without the option.
            self._log.warning(str(file_diagnostic(self._root / REMINDERS_FILE, "written", error)))


class _JsonReporter(_Reporter):
    """Prints the whole result as JSON, once the run is over."""

    def _print_problem(self, sentence: str) -> None:
        pass

    def _print_end(self, result: PublishResult, line: str, code: int) -> None:
        print_json(_as_json(result) | {"summary": line, "exit_code": code})


def _as_json(result: PublishResult) -> dict[str, object]:
    stopped = result.error.diagnostics if result.error else ()
    return {
        "sources": {"added": result.added, "errors": result.unread},
        "build": result.build,
        "targets": [result_as_json(each) for each in result.pushes],
        "errors": (*result.earlier, *stopped),
        "healthcheck_problem": result.healthcheck_problem,
    }


def _code(result: PublishResult) -> int:
    codes = [DONE, *map(result_code, result.pushes)]
    if result.unread or result.build.left_out or result.build.missing:
        codes.append(LEFT_OUT)
    if isinstance(result.error, BusyError):
        codes.append(LATER)
    elif result.earlier or result.error:
        codes.append(WRONG)
    return worst(codes)
