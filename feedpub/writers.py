"""How several machines that push to one target keep out of each other's way.

A generation is committed by writing the head. Before and after that, who may write what is live is
settled in one of three ways: "cas", where the store itself compares and swaps; "lock", where making
a folder tells who was first; "single", where config.toml promises that there is but one writer.
"""

from __future__ import annotations

import json
import random
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from .destinations import (
    ABSENT,
    ANYHOW,
    Condition,
    Conflict,
    Destination,
    Stored,
    Unchanged,
    Upload,
)
from .errors import Fault, TargetError, UnreachableError
from .headers import STATE
from .manifest import HEAD, read_head

LOCK = f"{STATE}lock"
OWNER = f"{LOCK}/owner.json"
LEASE = 120.0
"""Seconds for which a lock holds when nobody renews it."""

PATIENCE = 300.0
ROUNDS = 20
TRIES = 10


class Writers(Protocol):
    """One machine's way to write a generation."""

    name: str

    def begin(self) -> None:
        """Makes sure that no other writer is at work, where that can be made sure of."""

    def look(self, paths: tuple[str, ...]) -> None:
        """Learns what stands at `paths`, before the commit."""

    def commit(self, head: Upload, when: Condition) -> None:
        """Writes the head; raises Conflict where another machine was faster."""

    def write(self, upload: Upload) -> None:
        """Writes what is live; raises Conflict where another machine has taken over."""

    def settle(self, head: Upload) -> None:
        """Writes the head once more; raises Conflict where another machine has taken over."""

    def end(self) -> None:
        """Lets others write."""


class ByComparing:
    """Every write names what it replaces, so that a late one fails."""

    name = "cas"

    def __init__(self, destination: Destination, nonce: str) -> None:
        self._destination = destination
        self._nonce = nonce
        self._etags: dict[str, str | None] = {}
        self._head_etag = ""

    def begin(self) -> None:
        """See Writers."""

    def look(self, paths: tuple[str, ...]) -> None:
        """See Writers."""
        for path in paths:
            self._etags[path] = self._destination.etag(path)

    def commit(self, head: Upload, when: Condition) -> None:
        """See Writers."""
        self._head_etag = self._destination.write(head, when)

    def write(self, upload: Upload) -> None:
        """See Writers."""
        for _ in range(ROUNDS):
            try:
                self._destination.write(upload, _if(self._etags[upload.path]))
            except Conflict:
                # What stands there first, the head after it: a newer writer commits before it
                # writes, so that it can't slip in between.
                self._etags[upload.path] = self._destination.etag(upload.path)
                if not self._is_ours():
                    raise
            else:
                return
        raise Conflict(upload.path)

    def settle(self, head: Upload) -> None:
        """See Writers."""
        etag = self._head_etag or self._destination.etag(HEAD) or ""
        self._head_etag = self._destination.write(head, Unchanged(etag))

    def end(self) -> None:
        """See Writers."""

    def _is_ours(self) -> bool:
        stored = self._destination.read(HEAD)
        return stored is not None and read_head(stored.content, HEAD).nonce == self._nonce


def _if(etag: str | None) -> Condition:
    return ABSENT if etag is None else Unchanged(etag)


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


class ByLock:
    """A folder that only one machine can have made; it holds for `lease` seconds by the target's
    clock, is renewed on the way, and moved aside where a machine that died has left it behind."""

    name = "lock"

    def __init__(self, destination: Destination, nonce: str, *, lease: float = LEASE) -> None:
        self._destination = destination
        self._nonce = nonce
        self._lease = lease
        self._checked = 0.0

    def begin(self) -> None:
        """See Writers; raises UnreachableError when others hold the lock for too long."""
        deadline = time.monotonic() + max(PATIENCE, 3 * self._lease)
        ownerless_since = 0.0
        while not self._has_claimed():
            owner = self._owner()
            if owner is None:
                ownerless_since = ownerless_since or time.monotonic()
                if time.monotonic() - ownerless_since > self._lease:
                    self._break(None)
            elif owner.is_over:
                self._break(owner.nonce)
            else:
                ownerless_since = 0.0
            if time.monotonic() > deadline:
                raise UnreachableError(
                    Fault(
                        place=self._destination.label,
                        problem="another machine is pushing there and does not come to an end",
                        remedy="Try again later.",
                    )
                )
            time.sleep(random.uniform(0.2, 0.8) * min(self._lease / 20, 1))
        self._write_owner()

    def _has_claimed(self) -> bool:
        for _ in range(TRIES):
            claimed = self._destination.claim(LOCK)
            if claimed is not None:
                return claimed
            # It may just be going, by the hand of the machine that had it.
            time.sleep(0.1)
        problem = "can't make the folder any more by which machines take turns"
        raise TargetError(Fault(place=self._destination.label + LOCK, problem=problem))

    def look(self, paths: tuple[str, ...]) -> None:
        """See Writers."""

    def commit(self, head: Upload, when: Condition) -> None:  # noqa: ARG002
        """See Writers."""
        self._check()
        self._destination.write(head, ANYHOW)

    def write(self, upload: Upload) -> None:
        """See Writers."""
        self._check()
        self._destination.write(upload, ANYHOW)

    def settle(self, head: Upload) -> None:
        """See Writers."""
        self.write(head)

    def end(self) -> None:
        """See Writers."""
        owner = self._owner()
        if owner is not None and owner.nonce == self._nonce:
            self._destination.remove_folder(LOCK)

    def _check(self) -> None:
        """The lock holds for a while after each look at it."""
        if time.monotonic() - self._checked < self._lease / 10:
            return
        owner = self._owner()
        if owner is None or owner.nonce != self._nonce or owner.is_over:
            raise Conflict(LOCK)
        self._write_owner()

    def _write_owner(self) -> None:
        # The target dates the file by its own clock, so that nobody else's counts.
        said = {"nonce": self._nonce, "lease": self._lease}
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


class Alone:
    """config.toml promises that nobody else writes there."""

    name = "single"

    def __init__(self, destination: Destination) -> None:
        self._destination = destination

    def begin(self) -> None:
        """See Writers."""

    def look(self, paths: tuple[str, ...]) -> None:
        """See Writers."""

    def commit(self, head: Upload, when: Condition) -> None:  # noqa: ARG002
        """See Writers."""
        self._destination.write(head, ANYHOW)

    def write(self, upload: Upload) -> None:
        """See Writers."""
        self._destination.write(upload, ANYHOW)

    def settle(self, head: Upload) -> None:
        """See Writers."""
        self._destination.write(head, ANYHOW)

    def end(self) -> None:
        """See Writers."""


def writers_for(
    name: str, destination: Destination, nonce: str, *, lease: float = LEASE
) -> Writers:
    """The writers of this name."""
    if name == ByComparing.name:
        return ByComparing(destination, nonce)
    if name == ByLock.name:
        return ByLock(destination, nonce, lease=lease)
    return Alone(destination)


def choose(destination: Destination, *, single_writer: bool) -> str:
    """Tries out what `destination` can do, and gives the name of the writers that it can have.

    Raises TargetError where it can do nothing and config.toml promises nothing.
    """
    if single_writer:
        return Alone.name
    if destination.swaps and _swaps(destination):
        return ByComparing.name
    if not destination.swaps and _locks(destination):
        return ByLock.name
    if _swaps(destination):
        return ByComparing.name
    raise TargetError(
        Fault(
            place=destination.label,
            problem="this server can't keep two machines apart that push at the same time",
            remedy="If only one machine ever pushes there, say `single_writer = true`.",
        )
    )


def _swaps(destination: Destination) -> bool:
    """Whether conditions are honoured: three that must hold or not, as they should."""
    probe = Upload.of(f"{STATE}probe-{secrets.token_hex(6)}", b"feedpub tries out what it can do\n")
    try:
        destination.write(probe, ABSENT)
        refused = [_refuses(destination, probe, when) for when in (ABSENT, Unchanged('"stale"'))]
        etag = destination.etag(probe.path) or ""
        return all(refused) and bool(etag) and not _refuses(destination, probe, Unchanged(etag))
    except Conflict:
        return False
    finally:
        destination.remove(probe.path)


def _refuses(destination: Destination, upload: Upload, when: Condition) -> bool:
    try:
        destination.write(upload, when)
    except Conflict:
        return True
    return False


def _locks(destination: Destination) -> bool:
    """Whether a folder can be made once only."""
    probe = f"{STATE}probe-{secrets.token_hex(6)}"
    if not destination.claim(probe):
        return False
    again = destination.claim(probe)
    destination.remove_folder(probe)
    return again is False
