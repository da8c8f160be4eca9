"""`feedpub schedule`: what runs `feedpub publish` for a folder while nobody looks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..schedule.kind import Kind
from .console import reporting_errors
from .options import ConfigOption, settings_of

if TYPE_CHECKING:
    from ..schedule.job import Job
    from ..schedule.scheduler import Scheduler
    from ..schedule.when import When

HERE = (Kind.CRON, Kind.SYSTEMD)
"""Those that run it on this machine."""


class ScheduleAction(Enum):
    """What is to be done with a schedule."""

    PRINT = auto()
    INSTALL = auto()
    REMOVE = auto()
    SHOW = auto()


def schedule(
    kind: Annotated[Kind, typer.Argument(help="Who runs it.")] = Kind.CRON,
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
        _refuse_nonsense(kind, every, daily, env_file)
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


def _refuse_nonsense(kind: Kind, every: str, daily: str, env_file: Path | None) -> None:
    if every and daily:
        raise typer.BadParameter("Say --every or --daily, not both.")
    if env_file and kind not in HERE:
        raise typer.BadParameter(
            f"--env-file is for cron and systemd; {kind} keeps secrets itself."
        )


def _do(
    action: ScheduleAction, kind: Kind, config: Path, every: str, daily: str, env_file: Path | None
) -> Iterator[str]:
    from ..schedule.schedulers import scheduler

    who = scheduler(kind, os.environ)
    match action:
        case ScheduleAction.SHOW:
            yield from _show(who, _found_job(config))
        case ScheduleAction.REMOVE:
            yield from _remove(who, _found_job(config))
        case _:
            when = _when(every, daily) or who.usual
            job = _checked_job(config, env_file)
            text = who.text(job, when).rstrip("\n")
            yield from _install(who, job, when) if action is ScheduleAction.INSTALL else (text,)
            _warn(kind, job)


def _show(who: Scheduler, job: Job) -> Iterator[str]:
    text = who.installed(job)
    yield text.rstrip("\n") if text else f"Nothing of {job.root} is in {who.place(job)}."


def _install(who: Scheduler, job: Job, when: When) -> Iterator[str]:
    _refuse_to_lose_passwords(who, job)
    if who.install(job, when):
        yield f"Written to {who.place(job)}: {when}, {job.root} is published."
        yield from who.to_do(job)
    else:
        yield f"It stands in {who.place(job)} already; nothing was changed."


def _refuse_to_lose_passwords(who: Scheduler, job: Job) -> None:
    from ..errors import Diagnostic, ScheduleError

    sign = who.before_env_file
    if sign and job.env_file is None and sign in who.installed(job):
        problem = "what stands there names a file with passwords, and this would not"
        remedy = "Say --env-file again, or take it away with --remove first."
        raise ScheduleError(Diagnostic(place=who.place(job), problem=problem, remedy=remedy))


def _remove(who: Scheduler, job: Job) -> Iterator[str]:
    if who.remove(job):
        yield f"Taken out of {who.place(job)}."
        yield from who.to_do_after_removal()
    else:
        yield f"Nothing of {job.root} is in {who.place(job)}; nothing was changed."


def _when(every: str, daily: str) -> When | None:
    from ..schedule.when import read_daily, read_every

    if every:
        return read_every(every)
    return read_daily(daily) if daily else None


def _found_job(config: Path) -> Job:
    """The job by its name alone: the folder may be gone by now."""
    from ..schedule.job import Job

    is_folder = config.is_dir() or not (config.exists() or config.suffix)
    file = config / "config.toml" if is_folder else config
    return Job(config=file.resolve(), program=_program())


def _checked_job(config: Path, env_file: Path | None) -> Job:
    from ..errors import Diagnostic, ScheduleError
    from ..hosts.credentials import variables
    from ..schedule.job import Job

    settings = settings_of(config)
    if env_file and not os.access(env_file, os.R_OK):
        raise ScheduleError(
            Diagnostic(place=str(env_file), problem="is not there or can't be read")
        )
    return Job(
        config=settings.file.resolve(),
        program=_program(),
        env_file=env_file.resolve() if env_file else None,
        variables=variables(settings.targets),
    )


def _program() -> tuple[str, ...]:
    # -P: a file of the curator's called json.py is not ours to import. utf8: cron has no locale,
    # and names of articles must be the same there as here.
    return (sys.executable, "-P", "-X", "utf8", "-m", "feedpub")


def _warn(kind: Kind, job: Job) -> None:
    if kind not in HERE:
        return
    set_here = [n for n in job.variables if n in os.environ or f"{n}_FILE" in os.environ]
    if set_here and job.env_file is None:
        names = " and ".join(set_here)
        typer.echo(
            f"note: {names}: set here, but not where {kind} runs feedpub. Write them into a file "
            "that only you can read, lines NAME='value', and name it with --env-file.",
            err=True,
        )
    if job.env_file and job.env_file.stat().st_mode & 0o077:
        typer.echo(f"note: {job.env_file}: others can read it; chmod 600 it.", err=True)
