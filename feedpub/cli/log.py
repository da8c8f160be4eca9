"""The log of runs that nobody looks at while they run: a file that does not grow for ever."""

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

LARGEST, OLD_FILES = 1_000_000, 5


class LogFormat(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return f"{_at(record)} {record.levelname.lower():<7} {record.getMessage()}"


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": _at(record),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        return json.dumps(said, ensure_ascii=False)


def _at(record: logging.LogRecord) -> str:
    from ..parsing.dates import in_utc

    return in_utc(datetime.fromtimestamp(record.created, UTC))


class _LogFile(RotatingFileHandler):
    """Says once what keeps it from being written: the disk may be full, and the run goes on."""

    _failed = False

    def shouldRollover(self, record: logging.LogRecord) -> int:
        # Another run may have begun a new file: one must not push out the old ones for each.
        if self.stream and not _is_at(self.baseFilename, self.stream.fileno()):
            self.stream.close()
            self.stream = self._open()
        return super().shouldRollover(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        self._say(sys.exc_info()[1])

    def close(self) -> None:
        try:
            super().close()
        except OSError as error:
            self._say(error)

    def _say(self, error: BaseException | None) -> None:
        if not self._failed:
            self._failed = True
            why = os_error_reason(error) if isinstance(error, OSError) else error
            typer.echo(f"warning: {self.baseFilename}: can't be written: {why}", err=True)


def _is_at(path: str, descriptor: int) -> bool:
    try:
        return os.path.samestat(Path(path).stat(), os.fstat(descriptor))
    except OSError:
        return False


@contextlib.contextmanager
def open_log(file: Path | None, form: LogFormat) -> Iterator[logging.Logger]:
    """The log in `file`, which goes on in a new one at a megabyte; without a file it keeps nothing.

    Raises ConfigError.
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
        handler = _LogFile(file, maxBytes=LARGEST, backupCount=OLD_FILES, encoding="utf-8")
    except OSError as error:
        raise ConfigError(file_diagnostic(file, "written", error)) from None
    handler.setFormatter(_JsonLines() if form is LogFormat.JSON else _Lines())
    return handler
