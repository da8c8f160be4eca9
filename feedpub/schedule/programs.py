"""How the programs of a system are run that schedules are handed to."""

from __future__ import annotations

import os
import subprocess

from ..errors import Diagnostic, ScheduleError
from ..files import file_diagnostic


def run(*words: str, given: bytes = b"", remedy: str = "") -> bytes:
    """What the program says on stdout; raises ScheduleError where there is none, or
    it says no; `remedy` is what to do then."""
    try:
        # Their messages are read, so they have to be in one language.
        done = subprocess.run(
            words, input=given, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except OSError as error:
        raise ScheduleError(file_diagnostic(words[0], "run", error, remedy)) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip() or f"exit code {done.returncode}"
        raise ScheduleError(Diagnostic(place=" ".join(words[:3]), problem=said, remedy=remedy))
    return done.stdout
