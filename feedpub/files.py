"""Files on this machine: replaced whole or not at all, and the errors of the operating system."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .errors import Diagnostic

# The mask can be read only by setting it: done at import, when no other thread creates files.
UMASK = os.umask(0o022)
os.umask(UMASK)


def replace_file(file: Path, content: bytes) -> None:
    """Writes `file` whole or not at all, and its folders where they are missing; raises OSError.

    The bytes are flushed to the disk before the new file takes the place of the old one.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            # mkstemp makes files that only their owner can read, but a web server is another user.
            os.fchmod(stream.fileno(), _mode(file))
            os.fsync(stream.fileno())
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def file_diagnostic(place: Path | str, done: str, error: OSError, remedy: str = "") -> Diagnostic:
    """The diagnostic of what can't be `done` to the file `place`, such as "read" or "written"."""
    problem = f"can't be {done}: {os_error_reason(error)}"
    code = f"cannot-be-{done}"
    return Diagnostic(code=code, place=str(place), problem=problem, remedy=remedy)


def os_error_reason(error: OSError) -> str:
    """The reason of `error` in words, without its number and path."""
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
