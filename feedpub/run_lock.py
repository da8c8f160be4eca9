"""One run at a time in a folder: the lock, and who holds it."""

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

LOOKS = 20
FOLDER = Path(".feedpub")
LOCK = FOLDER / "run.lock"
HOLDER = FOLDER / "run.json"
IGNORED = FOLDER / ".gitignore"
NOT_KEPT = "run.lock\nrun.json\npublish.log*\n"


@contextlib.contextmanager
def one_at_a_time(root: Path, *, doing: str, now: datetime) -> Iterator[None]:
    """Holds the folder `root` while it is `doing` something; the system lets go of it for a run
    that dies. Raises BusyError, which names who holds it, and LedgerError where it can't lock."""
    lock = FileLock(root / LOCK, timeout=0)
    try:
        _make_folder(root)
        lock.acquire()
        _sign(root, doing, now)
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
    if not (root / IGNORED).exists():
        (root / IGNORED).write_text(NOT_KEPT, encoding="utf-8")


def _sign(root: Path, doing: str, now: datetime) -> None:
    said = {"pid": os.getpid(), "host": socket.gethostname(), "doing": doing}
    text = json.dumps(said | {"since": in_utc(now)})
    replace_file(root / HOLDER, text.encode() + b"\n")


def _busy(root: Path) -> Diagnostic:
    problem = "another feedpub is at work here"
    for _ in range(LOOKS):
        try:
            said = json.loads((root / HOLDER).read_text(encoding="utf-8"))
            who = f"`feedpub {said['doing']}` (process {said['pid']} on {said['host']})"
            problem = f"{who} has been at work here since {said['since']}"
            break
        except (OSError, ValueError, KeyError, TypeError):
            # It has the lock and has not signed yet.
            time.sleep(0.05)
    return Diagnostic(place=str(root), problem=problem, remedy="Try again when it is done.")
