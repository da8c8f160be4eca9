"""cron: lines of our own in the user's crontab, between two marks, one block a folder."""

from __future__ import annotations

import re
from pathlib import Path
from shlex import quote
from typing import ClassVar

from ..errors import Diagnostic, ScheduleError
from .job import Job
from .programs import run
from .scheduler import Scheduler
from .when import When, cron_times

SOURCE = "set -a && . "
REMEDY = "Is cron installed, and may you use it? There is `feedpub schedule systemd` too."


class Cron(Scheduler):
    """The crontab of the user who runs feedpub."""

    before_env_file: ClassVar[str] = SOURCE

    def text(self, job: Job, when: When) -> str:
        """See Scheduler."""
        first, last = _marks(job.config)
        note = f"# {when}, by this machine's clock; `feedpub schedule --remove` takes this out"
        return f"{first}\n{note}\n{cron_times(when)} {cron_command(job)}\n{last}\n"

    def place(self, job: Job) -> str:  # noqa: ARG002
        """See Scheduler."""
        return "your crontab"

    def installed(self, job: Job) -> str:
        """See Scheduler."""
        crontab = _read()
        start, end = _span(crontab, job.config)
        return crontab[start:end]

    def install(self, job: Job, when: When) -> bool:
        """See Scheduler."""
        old = _read()
        new = with_block(old, self.text(job, when), job.config)
        if new != old:
            _write(new)
        return new != old

    def remove(self, job: Job) -> bool:
        """See Scheduler."""
        old = _read()
        new = without_block(old, job.config)
        if new != old:
            _write(new)
        return new != old


def cron_command(job: Job) -> str:
    """The command as cron wants it: in a shell's quotes, and no bare `%` (crontab(5))."""
    command = " ".join(_cron_quoted(word) for word in job.command)
    if job.env_file is None:
        return command
    return f"{SOURCE}{_cron_quoted(str(job.env_file))} && {command}"


def with_block(crontab: str, block: str, config: Path) -> str:
    """The crontab with `block` in the place of the one that it has for `config`, else below all."""
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
        problem = f"has only one of the two marks around the lines for {config}"
        remedy = "Take these lines out with `crontab -e`, and try again."
        raise ScheduleError(Diagnostic(place="crontab", problem=problem, remedy=remedy))
    return len(crontab), len(crontab)


def _cron_quoted(word: str) -> str:
    # Not every cron takes the backslash of `\%` away, and some make one of two: outside quotes the
    # shell takes away what cron has left, and a backslash alone in quotes is left by all of them.
    apart = {"%": r"\%", "\\": r"'\'"}
    pieces = re.split(r"([%\\])", word)
    return "".join(apart.get(piece, quote(piece)) for piece in pieces if piece) or "''"


def _read() -> str:
    try:
        crontab = run("crontab", "-l", remedy=REMEDY)
    except ScheduleError as error:
        if "no crontab for" in str(error):
            return ""
        raise
    # Other lines are not ours to understand: any bytes must come back as they were.
    return crontab.decode("utf-8", "surrogateescape")


def _write(crontab: str) -> None:
    if crontab:
        run("crontab", "-", given=crontab.encode("utf-8", "surrogateescape"), remedy=REMEDY)
    else:
        run("crontab", "-r", remedy=REMEDY)
