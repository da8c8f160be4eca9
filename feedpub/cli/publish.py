"""`feedpub publish`: build, then push; the one line for cron."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import BusyError, ConfigError, FeedpubError, Severity, with_severity
from ..text.wording import abridged, counted
from . import clock
from .exit_code import DONE, LATER, LEFT_OUT, WRONG, worst
from .log import LogFormat, open_log
from .options import ConfigOption, settings_of
from .push_report import result_code, warnings

if TYPE_CHECKING:
    from datetime import datetime

    from ..build import Build
    from ..hosts.push.targets import PushResult
    from ..output.write import Written
    from ..settings import Settings

FEW = 5


@dataclass(slots=True)
class Run:
    """What a run has to say: trouble goes to stderr, news to stdout, and all of it to the log."""

    log: logging.Logger
    codes: list[int] = field(default_factory=lambda: [DONE])
    news: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def add_trouble(self, sentence: str, code: int) -> None:
        """Says what is wrong."""
        self.trouble.append(sentence)
        self.codes.append(code)
        self.log.error(sentence)
        typer.echo(sentence, err=True)

    def end(self) -> int:
        """Says in one line what was published, and gives the exit code."""
        line = "; ".join(self.news)
        if line:
            typer.echo(line)
        code = worst(self.codes)
        self.log.info("done, exit code %s: %s", code, line or "nothing new")
        return code


def publish(
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
    with contextlib.ExitStack() as logs:
        run = Run(logs.enter_context(open_log(None, log_format)))
        try:
            run.log = logs.enter_context(open_log(log_file, log_format))
        except ConfigError as error:
            run.add_trouble(str(error), WRONG)
        code = _publish(config, run, now)
    raise typer.Exit(code)


def _publish(config: Path, run: Run, now: datetime) -> int:
    from ..run_lock import one_at_a_time

    settings = None
    try:
        settings = settings_of(config)
        with one_at_a_time(settings.root, doing="publish", now=now):
            documents = _build(settings, run, now)
            if settings.targets and documents:
                _push(settings, run, now)
    except BusyError as error:
        # The run that is at work here has still to tell the healthcheck service how it ended.
        run.add_trouble(str(error), LATER)
        return run.end()
    except FeedpubError as error:
        run.add_trouble(str(error), WRONG)
    code = run.end()
    if settings is not None and settings.heartbeat:
        _ping_healthcheck(settings.heartbeat, run, code)
    return code


def _build(settings: Settings, run: Run, now: datetime) -> int:
    """Gives the number of documents, which is 0 before the first article."""
    from ..build import prepare_build, write_build

    build = prepare_build(settings, now=now)
    for warning in with_severity(build.diagnostics, Severity.WARNING):
        if warning.code == "articles-missing":
            run.add_trouble(str(warning), LEFT_OUT)
        else:
            run.log.warning("warning: %s", warning)
    for note in with_severity(build.diagnostics, Severity.NOTE):
        run.log.info("note: %s", note)
    for error in with_severity(build.diagnostics, Severity.ERROR):
        run.add_trouble(f"left out: {error}", LEFT_OUT)
    written = write_build(settings, build)
    run.news.extend(_build_news(build, written))
    return len(build.documents)


def _build_news(build: Build, written: Written) -> Iterator[str]:
    decision = build.state.decision
    counts = (
        (len(decision.new), "new"),
        (len(decision.changed), "changed"),
        (len(decision.renamed), "renamed"),
    )
    said = ", ".join(f"{number} {word}" for number, word in counts if number)
    if decision.gone:
        yield f"file gone: {abridged(decision.gone, FEW)}"
    if said:
        yield said
    if said or written.written:
        yield f"{counted(len(written.written), 'feed')} written"


def _push(settings: Settings, run: Run, now: datetime) -> None:
    from ..hosts.credentials import Credentials
    from ..hosts.push.targets import push_all

    for result in push_all(settings, settings.targets, Credentials(os.environ), now=now):
        code = result_code(result)
        for warning in warnings(result):
            run.add_trouble(warning, code)
        run.news.extend(_push_news(result))


def _push_news(result: PushResult) -> Iterator[str]:
    receipt = result.receipt
    if receipt is not None and (receipt.uploaded or receipt.removed):
        yield f"{counted(len(receipt.uploaded), 'document')} sent to {result.target.url}"


def _ping_healthcheck(url: str, run: Run, code: int) -> None:
    from ..hosts.healthcheck import ping_healthcheck

    problem = ping_healthcheck(url, code=code, words="\n".join(run.trouble or run.news))
    if problem:
        run.log.warning(problem)
        typer.echo(f"warning: {problem}", err=True)
