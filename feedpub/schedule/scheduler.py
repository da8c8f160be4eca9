"""What every scheduler can do, whoever it is that runs the job."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from .job import Job
from .when import Every, When


class Scheduler(ABC):
    """Writes a job down where it will be run; every method may raise ScheduleError.

    `usual` is how often, if nobody says. `before_env_file` is what stands before the name of an env
    file in its text, empty where it can't have one.
    """

    usual: ClassVar[When] = Every(minutes=15)
    before_env_file: ClassVar[str] = ""

    @abstractmethod
    def text(self, job: Job, when: When) -> str:
        """What `install` writes, for a person to read."""

    @abstractmethod
    def place(self, job: Job) -> str:
        """Where it stands once it is installed, for a sentence."""

    @abstractmethod
    def installed(self, job: Job) -> str:
        """What stands there of this job, empty if nothing does."""

    @abstractmethod
    def install(self, job: Job, when: When) -> bool:
        """Writes it; False if it stood there as it is."""

    @abstractmethod
    def remove(self, job: Job) -> bool:
        """Takes out what `install` wrote and nothing else; False if nothing was there."""

    def to_do(self, job: Job) -> Iterator[str]:  # noqa: ARG002
        """What is left for a person to do after `install`, in sentences."""
        yield from ()

    def to_do_after_removal(self) -> Iterator[str]:
        """What is left for a person to do after `remove`, in sentences."""
        yield from ()
