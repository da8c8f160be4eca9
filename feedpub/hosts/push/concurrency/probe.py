"""Finds out which writers a destination can have."""

from __future__ import annotations

import secrets

from ....errors import Diagnostic, TargetError
from ...destinations import ABSENT, Condition, Conflict, Destination, Unchanged, Upload
from ...serving import STATE
from .compare_and_swap import CompareAndSwap
from .lease_lock import LEASE, LeaseLock
from .protocol import Guard
from .single import SingleWriter


def writers_for(name: str, destination: Destination, nonce: str, *, lease: float = LEASE) -> Guard:
    """The writers of this name."""
    if name == CompareAndSwap.name:
        return CompareAndSwap(destination, nonce)
    if name == LeaseLock.name:
        return LeaseLock(destination, nonce, lease=lease)
    return SingleWriter(destination)


def choose(destination: Destination, *, single_writer: bool) -> str:
    """Tries out what `destination` can do, and gives the name of the writers that it can have.

    Raises TargetError where it can do nothing and config.toml promises nothing.
    """
    if single_writer:
        return SingleWriter.name
    if destination.swaps and _swaps(destination):
        return CompareAndSwap.name
    if not destination.swaps and _locks(destination):
        return LeaseLock.name
    if _swaps(destination):
        return CompareAndSwap.name
    raise TargetError(
        Diagnostic(
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
    retry = destination.claim(probe)
    destination.remove_folder(probe)
    return retry is False
