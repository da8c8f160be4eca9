"""`feedpub schedule`: runs `feedpub publish` for a folder at fixed times."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..schedule.kind import SchedulerKind
from .console import reporting_errors
from .options import ConfigOption, settings_of

if TYPE_CHECKING:
    from ..schedule.job import Job
    from ..schedule.recurrence import Recurrence
    from ..schedule.scheduler import Scheduler


class ScheduleAction(Enum):
    """What is to be done with a schedule."""

    PRINT = auto()
    INSTALL = auto()
    REMOVE = auto()
    SHOW = auto()


def schedule(
    kind: Annotated[SchedulerKind, typer.Argument(help="Who runs it.")] = SchedulerKind.CRON,
    config: ConfigOption = Path("config.toml"),
    every: Annotated[
        str, typer.Option(metavar="15m|2h", help="Again and again, in even steps.")
    ] = "",
    daily: Annotated[str, typer.Option(metavar="07:30", help="Once a day, at this time.")] = "",
    env_file: Annotated[
        Path | None,
        typer.Option(metavar="PATH", help="Passwords for cron and systemd: lines NAME='value'."),
    ] = None,
    install: Annotated[bool, typer.Option("--install", help="Set it up.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Take it away.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print what is set up.")] = False,
) -> None:
    """Print what runs `feedpub publish` for this folder, or set it up.

    Exit code 0: done. 2: the call, the config or the machine does not allow it.
    """
    with reporting_errors():
        action = _action(install=install, remove=remove, show=show)
        _refuse_conflicting_options(kind, every, daily, env_file)
        for line in _do(action, kind, config, every, daily, env_file):
            typer.echo(line)


def _action(*, install: bool, remove: bool, show: bool) -> ScheduleAction:
    wanted = {
        ScheduleAction.INSTALL: install,
        ScheduleAction.REMOVE: remove,
        ScheduleAction.SHOW: show,
    }
    actions = [action for action, is_wanted in wanted.items() if is_wanted]
    if len(actions) > 1:
        raise typer.BadParameter("Say only one of --install, --remove, --show.")
    return actions[0] if actions else ScheduleAction.PRINT


def _refuse_conflicting_options(
    kind: SchedulerKind, every: str, daily: str, env_file: Path | None
) -> None:
    if every and daily:
        raise typer.BadParameter("Say --every or --daily, not both.")
    if env_file and not kind.is_local:
        raise typer.BadParameter(
            f"--env-file is for cron and systemd; {kind} keeps secrets itself."
        )


def _do(
    action: ScheduleAction,
    kind: SchedulerKind,
    config: Path,
    every: str,
    daily: str,
    env_file: Path | None,
) -> Iterator[str]:
    from ..schedule.env_file import env_file_notes
    from ..schedule.installation import install_notes
    from ..schedule.job import find_job, make_job
    from ..schedule.recurrence import read_recurrence
    from ..schedule.schedulers import make_scheduler

    scheduler = make_scheduler(kind, os.environ)
    match action:
        case ScheduleAction.SHOW:
            yield from _show(scheduler, find_job(config))
        case ScheduleAction.REMOVE:
            yield from _remove(scheduler, find_job(config))
        case _:
            recurrence = read_recurrence(every, daily) or scheduler.default_recurrence
            job = make_job(settings_of(config), env_file)
            text = scheduler.text(job, recurrence).rstrip("\n")
            if action is ScheduleAction.INSTALL:
                yield from _install(scheduler, job, recurrence)
            else:
                yield text
            for note in (*env_file_notes(kind, job, os.environ), *install_notes(kind, job)):
                typer.echo(f"note: {note}", err=True)


def _show(scheduler: Scheduler, job: Job) -> Iterator[str]:
    text = scheduler.installed_text(job)
    location = scheduler.location(job)
    yield text.rstrip("\n") if text else f"Nothing of {job.root} is in {location}."


def _install(scheduler: Scheduler, job: Job, recurrence: Recurrence) -> Iterator[str]:
    location = scheduler.location(job)
    if scheduler.install(job, recurrence):
        yield f"Written to {location}: {recurrence}, {job.root} is published."
        yield from scheduler.steps_after_install(job)
    else:
        yield f"It stands in {location} already; nothing was changed."


def _remove(scheduler: Scheduler, job: Job) -> Iterator[str]:
    location = scheduler.location(job)
    if scheduler.remove(job):
        yield f"Taken out of {location}."
        yield from scheduler.steps_after_removal()
    else:
        yield f"Nothing of {job.root} is in {location}; nothing was changed."
