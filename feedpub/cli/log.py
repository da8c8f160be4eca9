"""The log of scheduled runs: a file of limited size."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from logging.handlers import RotatingFileHandler
from pathlib import Path

import typer

from ..errors import ConfigError
from ..files import file_diagnostic, os_error_reason

_MAX_BYTES = 1_000_000
"""Of one file: weeks of runs every few minutes, and opened at once by any editor."""

OLD_FILES = 5
"""Files that are kept beside the current one, the oldest is deleted."""


class LogFormat(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


class _TextFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return f"{_at(record)} {record.levelname.lower():<7} {record.getMessage()}"


class _JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "at": _at(record),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        return json.dumps(fields, ensure_ascii=False)


def _at(record: logging.LogRecord) -> str:
    from ..parsing.dates import in_utc

    return in_utc(datetime.fromtimestamp(record.created, UTC))


class _LogFile(RotatingFileHandler):
    """A log file that warns once if it can't be written: a full disk does not stop a run."""

    _has_warned = False

    def shouldRollover(self, record: logging.LogRecord) -> int:
        # Where another process has rotated the files, this one must write to the new file and not
        # rotate again, which would delete one more of the old ones.
        if self.stream and not _is_open_at(self.baseFilename, self.stream.fileno()):
            self.stream.close()
            self.stream = self._open()
        return super().shouldRollover(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        self._warn(sys.exc_info()[1])

    def close(self) -> None:
        try:
            super().close()
        except OSError as error:
            self._warn(error)

    def _warn(self, error: BaseException | None) -> None:
        if not self._has_warned:
            self._has_warned = True
            reason = os_error_reason(error) if isinstance(error, OSError) else error
            typer.echo(f"warning: {self.baseFilename}: can't be written: {reason}", err=True)


def _is_open_at(path: str, descriptor: int) -> bool:
    try:
        return os.path.samestat(Path(path).stat(), os.fstat(descriptor))
    except OSError:
        return False


@contextlib.contextmanager
def open_log(file: Path | None, form: LogFormat) -> Iterator[logging.Logger]:
    """The log in `file`, which is rotated at MAX_BYTES; without a file, one that records nothing.

    Raises ConfigError where the file can't be opened.
    """
    log = logging.Logger("feedpub")
    handler = _handler(file, form) if file else logging.NullHandler()
    log.addHandler(handler)
    try:
        yield log
    finally:
        handler.close()


def _handler(file: Path, form: LogFormat) -> logging.Handler:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(file, maxBytes=_MAX_BYTES, backupCount=OLD_FILES, encoding="utf-8")
    except OSError as error:
        raise ConfigError(file_diagnostic(file, "written", error)) from None
    handler.setFormatter(_JsonFormatter() if form is LogFormat.JSON else _TextFormatter())
    return handler
