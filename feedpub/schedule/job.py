"""The job of a schedule: `feedpub publish` for one folder, in an environment that holds nothing."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from ..errors import Diagnostic, ScheduleError
from ..hosts.credentials import variables
from ..settings import Settings

SLUG_LENGTH = 40
"""Characters: with prefix and suffix well within the 255 of a unit's or a file's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`feedpub publish` for the folder of `config`; paths are absolute.

    `program` is the command that starts feedpub. `variables` are those that the targets read their
    users, passwords and keys from. `env_file` holds them in lines NAME='value', for cron and
    systemd. `install` is what config.toml says to install feedpub from, "" for nothing, and
    `extras` what it needs of it; `git_dates` is whether the runs need the whole history of the
    repository. Raises ScheduleError for a path that no schedule can hold.
    """

    config: Path
    program: tuple[str, ...]
    env_file: Path | None = None
    variables: tuple[str, ...] = ()
    install: str = ""
    extras: tuple[str, ...] = ()
    git_dates: bool = False

    def __post_init__(self) -> None:
        for word in (str(self.config), str(self.env_file), *self.program):
            if re.search(r"[\x00-\x1f\x7f]", word):
                raise ScheduleError(
                    Diagnostic(
                        code="path-has-control-character",
                        place=ascii(word),
                        problem="has a control character in its path, which no schedule can hold",
                        remedy="Rename it.",
                    )
                )

    @property
    def root(self) -> Path:
        """The folder to be published."""
        return self.config.parent

    @property
    def log(self) -> Path:
        """The log file of the runs on this machine."""
        return self.root / ".feedpub" / "publish.log"

    @property
    def command(self) -> tuple[str, ...]:
        """The words of the command, for a machine that has this folder."""
        options = ("--config", str(self.config), "--log-file", str(self.log), "--once-a-day")
        return (*self.program, "publish", *options)


def make_job(settings: Settings, env_file: Path | None) -> Job:
    """The job that publishes the folder of `settings`.

    Raises ScheduleError for an `env_file` that can't be read, and as Job does.
    """
    if env_file and not os.access(env_file, os.R_OK):
        problem = "is not there or can't be read"
        raise ScheduleError(Diagnostic(code="cannot-be-read", place=str(env_file), problem=problem))
    return Job(
        config=settings.file.resolve(),
        program=_program(),
        env_file=env_file.resolve() if env_file else None,
        variables=variables(settings.targets),
        install=settings.install,
        extras=_extras(settings),
        git_dates=settings.git_dates,
    )


def _extras(settings: Settings) -> tuple[str, ...]:
    return tuple(
        name
        for name in ("brotli",)
        if any(name in target.precompressed for target in settings.targets)
    )


def find_job(config: Path) -> Job:
    """The job of `config`, a file or a folder that may be gone by now; raises as Job does."""
    is_folder = config.is_dir() or not (config.exists() or config.suffix)
    file = config / "config.toml" if is_folder else config
    return Job(config=file.resolve(), program=_program())


def _program() -> tuple[str, ...]:
    # -P: a json.py in the working folder must not be imported. utf8: cron has no locale, and the
    # names of articles must be the same there as in a terminal.
    return (sys.executable, "-P", "-X", "utf8", "-m", "feedpub")


def ascii_slug(text: str) -> str:
    """The ASCII letters and digits of `text` with dashes, for the name of a unit, a job or a file.

    Empty where there are none. Unlike the slug of an id it holds no `%`, which begins a specifier
    in a unit (systemd.unit(5)). An installed schedule is found again by it, so that it must stay
    the same for ever.
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:SLUG_LENGTH].rstrip("-")
