"""What every scheduler can do: print, install, show and remove the schedule of a job."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from ..errors import Diagnostic, ScheduleError
from .job import Job
from .recurrence import Every, Recurrence


class Scheduler(ABC):
    """Runs a job at given times; every method may raise ScheduleError.

    `default_recurrence` holds where the curator states none. `env_file_prefix` precedes the path of
    the env file in an installed text, empty for a service that stores secrets itself.
    """

    default_recurrence: ClassVar[Recurrence] = Every(minutes=15)
    env_file_prefix: ClassVar[str] = ""

    @abstractmethod
    def text(self, job: Job, recurrence: Recurrence) -> str:
        """What `install` writes, as a person may read it."""

    @abstractmethod
    def location(self, job: Job) -> str:
        """Where the schedule of `job` stands once installed, in words that fit a sentence."""

    @abstractmethod
    def installed_text(self, job: Job) -> str:
        """The installed schedule of `job`, empty if there is none."""

    def install(self, job: Job, recurrence: Recurrence) -> bool:
        """Writes the schedule; False if it is installed already.

        Raises ScheduleError, too, where the new one would no longer name an env file.
        """
        prefix = self.env_file_prefix
        if prefix and job.env_file is None and prefix in self.installed_text(job):
            raise ScheduleError(
                Diagnostic(
                    code="env-file-dropped",
                    place=self.location(job),
                    problem="what stands there names a file with passwords, and this would not",
                    remedy="Say --env-file again, or take it away with --remove first.",
                )
            )
        return self._install(job, recurrence)

    @abstractmethod
    def _install(self, job: Job, recurrence: Recurrence) -> bool:
        """Writes the schedule; False if it is installed already."""

    @abstractmethod
    def remove(self, job: Job) -> bool:
        """Removes what `install` wrote and nothing else; False if nothing is installed."""

    def steps_after_install(self, job: Job) -> Iterator[str]:  # noqa: ARG002
        """What a person has to do after `install`, in sentences."""
        yield from ()

    def steps_after_removal(self) -> Iterator[str]:
        """What a person has to do after `remove`, in sentences."""
        yield from ()
