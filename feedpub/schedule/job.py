"""What is to be run: `feedpub publish` for one folder, with all that a bare environment lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import Diagnostic, ScheduleError


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`feedpub publish` for the folder of `config`; paths are absolute.

    `program` is the command that starts feedpub. `variables` are those that the targets read their
    users, passwords and keys from. `env_file` holds them in lines NAME='value', where cron and
    systemd find them. Raises ScheduleError for a path that no schedule can hold.
    """

    config: Path
    program: tuple[str, ...]
    env_file: Path | None = None
    variables: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for word in (str(self.config), str(self.env_file), *self.program):
            if re.search(r"[\x00-\x1f\x7f]", word):
                problem = "has a control character in its path, which no schedule can hold"
                remedy = "Rename it."
                raise ScheduleError(Diagnostic(place=ascii(word), problem=problem, remedy=remedy))

    @property
    def root(self) -> Path:
        """The folder to be published."""
        return self.config.parent

    @property
    def log(self) -> Path:
        """Where the runs on this machine keep their log."""
        return self.root / ".feedpub" / "publish.log"

    @property
    def command(self) -> tuple[str, ...]:
        """The words of the command, for a machine that has this folder."""
        options = ("--config", str(self.config), "--log-file", str(self.log))
        return (*self.program, "publish", *options)


def slug(text: str) -> str:
    """The letters and digits of a name, fit for the name of a unit, a job or a file."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40].rstrip("-")
