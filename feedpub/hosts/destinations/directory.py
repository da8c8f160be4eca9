"""A folder on this machine, or one that is mounted here, which a web server serves."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

from ...errors import TargetError
from ...files import file_diagnostic, replace_file
from .destination import Absent, Condition, Conflict, Stored, Unchanged, Upload


class Directory:
    """The folder `root`; media types and caching are what its web server makes of the names."""

    conditional_writes = False

    def __init__(self, root: Path) -> None:
        self.label = root.as_uri() + "/"
        self._root = root

    def read(self, path: str) -> Stored | None:
        """The bytes of the file; its etag is their digest."""
        try:
            content = (self._root / path).read_bytes()
            modified = datetime.fromtimestamp((self._root / path).stat().st_mtime, UTC)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise self._error(path, "read", error) from None
        now = datetime.now(UTC)  # the clock of this store, which Stored asks for
        return Stored(content=content, etag=_etag(content), date=now, modified=modified)

    def etag(self, path: str) -> str | None:
        """The digest of the file, in the quotes of an entity tag."""
        stored = self.read(path)
        return stored.etag if stored else None

    def write(self, upload: Upload, when: Condition) -> str:
        """Through a temporary file beside it; a condition holds against those who wrote before, not
        against who writes at the same instant."""
        if isinstance(when, Unchanged | Absent):
            there = self.etag(upload.path)
            if there != (when.etag if isinstance(when, Unchanged) else None):
                raise Conflict(upload.path)
        try:
            replace_file(self._root / upload.path, upload.content)
        except OSError as error:
            raise self._error(upload.path, "written", error) from None
        return _etag(upload.content)

    def remove(self, path: str) -> None:
        """Deletes the file; its folder stays."""
        try:
            (self._root / path).unlink(missing_ok=True)
        except OSError as error:
            raise self._error(path, "removed", error) from None

    def make_folder_exclusively(self, path: str) -> bool | None:
        """By mkdir(2), which fails where the folder is there already."""
        try:
            (self._root / path).parent.mkdir(parents=True, exist_ok=True)
            (self._root / path).mkdir()
        except FileExistsError:
            return False
        except OSError as error:
            raise self._error(path, "made", error) from None
        return True

    def move_folder(self, path: str, to: str) -> bool:
        """By rename(2)."""
        try:
            (self._root / path).rename(self._root / to)
        except OSError:
            return False
        return True

    def remove_folder(self, path: str) -> None:
        """Deletes the folder as far as the system allows it."""
        shutil.rmtree(self._root / path, ignore_errors=True)

    def close(self) -> None:
        """There is no connection to end."""

    def _error(self, path: str, done: str, error: OSError) -> TargetError:
        return TargetError(file_diagnostic(self._root / path, done, error))


def _etag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()}"'
