"""Writers that take turns by a folder which only one of them can have made."""

from __future__ import annotations

import contextlib
import json
import random
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from ....errors import Diagnostic, TargetError, UnreachableError
from ...destinations import ANYHOW, Condition, Conflict, Destination, Stored, Upload
from ...serving import STATE

LOCK = f"{STATE}lock"
OWNER = f"{LOCK}/owner.json"
LEASE = 120.0
"""Seconds for which a lock holds when nobody renews it."""

PATIENCE = 300.0
TRIES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owner:
    """Who holds the lock, and whether that is over by the clock of the target."""

    nonce: str
    is_over: bool


def _owner_of(stored: Stored | None) -> _Owner | None:
    if stored is None:
        return None
    try:
        said = json.loads(stored.content)
        nonce, lease = str(said["nonce"]), float(said["lease"])
    except (ValueError, KeyError, TypeError):
        return None
    age = stored.date - stored.modified if stored.date and stored.modified else timedelta()
    return _Owner(nonce=nonce, is_over=age.total_seconds() > lease)


class LeaseLock:
    """A folder that only one machine can have made; it holds for `lease` seconds by the target's
    clock, is renewed all the while, and moved aside where a machine that died has left it behind.
    """

    name = "lock"

    def __init__(self, destination: Destination, nonce: str, *, lease: float = LEASE) -> None:
        self._destination = destination
        self._nonce = nonce
        self._lease = lease
        self._checked = 0.0
        self._times = 0
        self._over = threading.Event()
        self._keeper = ThreadPoolExecutor(1)

    def begin(self) -> None:
        """See Writers; raises UnreachableError when others hold the lock for too long."""
        start = since = time.monotonic()
        sign = b""
        while not self._has_claimed():
            stored = self._destination.read(OWNER)
            if sign != (sign := stored.content if stored else b""):
                since = time.monotonic()
            owner = _owner_of(stored)
            # The clock of the target may have been put back, or not be told at all: no sign of
            # life for so long is enough.
            if (owner and owner.is_over) or time.monotonic() - since > self._lease:
                self._break(owner.nonce if owner else None)
            if time.monotonic() - start > max(PATIENCE, 3 * self._lease):
                raise UnreachableError(
                    Diagnostic(
                        place=self._destination.label,
                        problem="another machine is pushing there and does not come to an end",
                        remedy="Try again later.",
                    )
                )
            time.sleep(random.uniform(0.2, 0.8) * min(self._lease / 20, 1))
        self._write_owner()
        self._keeper.submit(self._keep)

    def _keep(self) -> None:
        """One large file, or many small ones before the commit, may take longer than a lease."""
        while not self._over.wait(self._lease / 4):
            with contextlib.suppress(TargetError):
                self._renew()

    def _has_claimed(self) -> bool:
        for _ in range(TRIES):
            claimed = self._destination.claim(LOCK)
            if claimed is not None:
                return claimed
            # It may just be going, by the hand of the machine that had it.
            time.sleep(0.1)
        problem = "can't make the folder any more by which machines take turns"
        remedy = "See what this user may do there, and the log of the server."
        place = self._destination.label + LOCK
        raise TargetError(Diagnostic(place=place, problem=problem, remedy=remedy))

    def look(self, path: str) -> None:
        """See Writers."""

    def commit(self, head: Upload, when: Condition) -> None:  # noqa: ARG002
        """See Writers."""
        self.check()
        self._destination.write(head, ANYHOW)

    def write(self, upload: Upload) -> None:
        """See Writers."""
        self.check()
        self._destination.write(upload, ANYHOW)

    def settle(self, head: Upload) -> None:
        """See Writers."""
        self.write(head)

    def end(self) -> None:
        """See Writers."""
        self._over.set()
        self._keeper.shutdown()
        owner = self._owner()
        if owner is not None and owner.nonce == self._nonce:
            self._destination.remove_folder(LOCK)

    def check(self) -> None:
        """See Writers; the lock holds for a while after each look at it."""
        if time.monotonic() - self._checked >= self._lease / 10:
            self._renew()

    def _renew(self) -> None:
        owner = self._owner()
        if owner is None or owner.nonce != self._nonce or owner.is_over:
            raise Conflict(LOCK)
        self._write_owner()

    def _write_owner(self) -> None:
        # The target dates the file by its own clock, so that nobody else's counts; `times` shows
        # that there is life where it doesn't.
        self._times += 1
        said = {"nonce": self._nonce, "lease": self._lease, "times": self._times}
        before = time.monotonic()
        self._destination.write(Upload.of(OWNER, json.dumps(said).encode()), ANYHOW)
        self._checked = before

    def _owner(self) -> _Owner | None:
        return _owner_of(self._destination.read(OWNER))

    def _break(self, nonce: str | None) -> None:
        aside = f"{STATE}lock-{secrets.token_hex(6)}"
        if not self._destination.move_folder(LOCK, aside):
            return
        moved = _owner_of(self._destination.read(f"{aside}/owner.json"))
        if (moved.nonce if moved else None) != nonce and self._destination.move_folder(aside, LOCK):
            # Between the look and the move the lock had gone to another: it is theirs again.
            return
        self._destination.remove_folder(aside)
