"""One run at a time in a folder: the lock, and which process holds it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from .errors import BusyError, Diagnostic, LedgerError
from .files import file_diagnostic, replace_file
from .parsing.dates import in_utc

HOLDER_READS = 20
"""How often the holder's name is read: it is written just after the lock is taken."""

HOLDER_PAUSE = 0.05
"""Seconds between two reads, so that all take one."""

FOLDER = Path(".feedpub")
RUN_LOCK = FOLDER / "run.lock"
HOLDER = FOLDER / "run.json"
GITIGNORE = FOLDER / ".gitignore"
IGNORED_FILES = "run.lock\nrun.json\nproblems.json\npublish.log*\n"


@contextlib.contextmanager
def one_at_a_time(root: Path, *, doing: str, now: datetime) -> Iterator[None]:
    """Locks the folder `root` for a command, named by `doing`, that starts `now`, in UTC.

    The operating system releases the lock of a process that dies. Raises BusyError, which names the
    process that holds it, and LedgerError where the folder can't be locked.
    """
    lock = FileLock(root / RUN_LOCK, timeout=0)
    try:
        _make_folder(root)
        lock.acquire()
        _write_holder(root, doing, now)
    except Timeout:
        raise BusyError(_busy(root)) from None
    except OSError as error:
        lock.release()
        raise LedgerError(file_diagnostic(root / FOLDER, "locked", error)) from None
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            (root / HOLDER).unlink()
        lock.release()


def _make_folder(root: Path) -> None:
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    if not (root / GITIGNORE).exists():
        (root / GITIGNORE).write_text(IGNORED_FILES, encoding="utf-8")


def _write_holder(root: Path, doing: str, now: datetime) -> None:
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "doing": doing}
    text = json.dumps(holder | {"since": in_utc(now)})
    replace_file(root / HOLDER, text.encode() + b"\n")


def _busy(root: Path) -> Diagnostic:
    problem = "another feedpub is at work here"
    for _ in range(HOLDER_READS):
        try:
            holder = json.loads((root / HOLDER).read_text(encoding="utf-8"))
            who = f"`feedpub {holder['doing']}` (process {holder['pid']} on {holder['host']})"
            problem = f"{who} has been at work here since {holder['since']}"
            break
        except (OSError, ValueError, KeyError, TypeError):
            # It has the lock and has not written its name yet.
            time.sleep(HOLDER_PAUSE)
    remedy = "Try again when it is done."
    return Diagnostic(code="folder-busy", place=str(root), problem=problem, remedy=remedy)
