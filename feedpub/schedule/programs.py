"""Runs the programs that manage schedules on this machine: crontab, systemctl."""

from __future__ import annotations

import os
import subprocess

from ..errors import Diagnostic, ScheduleError
from ..files import file_diagnostic


def run_program(*words: str, stdin: bytes = b"", remedy: str = "") -> bytes:
    """The stdout of the command `words`.

    Raises ScheduleError with `remedy` where the program is missing or fails.
    """
    try:
        # Callers match the messages, so these have to be in one language.
        done = subprocess.run(
            words, input=stdin, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except OSError as error:
        raise ScheduleError(file_diagnostic(words[0], "run", error, remedy)) from None
    if done.returncode:
        message = done.stderr.decode("utf-8", "replace").strip()
        raise ScheduleError(
            Diagnostic(
                code="program-failed",
                place=" ".join(words[:3]),
                problem=message or f"exit code {done.returncode}",
                remedy=remedy,
            )
        )
    return done.stdout
