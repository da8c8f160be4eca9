"""The table of those who can run a job."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from .cron import Cron
from .forges import GitHub, GitLab
from .kind import Kind
from .scheduler import Scheduler
from .systemd import Systemd


def scheduler(kind: Kind, environ: Mapping[str, str]) -> Scheduler:
    """The one of that kind, for the user to whom the environment belongs."""
    match kind:
        case Kind.CRON:
            return Cron()
        case Kind.SYSTEMD:
            home = environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
            return Systemd(Path(home) / "systemd" / "user")
        case Kind.GITHUB:
            return GitHub()
        case Kind.GITLAB:
            return GitLab()
