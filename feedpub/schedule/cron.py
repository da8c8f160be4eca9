"""cron: a block of lines for each folder in the user's crontab, between two comments."""

from __future__ import annotations

import re
from pathlib import Path
from shlex import quote
from typing import ClassVar

from ..errors import Diagnostic, ScheduleError
from .job import Job
from .programs import run_program
from .recurrence import Recurrence, cron_times
from .scheduler import Scheduler

READ_VARIABLES = "set -a && . "
CRON_REMEDY = "Is cron installed, and may you use it? There is `feedpub schedule systemd` too."


class Cron(Scheduler):
    """The crontab of the user who runs feedpub."""

    env_file_prefix: ClassVar[str] = READ_VARIABLES

    def text(self, job: Job, recurrence: Recurrence) -> str:
        """The lines of `job`."""
        first, last = _marks(job.config)
        clock = f"{recurrence}, by this machine's clock"
        note = f"# {clock}; `feedpub schedule --remove` takes this out"
        return f"{first}\n{note}\n{cron_times(recurrence)} {cron_command(job)}\n{last}\n"

    def location(self, job: Job) -> str:  # noqa: ARG002
        """The crontab, which has no path of its own."""
        return "your crontab"

    def installed_text(self, job: Job) -> str:
        """The lines of `job` in the crontab."""
        crontab = _read_crontab()
        start, end = _span(crontab, job.config)
        return crontab[start:end]

    def _install(self, job: Job, recurrence: Recurrence) -> bool:
        old = _read_crontab()
        new = with_block(old, self.text(job, recurrence), job.config)
        return _replace_crontab(old, new)

    def remove(self, job: Job) -> bool:
        """Removes the lines of `job` from the crontab."""
        old = _read_crontab()
        return _replace_crontab(old, without_block(old, job.config))


def cron_command(job: Job) -> str:
    """The command as cron wants it: in a shell's quotes, and no bare `%` (crontab(5))."""
    command = " ".join(_cron_quoted(word) for word in job.command)
    if job.env_file is None:
        return command
    return f"{READ_VARIABLES}{_cron_quoted(str(job.env_file))} && {command}"


def with_block(crontab: str, block: str, config: Path) -> str:
    """The crontab with `block` in place of the one that it has for `config`, else at its end."""
    start, end = _span(crontab, config)
    gap = "\n" if crontab and start == len(crontab) and not crontab.endswith("\n") else ""
    return crontab[:start] + gap + block + crontab[end:]


def without_block(crontab: str, config: Path) -> str:
    """The crontab without the block for `config`."""
    start, end = _span(crontab, config)
    return crontab[:start] + crontab[end:]


def _marks(config: Path) -> tuple[str, str]:
    return f"# >>> feedpub: {config}", f"# <<< feedpub: {config}"


def _span(crontab: str, config: Path) -> tuple[int, int]:
    first, last = map(re.escape, _marks(config))
    block = re.search(rf"^{first}\n(?:.*\n)*?{last}(?:\n|\Z)", crontab, re.MULTILINE)
    if block:
        return block.span()
    if re.search(rf"^(?:{first}|{last})$", crontab, re.MULTILINE):
        raise ScheduleError(
            Diagnostic(
                code="crontab-mark-missing",
                place="crontab",
                problem=f"has only one of the two marks around the lines for {config}",
                remedy="Take these lines out with `crontab -e`, and try again.",
            )
        )
    return len(crontab), len(crontab)


def _cron_quoted(word: str) -> str:
    # Not every cron takes the backslash of `\%` away, and some make one of two: outside quotes the
    # shell takes away what cron has left, and a backslash alone in quotes is left by all of them.
    apart = {"%": r"\%", "\\": r"'\'"}
    pieces = re.split(r"([%\\])", word)
    return "".join(apart.get(piece, quote(piece)) for piece in pieces if piece) or "''"


def _read_crontab() -> str:
    try:
        crontab = run_program("crontab", "-l", remedy=CRON_REMEDY)
    except ScheduleError as error:
        if "no crontab for" in str(error):
            return ""
        raise
    # The user's other lines may hold any bytes, which must be written back as they were.
    return crontab.decode("utf-8", "surrogateescape")


def _replace_crontab(old: str, new: str) -> bool:
    if new == old:
        return False
    if new:
        content = new.encode("utf-8", "surrogateescape")
        run_program("crontab", "-", stdin=content, remedy=CRON_REMEDY)
    else:
        run_program("crontab", "-r", remedy=CRON_REMEDY)
    return True
