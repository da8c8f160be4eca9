"""Files of this machine: replaced whole or not at all, and what the system says against it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .errors import Diagnostic

# The mask can be read only by setting it, which must not happen while threads make files.
UMASK = os.umask(0o022)
os.umask(UMASK)


def replace_file(file: Path, content: bytes) -> None:
    """Writes `file` whole or not at all, its bytes on the disk first; raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            # A web server runs as someone else: give the file the rights of an ordinary new one.
            os.fchmod(stream.fileno(), _mode(file))
            os.fsync(stream.fileno())
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def file_diagnostic(place: Path | str, done: str, error: OSError, remedy: str = "") -> Diagnostic:
    """Says that what stands at `place` can't be `done`, such as "read" or "written"."""
    problem = f"can't be {done}: {os_error_reason(error)}"
    code = f"cannot-be-{done}"
    return Diagnostic(code=code, place=str(place), problem=problem, remedy=remedy)


def os_error_reason(error: OSError) -> str:
    """What the operating system has against it, in words and without its number."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "a file stands where a folder should be"
    if isinstance(error, IsADirectoryError):
        return "a folder stands there"
    return error.strerror or str(error)


def _mode(file: Path) -> int:
    try:
        return file.stat().st_mode & 0o777
    except OSError:
        return 0o666 & ~UMASK
