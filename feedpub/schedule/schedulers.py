"""The table of the schedulers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .ci_services import GitHubActions, GitLabCi
from .cron import Cron
from .kind import SchedulerKind
from .scheduler import Scheduler
from .systemd import Systemd


def make_scheduler(kind: SchedulerKind, environ: Mapping[str, str]) -> Scheduler:
    """The scheduler of this kind; `environ` says where its user keeps systemd units."""
    match kind:
        case SchedulerKind.CRON:
            return Cron()
        case SchedulerKind.SYSTEMD:
            home = environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
            return Systemd(Path(home) / "systemd" / "user")
        case SchedulerKind.GITHUB:
            return GitHubActions()
        case SchedulerKind.GITLAB:
            return GitLabCi()
