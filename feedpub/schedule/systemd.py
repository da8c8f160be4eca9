"""systemd: a service that publishes and a timer that starts it, among the user's own units."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from . import own_files
from .job import Job, slug
from .programs import run
from .scheduler import Scheduler
from .when import When, calendar_times

SERVICE = """\
{mark}
[Unit]
Description=feedpub publish for {root}

[Service]
Type=oneshot
ExecStart={command}
"""
TIMER = """\
{mark}
[Unit]
Description={when}: feedpub publish for {root}

[Timer]
OnCalendar={calendar}
RandomizedDelaySec=30
Persistent=true

[Install]
WantedBy=timers.target
"""
REMOVED = "The units are removed."
REMEDY = "The units are written. Where no systemd is at work for you, see `feedpub schedule cron`."


@dataclass(frozen=True, slots=True)
class Systemd(Scheduler):
    """The units of one user, in the folder `units`."""

    units: Path
    before_env_file: ClassVar[str] = "\nEnvironmentFile="

    def text(self, job: Job, when: When) -> str:
        """See Scheduler."""
        texts = _texts(job, when)
        return "\n".join(f"# {self.units / name}\n{text}" for name, text in texts.items())

    def place(self, job: Job) -> str:
        """See Scheduler."""
        return f"{self.units / _name(job)}.timer"

    def installed(self, job: Job) -> str:
        """See Scheduler."""
        found = ((file, own_files.read(file, _mark(job))) for file in self._files(job))
        return "\n".join(f"# {file}\n{text}" for file, text in found if text)

    def install(self, job: Job, when: When) -> bool:
        """See Scheduler."""
        texts = _texts(job, when)
        changed = [own_files.write(self.units / name, text) for name, text in texts.items()]
        # Said again even if nothing changed: it may have failed the last time.
        run("systemctl", "--user", "daemon-reload", remedy=REMEDY)
        run("systemctl", "--user", "enable", f"{_name(job)}.timer", remedy=REMEDY)
        # A timer that runs learns its new times only by starting anew.
        verb = "restart" if any(changed) else "start"
        run("systemctl", "--user", verb, f"{_name(job)}.timer", remedy=REMEDY)
        return any(changed)

    def remove(self, job: Job) -> bool:
        """See Scheduler."""
        if not self.installed(job):
            return False
        try:
            run("systemctl", "--user", "disable", "--now", f"{_name(job)}.timer", remedy=REMOVED)
        finally:
            for file in self._files(job):
                own_files.remove(file, _mark(job))
        run("systemctl", "--user", "daemon-reload", remedy=REMOVED)
        return True

    def to_do(self, job: Job) -> Iterator[str]:
        """See Scheduler."""
        yield "So that it runs while you are not logged in, say once: loginctl enable-linger"
        yield f"What the runs say: journalctl --user --unit {_name(job)}"

    def _files(self, job: Job) -> tuple[Path, ...]:
        return tuple(self.units / f"{_name(job)}.{kind}" for kind in ("service", "timer"))


def _texts(job: Job, when: When) -> dict[str, str]:
    said = {"mark": _mark(job), "root": _plain(str(job.root))}
    service = SERVICE.format(command=_command_line(job.command), **said)
    if job.env_file:
        service += f"EnvironmentFile={_plain(str(job.env_file))}\n"
    times = {"when": str(when).capitalize(), "calendar": calendar_times(when)}
    return {f"{_name(job)}.service": service, f"{_name(job)}.timer": TIMER.format(**times, **said)}


def _name(job: Job) -> str:
    # Folders of one name are common, and names of units can't hold every character.
    digest = hashlib.sha256(str(job.config).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return "-".join(filter(None, ("feedpub", slug(job.root.name), digest)))


def _mark(job: Job) -> str:
    return own_files.mark(str(job.config))


def _plain(text: str) -> str:
    return text.replace("%", "%%")


def _command_line(words: Sequence[str]) -> str:
    # The `:` keeps `$` as it is (systemd.service(5), COMMAND LINES). systemd starts no program that
    # has quotes or backslashes in its path, but a shell does.
    shell = ("/bin/sh", "-c", 'exec "$0" "$@"') if re.search(r"['\"\\]", words[0]) else ()
    return ":" + " ".join(map(_quoted, (*shell, *words)))


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_plain(escaped)}"'
