"""systemd: a service that publishes and a timer that starts it, among the user's own units."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from .generated_file import GeneratedFile
from .job import Job, ascii_slug
from .programs import run_program
from .recurrence import Recurrence, calendar_times
from .scheduler import Scheduler

SERVICE_UNIT = """\
{header}
[Unit]
Description=feedpub publish for {root}

[Service]
Type=oneshot
ExecStart={command}
"""
# The delay, in seconds, spreads timers that are due at the same moment.
TIMER_UNIT = """\
{header}
[Unit]
Description={recurrence}: feedpub publish for {root}

[Timer]
OnCalendar={calendar}
RandomizedDelaySec=30
Persistent=true

[Install]
WantedBy=timers.target
"""
REMOVED_REMEDY = "The units are removed."
WRITTEN_REMEDY = (
    "The units are written. Where no systemd is at work for you, see `feedpub schedule cron`."
)

DIGEST_LENGTH = 8
"""Hexadecimal digits, 32 bits: enough to tell the folders of one user apart."""


@dataclass(frozen=True, slots=True)
class Systemd(Scheduler):
    """The units of one user, in the folder `units`."""

    units: Path
    env_file_prefix: ClassVar[str] = "\nEnvironmentFile="

    def text(self, job: Job, recurrence: Recurrence) -> str:
        """Both units, each below its path."""
        texts = self._texts(job, recurrence)
        return "\n".join(f"# {unit.path}\n{text}" for unit, text in texts)

    def location(self, job: Job) -> str:
        """The path of the timer."""
        return str(self._timer(job).path)

    def installed_text(self, job: Job) -> str:
        """The units that are there, each below its path."""
        texts = ((unit.path, unit.read()) for unit in (self._service(job), self._timer(job)))
        return "\n".join(f"# {path}\n{text}" for path, text in texts if text)

    def _install(self, job: Job, recurrence: Recurrence) -> bool:
        changed = [unit.write(text) for unit, text in self._texts(job, recurrence)]
        timer = self._timer(job).path.name
        # Even if nothing changed: the installation before may have failed here.
        run_program("systemctl", "--user", "daemon-reload", remedy=WRITTEN_REMEDY)
        run_program("systemctl", "--user", "enable", timer, remedy=WRITTEN_REMEDY)
        # A timer that is active reads its new times only when it is restarted.
        verb = "restart" if any(changed) else "start"
        run_program("systemctl", "--user", verb, timer, remedy=WRITTEN_REMEDY)
        return any(changed)

    def remove(self, job: Job) -> bool:
        """Stops the timer and removes both units."""
        if not self.installed_text(job):
            return False
        service, timer = self._service(job), self._timer(job)
        disable = ("systemctl", "--user", "disable", "--now", timer.path.name)
        try:
            run_program(*disable, remedy=REMOVED_REMEDY)
        finally:
            service.remove()
            timer.remove()
        run_program("systemctl", "--user", "daemon-reload", remedy=REMOVED_REMEDY)
        return True

    def steps_after_install(self, job: Job) -> Iterator[str]:
        """How runs go on after logout, and where their log is."""
        yield "So that it runs while you are not logged in, say once: loginctl enable-linger"
        yield f"What the runs say: journalctl --user --unit {_name(job)}"

    def _service(self, job: Job) -> GeneratedFile:
        return GeneratedFile(path=self.units / f"{_name(job)}.service", config=str(job.config))

    def _timer(self, job: Job) -> GeneratedFile:
        return GeneratedFile(path=self.units / f"{_name(job)}.timer", config=str(job.config))

    def _texts(self, job: Job, recurrence: Recurrence) -> tuple[tuple[GeneratedFile, str], ...]:
        service, timer = self._service(job), self._timer(job)
        root = _specifiers_escaped(str(job.root))
        service_text = SERVICE_UNIT.format(
            header=service.header, root=root, command=_command_line(job.command)
        )
        if job.env_file:
            service_text += f"EnvironmentFile={_specifiers_escaped(str(job.env_file))}\n"
        timer_text = TIMER_UNIT.format(
            header=timer.header,
            root=root,
            recurrence=str(recurrence).capitalize(),
            calendar=calendar_times(recurrence),
        )
        return (service, service_text), (timer, timer_text)


def _name(job: Job) -> str:
    # Several folders may have one name, and names of units can't hold every character.
    config = str(job.config).encode("utf-8", "surrogateescape")
    digest = hashlib.sha256(config).hexdigest()[:DIGEST_LENGTH]
    return "-".join(filter(None, ("feedpub", ascii_slug(job.root.name), digest)))


def _specifiers_escaped(text: str) -> str:
    # systemd.unit(5), SPECIFIERS.
    return text.replace("%", "%%")


def _command_line(words: Sequence[str]) -> str:
    # The `:` keeps `$` as it is (systemd.service(5), COMMAND LINES). systemd starts no program that
    # has quotes or backslashes in its path, but a shell does.
    shell = ("/bin/sh", "-c", 'exec "$0" "$@"') if re.search(r"['\"\\]", words[0]) else ()
    return ":" + " ".join(map(_quoted, (*shell, *words)))


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_specifiers_escaped(escaped)}"'
