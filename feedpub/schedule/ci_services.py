"""GitHub Actions and GitLab CI: a workflow in the repository that publishes and commits."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from string import Template
from textwrap import indent
from typing import ClassVar

from ..errors import Diagnostic, ScheduleError
from .generated_file import GeneratedFile
from .installation import requirement
from .job import Job, ascii_slug
from .recurrence import HOUR, Every, Recurrence, cron_times
from .scheduler import Scheduler

TEMPLATES = Path(__file__).parent / "templates"

SHORTEST_INTERVAL = 5
"""Minutes; GitHub and GitLab start nothing more often."""

OFFSET = 7
"""Minutes after the full hour, at which both services are busiest and delay what is scheduled."""


PYTHON = "3.13"
"""The version that the services run feedpub with; it is tested with it."""


class _PercentTemplate(Template):
    """Placeholders begin with `%`, since shell and YAML are full of `$`."""

    delimiter = "%"


class CiService(Scheduler):
    """A workflow file in the git repository that the folder of a job belongs to."""

    default_recurrence: ClassVar[Recurrence] = Every(minutes=HOUR)

    @abstractmethod
    def path(self, job: Job) -> str:
        """The path of the file in the repository."""

    @abstractmethod
    def secrets_step(self, names: str) -> str:
        """The sentence that says where a person stores the variables `names` for the runs."""

    def location(self, job: Job) -> str:
        """The path of the file on this machine."""
        return str(self._file(job).path)

    def installed_text(self, job: Job) -> str:
        """The text of the file, if feedpub wrote it for this job."""
        return self._file(job).read()

    def _install(self, job: Job, recurrence: Recurrence) -> bool:
        if not (_repository(job) / ".git").exists():
            raise ScheduleError(
                Diagnostic(
                    code="not-a-git-repository",
                    place=str(job.root),
                    problem="is in no git repository, and a workflow keeps the ledger in one",
                    remedy="Run `git init` where the repository is to be.",
                )
            )
        return self._file(job).write(self.text(job, recurrence))

    def remove(self, job: Job) -> bool:
        """Removes the file, if feedpub wrote it for this job."""
        return self._file(job).remove()

    def steps_after_install(self, job: Job) -> Iterator[str]:
        """The commit, and the secrets that the runs need."""
        yield "Commit and push it."
        if job.variables:
            yield self.secrets_step(", ".join(job.variables))

    def steps_after_removal(self) -> Iterator[str]:
        """The commit."""
        yield "Commit and push that."

    def _file(self, job: Job) -> GeneratedFile:
        return GeneratedFile(path=_repository(job) / self.path(job), config=_config(job))

    def _placeholders(self, job: Job, recurrence: Recurrence) -> dict[str, str]:
        return {
            "header": self._file(job).header,
            "recurrence": str(recurrence),
            "name": _name(job),
            "cron": cron_times(_often_enough(recurrence), offset=OFFSET),
            "config": quote(_config(job)),
            "python": PYTHON,
            "requirement": quote(requirement(job)),
        }


class GitHubActions(CiService):
    """GitHub Actions, which starts the workflow at its times and with every push."""

    def path(self, job: Job) -> str:
        """A file for each folder of the repository."""
        return f".github/workflows/{_name(job)}.yml"

    def text(self, job: Job, recurrence: Recurrence) -> str:
        """The workflow, with the secrets of `job` in its environment."""
        secrets = [f"{name}: ${{{{ secrets.{name} }}}}\n" for name in job.variables]
        environment = indent("env:\n" + indent("".join(secrets), "  "), " " * 8) if secrets else ""
        return _template("github.yml").substitute(
            self._placeholders(job, recurrence),
            environment=environment,
            depth=" " * 10 + "fetch-depth: 0 # dates of commits\n" if job.git_dates else "",
            commit=indent(_commit_script("origin", "$GITHUB_REF_NAME"), " " * 10),
        )

    def secrets_step(self, names: str) -> str:
        """The page of the repository's secrets."""
        return f"Under Settings, Secrets and variables, Actions, add: {names}."


class GitLabCi(CiService):
    """GitLab CI, whose times are set on its own pages."""

    def path(self, job: Job) -> str:  # noqa: ARG002 (GitLab reads this one only)
        """The one file that GitLab reads."""
        return ".gitlab-ci.yml"

    def text(self, job: Job, recurrence: Recurrence) -> str:
        """The pipeline; its third line says what a person has to set."""
        return _template("gitlab.yml").substitute(
            self._placeholders(job, recurrence),
            depth='  variables:\n    GIT_DEPTH: "0" # dates of commits\n' if job.git_dates else "",
            commit=indent(_commit_script('"$remote"', "$CI_COMMIT_BRANCH"), " " * 6),
        )

    def secrets_step(self, names: str) -> str:
        """The page of the repository's variables."""
        return f"Under Settings, CI/CD, Variables, add, masked: {names}."

    def steps_after_install(self, job: Job) -> Iterator[str]:
        """The times and the right to push, beside what every CI service needs."""
        yield from super().steps_after_install(job)
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
    return "-".join(filter(None, ("feedpub", ascii_slug(inner))))


def _template(file_name: str) -> _PercentTemplate:
    return _PercentTemplate((TEMPLATES / file_name).read_text(encoding="utf-8"))


def _commit_script(remote: str, branch: str) -> str:
    return _template("commit.sh").substitute(remote=remote, branch=branch).rstrip()


def _often_enough(recurrence: Recurrence) -> Recurrence:
    if isinstance(recurrence, Every) and recurrence.minutes < SHORTEST_INTERVAL:
        raise ScheduleError(
            Diagnostic(
                code="interval-too-short",
                place="--every",
                problem=f"{recurrence} is more often than GitHub and GitLab start anything",
                remedy=f"The nearest: {SHORTEST_INTERVAL}m.",
            )
        )
    return recurrence
