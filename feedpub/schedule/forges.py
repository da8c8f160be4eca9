"""GitHub and GitLab: a workflow in the repository that publishes and keeps the ledger committed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from string import Template
from textwrap import indent
from typing import ClassVar

from ..errors import Diagnostic, ScheduleError
from . import own_files
from .job import Job, slug
from .scheduler import Scheduler
from .when import HOUR, Every, When, cron_times

SHORTEST = 5
"""Minutes; GitHub and GitLab start nothing more often."""

PAST = 7
"""Minutes after the full hour, when they have the most to do and let schedules wait."""


class Text(Template):
    """Shell and YAML are full of `$`."""

    delimiter = "%"


class Forge(Scheduler):
    """A file in the git repository that the folder belongs to."""

    usual: ClassVar[When] = Every(minutes=HOUR)

    @abstractmethod
    def path(self, job: Job) -> str:
        """Where the file stands, in the repository."""

    @abstractmethod
    def secrets(self, names: str) -> str:
        """What a person has to do so that a run has these variables."""

    def place(self, job: Job) -> str:
        """See Scheduler."""
        return str(_repository(job) / self.path(job))

    def installed(self, job: Job) -> str:
        """See Scheduler."""
        return own_files.read(_repository(job) / self.path(job), _mark(job))

    def install(self, job: Job, when: When) -> bool:
        """See Scheduler."""
        repository = _repository(job)
        if not (repository / ".git").exists():
            problem = "is in no git repository, and a workflow keeps the ledger in one"
            remedy = "Run `git init` where the repository is to be."
            raise ScheduleError(Diagnostic(place=str(job.root), problem=problem, remedy=remedy))
        return own_files.write(repository / self.path(job), self.text(job, when))

    def remove(self, job: Job) -> bool:
        """See Scheduler."""
        return own_files.remove(_repository(job) / self.path(job), _mark(job))

    def to_do(self, job: Job) -> Iterator[str]:
        """See Scheduler."""
        yield "Commit and push it."
        if job.variables:
            yield self.secrets(", ".join(job.variables))

    def to_do_after_removal(self) -> Iterator[str]:
        """See Scheduler."""
        yield "Commit and push that."


class GitHub(Forge):
    """GitHub Actions."""

    def path(self, job: Job) -> str:
        """See Forge."""
        return f".github/workflows/{_name(job)}.yml"

    def text(self, job: Job, when: When) -> str:
        """See Scheduler."""
        secrets = [f"{name}: ${{{{ secrets.{name} }}}}\n" for name in job.variables]
        environment = indent("env:\n" + indent("".join(secrets), "  "), " " * 8) if secrets else ""
        return _text("github.yml").substitute(
            mark=_mark(job),
            when=when,
            name=_name(job),
            cron=cron_times(_often_enough(when), past=PAST),
            config=quote(_config(job)),
            environment=environment,
            keep=indent(_keep("origin", "$GITHUB_REF_NAME"), " " * 10),
        )

    def secrets(self, names: str) -> str:
        """See Forge."""
        return f"Under Settings, Secrets and variables, Actions, add: {names}."


class GitLab(Forge):
    """GitLab CI, whose times are set on its own pages."""

    def path(self, job: Job) -> str:  # noqa: ARG002 (GitLab reads this one only)
        """See Forge."""
        return ".gitlab-ci.yml"

    def text(self, job: Job, when: When) -> str:
        """See Scheduler."""
        return _text("gitlab.yml").substitute(
            mark=_mark(job),
            when=when,
            name=_name(job),
            cron=cron_times(_often_enough(when), past=PAST),
            config=quote(_config(job)),
            keep=indent(_keep('"$remote"', "$CI_COMMIT_BRANCH"), " " * 6),
        )

    def secrets(self, names: str) -> str:
        """See Forge."""
        return f"Under Settings, CI/CD, Variables, add, masked: {names}."

    def to_do(self, job: Job) -> Iterator[str]:
        """See Scheduler."""
        yield from super().to_do(job)
        yield "Under Build, Pipeline schedules, make a schedule with the times in its third line."
        yield (
            "Under Settings, CI/CD, Job token permissions, allow Git push requests to the "
            "repository."
        )


def _repository(job: Job) -> Path:
    folders = (job.root, *job.root.parents)
    return next((each for each in folders if (each / ".git").exists()), job.root)


def _config(job: Job) -> str:
    return job.config.relative_to(_repository(job)).as_posix()


def _name(job: Job) -> str:
    config = _config(job)
    inner = "" if config == "config.toml" else config.removesuffix("/config.toml")
    return "-".join(filter(None, ("feedpub", slug(inner))))


def _mark(job: Job) -> str:
    return own_files.mark(_config(job))


def _text(file_name: str) -> Text:
    return Text((Path(__file__).parent / file_name).read_text(encoding="utf-8"))


def _keep(remote: str, branch: str) -> str:
    return _text("keep.sh").substitute(remote=remote, branch=branch).rstrip()


def _often_enough(when: When) -> When:
    if isinstance(when, Every) and when.minutes < SHORTEST:
        problem = f"{when} is more often than GitHub and GitLab start anything"
        remedy = f"The nearest: {SHORTEST}m."
        raise ScheduleError(Diagnostic(place="--every", problem=problem, remedy=remedy))
    return when
