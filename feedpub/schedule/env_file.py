"""What a curator should know about the passwords of a job that runs on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..errors import Diagnostic, Severity
from .job import Job
from .kind import SchedulerKind


def env_file_notes(
    kind: SchedulerKind, job: Job, environ: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Notes on variables set in `environ` alone, and on an env file that others can read."""
    if not kind.is_local:
        return
    here = [name for name in job.variables if name in environ or f"{name}_FILE" in environ]
    if here and job.env_file is None:
        yield Diagnostic(
            severity=Severity.NOTE,
            code="variable-not-scheduled",
            place=" and ".join(here),
            problem=f"set here, but not where {kind} runs feedpub",
            remedy="Write them into a file that only you can read, lines NAME='value', and name it "
            "with --env-file.",
        )
    if job.env_file and job.env_file.stat().st_mode & 0o077:
        yield Diagnostic(
            severity=Severity.NOTE,
            code="file-readable-by-others",
            place=str(job.env_file),
            problem="others can read it; chmod 600 it.",
        )
