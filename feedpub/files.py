"""Files of this machine: replaced whole or not at all, and what the system says against it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

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


def os_error_reason(error: OSError) -> str:
    """What keeps a file from being written, in words."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "a file has the name of the folder that it belongs into"
    if isinstance(error, IsADirectoryError):
        return "a folder has its name"
    return error.strerror or str(error)


def _mode(file: Path) -> int:
    try:
        return file.stat().st_mode & 0o777
    except OSError:
        return 0o666 & ~UMASK
