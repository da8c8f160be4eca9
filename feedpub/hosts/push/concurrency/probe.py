"""Finds out what keeps machines apart at a destination, and makes the guard for it."""

from __future__ import annotations

import secrets

from ....errors import Diagnostic, TargetError
from ...destinations import ABSENT, Condition, Conflict, Destination, Unchanged, Upload
from ...serving import STATE
from . import Concurrency
from .compare_and_swap import CompareAndSwap
from .guard import Guard
from .lease_lock import LEASE, LeaseLock
from .single import SingleWriter


def guard_for(
    concurrency: Concurrency, destination: Destination, nonce: str, *, lease: float = LEASE
) -> Guard:
    """The guard of one push; `nonce` tells it from every other push, `lease` is in seconds."""
    if concurrency is Concurrency.COMPARE_AND_SWAP:
        return CompareAndSwap(destination, nonce)
    if concurrency is Concurrency.LOCK:
        return LeaseLock(destination, nonce, lease=lease)
    return SingleWriter(destination)


def choose_concurrency(
    destination: Destination, known: Concurrency | None, *, single_writer: bool
) -> Concurrency:
    """What is `known` from earlier pushes, else what `probe_concurrency` finds out."""
    # Who moves to another kind of host takes all files along, the manifest too.
    by_lock, by_etag = Concurrency.LOCK, Concurrency.COMPARE_AND_SWAP
    usual = by_etag if destination.conditional_writes else by_lock
    if known is usual or (known is Concurrency.SINGLE_WRITER and single_writer):
        return known
    return probe_concurrency(destination, single_writer=single_writer)


def probe_concurrency(destination: Destination, *, single_writer: bool) -> Concurrency:
    """Tries out what `destination` can do, with files of its own in the folder of feedpub there.

    Raises TargetError where it can do nothing and config.toml does not promise a single writer.
    """
    if single_writer:
        return Concurrency.SINGLE_WRITER
    if not destination.conditional_writes and _makes_folders_exclusively(destination):
        return Concurrency.LOCK
    if _honours_conditions(destination):
        return Concurrency.COMPARE_AND_SWAP
    raise TargetError(
        Diagnostic(
            code="concurrency-unsupported",
            place=destination.label,
            problem="this server can't keep two machines apart that push at the same time",
            remedy="If only one machine ever pushes there, say `single_writer = true`.",
        )
    )


def _honours_conditions(destination: Destination) -> bool:
    """Whether three conditions hold or not, as they should."""
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


def _makes_folders_exclusively(destination: Destination) -> bool:
    """Whether a folder can be made once only."""
    probe = f"{STATE}probe-{secrets.token_hex(6)}"
    if not destination.make_folder_exclusively(probe):
        return False
    second = destination.make_folder_exclusively(probe)
    destination.remove_folder(probe)
    return second is False
