"""The names of the schedulers; alone, so that the command line needs nothing else for its help."""

from __future__ import annotations

from enum import StrEnum


class SchedulerKind(StrEnum):
    """The program or service that runs feedpub."""

    CRON = "cron"
    SYSTEMD = "systemd"
    GITHUB = "github"
    GITLAB = "gitlab"

    @property
    def is_local(self) -> bool:
        """Whether it runs feedpub on this machine, where it can read an env file."""
        return self in (SchedulerKind.CRON, SchedulerKind.SYSTEMD)
