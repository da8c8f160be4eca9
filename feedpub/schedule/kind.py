"""The names of those who can run a job; alone, so that the command line has them at once."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Who runs feedpub."""

    CRON = "cron"
    SYSTEMD = "systemd"
    GITHUB = "github"
    GITLAB = "gitlab"
