"""The guard for a server where only one machine can have made a folder: that folder is the lock."""

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
from . import Concurrency

LOCK = f"{STATE}lock"
OWNER = f"{LOCK}/owner.json"
LEASE = 120.0
"""Seconds for which a lock holds when nobody renews it: as long as one request is repeated."""

_LONGEST_WAIT = 300.0
"""Seconds for the turn of another machine to end; then cron may try again."""

_MAX_ATTEMPTS = 10
ATTEMPT_PAUSE = 0.1
"""Seconds before the folder is made again, where the server could not say whether it was there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owner:
    """Who holds the lock, and whether the lease is over by the clock of the target."""

    nonce: str
    is_over: bool


def _owner_of(stored: Stored | None) -> _Owner | None:
    if stored is None:
        return None
    try:
        stated = json.loads(stored.content)
        nonce, lease = str(stated["nonce"]), float(stated["lease"])
    except (ValueError, KeyError, TypeError):
        return None
    age = stored.date - stored.modified if stored.date and stored.modified else timedelta()
    return _Owner(nonce=nonce, is_over=age.total_seconds() > lease)


class LeaseLock:
    """Machines take turns: a lock holds for `lease` seconds by the target's clock, is renewed all
    the while, and moved aside where a machine that died has left it behind.
    """

    concurrency = Concurrency.LOCK

    def __init__(self, destination: Destination, nonce: str, *, lease: float = LEASE) -> None:
        self._destination = destination
        self._nonce = nonce
        self._lease = lease
        self._checked = 0.0
        self._renewals = 0
        self._over = threading.Event()
        self._renewing = ThreadPoolExecutor(1)

    def begin(self) -> None:
        """Takes the lock; raises UnreachableError where others hold it for too long."""
        start = since = time.monotonic()
        seen = b""
        while not self._has_made_folder():
            stored = self._destination.read(OWNER)
            if seen != (seen := stored.content if stored else b""):
                since = time.monotonic()
            owner = _owner_of(stored)
            # The clock of the target may have been put back, or not be told at all: no renewal
            # for so long is enough.
            if (owner and owner.is_over) or time.monotonic() - since > self._lease:
                self._break(owner.nonce if owner else None)
            if time.monotonic() - start > max(_LONGEST_WAIT, 3 * self._lease):
                raise self._busy()
            time.sleep(random.uniform(0.2, 0.8) * min(self._lease / 20, 1))
        self._write_owner()
        self._renewing.submit(self._keep_renewing)

    def _keep_renewing(self) -> None:
        """One large file, or many small ones before the commit, may take longer than a lease."""
        while not self._over.wait(self._lease / 4):
            with contextlib.suppress(TargetError):
                self._renew()

    def _has_made_folder(self) -> bool:
        for _ in range(_MAX_ATTEMPTS):
            made = self._destination.make_folder_exclusively(LOCK)
            if made is not None:
                return made
            # The machine that had it may be removing it just now.
            time.sleep(ATTEMPT_PAUSE)
        raise TargetError(
            Diagnostic(
                code="lock-unusable",
                place=self._destination.label + LOCK,
                problem="can't make the folder any more by which machines take turns",
                remedy="See what this user may do there, and the log of the server.",
            )
        )

    def _busy(self) -> UnreachableError:
        return UnreachableError(
            Diagnostic(
                code="target-busy",
                place=self._destination.label,
                problem="another machine is pushing there and does not come to an end",
                remedy="Try again later.",
            )
        )

    def note_etag(self, path: str) -> None:
        """Whoever has the lock need not compare."""

    def commit(self, head: Upload, when: Condition) -> None:  # noqa: ARG002
        """Writes the head while the lock is ours, else raises Conflict."""
        self.check()
        self._destination.write(head, ANYHOW)

    def write(self, upload: Upload) -> None:
        """Writes while the lock is ours, else raises Conflict."""
        self.check()
        self._destination.write(upload, ANYHOW)

    def settle(self, head: Upload) -> None:
        """Writes the head while the lock is ours, else raises Conflict."""
        self.write(head)

    def end(self) -> None:
        """Removes the lock, if it is still ours."""
        self._over.set()
        self._renewing.shutdown()
        owner = self._owner()
        if owner is not None and owner.nonce == self._nonce:
            self._destination.remove_folder(LOCK)

    def check(self) -> None:
        """Renews the lock; not each time, as it holds for a while after each renewal."""
        if time.monotonic() - self._checked >= self._lease / 10:
            self._renew()

    def _renew(self) -> None:
        owner = self._owner()
        if owner is None or owner.nonce != self._nonce or owner.is_over:
            raise Conflict(LOCK)
        self._write_owner()

    def _write_owner(self) -> None:
        # The target dates the file by its own clock, so that nobody else's counts; `times` changes
        # with each renewal, which shows where it doesn't.
        self._renewals += 1
        owner = {"nonce": self._nonce, "lease": self._lease, "times": self._renewals}
        before = time.monotonic()
        self._destination.write(Upload.of(OWNER, json.dumps(owner).encode()), ANYHOW)
        self._checked = before

    def _owner(self) -> _Owner | None:
        return _owner_of(self._destination.read(OWNER))

    def _break(self, nonce: str | None) -> None:
        """Moves the lock of `nonce` aside and removes it."""
        aside = f"{STATE}lock-{secrets.token_hex(6)}"
        if not self._destination.move_folder(LOCK, aside):
            return
        moved = _owner_of(self._destination.read(f"{aside}/owner.json"))
        if (moved.nonce if moved else None) != nonce and self._destination.move_folder(aside, LOCK):
            # Between the look and the move the lock had gone to another: it is theirs again.
            return
        self._destination.remove_folder(aside)
