"""The second trip: documents to a target; no subscriber ever reads a torn or an older one."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import TypeVar

from ...errors import Diagnostic
from ...http.headers import DocumentKind, document_kind
from ...progress import Progress, unwatched
from ...settings import Target
from ..destinations import ABSENT, ANYHOW, Destination, Unchanged, Upload
from .compare import Comparison, compare, read_remote
from .concurrency import Concurrency
from .concurrency.lease_lock import LEASE
from .concurrency.probe import choose_concurrency, guard_for
from .concurrency.protocol import Guard
from .documents import LocalDocument
from .manifest import HEAD, Head, write_head
from .objects import object_path, packed
from .plan import Plan
from .readback import ReadBack
from .retry import retry_on_conflict

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """The paths of feeds that the hubs were told of, and a fault for each that they were not."""

    told: tuple[str, ...] = ()
    faults: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What follows when documents are up; both take paths, and the place of a fault is a path.

    `read_back` looks at them as a stranger would, `announce` tells the hubs of feeds; `topics` are
    the feeds that hubs are told of.
    """

    read_back: Callable[[tuple[str, ...]], ReadBack]
    announce: Callable[[tuple[str, ...]], Announced]
    topics: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a push has done: `generation` is the target's newest, `size` the bytes of documents.

    `unread` could not be read back as they were sent, `remarks` are about how they are served, and
    `unannounced` could not be told to a hub. `concurrency` is what keeps machines apart there,
    where this push has found that out, else None.
    """

    generation: int
    uploaded: tuple[str, ...] = ()
    size: int = 0
    removed: tuple[str, ...] = ()
    skipped_removals: tuple[str, ...] = ()
    kept: int = 0
    announced: tuple[str, ...] = ()
    unread: tuple[Diagnostic, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()
    unannounced: tuple[Diagnostic, ...] = ()
    concurrency: Concurrency | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One push of `documents` and the bytes of the `ledger` to one target.

    `progress` is told the bytes of documents that are up, and those there are. A lock that is left
    behind holds for `lease` seconds.
    """

    target: Target
    destination: Destination
    documents: Mapping[str, LocalDocument]
    ledger: bytes
    aftermath: Aftermath
    now: datetime
    progress: Progress = unwatched
    lease: float = LEASE
    nonce: str = field(default_factory=lambda: secrets.token_hex(8))

    def plan(self) -> Plan:
        """What `run` would do; raises as it does, and writes nothing."""
        return retry_on_conflict(self._compare_now, self.destination.label).plan

    def run(self) -> Receipt:
        """Pushes; raises TargetError, BehindError where the target knows entries that this folder
        doesn't, UnreachableError where others are faster again and again."""
        return retry_on_conflict(self._try, self.destination.label)

    def _try(self) -> Receipt:
        comparison = self._compare_now()
        if not comparison.is_needed:
            return _nothing_to_do(comparison)
        known = comparison.remote.concurrency
        concurrency = choose_concurrency(
            self.destination, known, single_writer=self.target.single_writer
        )
        guard = guard_for(concurrency, self.destination, self.nonce, lease=self.lease)
        guard.begin()
        try:
            if concurrency is Concurrency.LOCK:
                # What was read before the lock was ours may be over.
                comparison = self._compare_now()
            receipt = self._push(guard, comparison)
            return receipt if concurrency is known else replace(receipt, concurrency=concurrency)
        finally:
            guard.end()

    def _compare_now(self) -> Comparison:
        remote = read_remote(self.destination)
        records = {path: document.record for path, document in self.documents.items()}
        return compare(
            remote, self.destination, records, self.ledger, max_delete=self.target.max_delete
        )

    def _push(self, guard: Guard, comparison: Comparison) -> Receipt:
        plan, remote = comparison.plan, comparison.remote
        live = tuple(
            step.path for step in plan.uploads if step.document_kind is not DocumentKind.IMMUTABLE
        )
        self._everything(guard.note_etag, live)
        self._everything(self._write_object, comparison.new_objects().items())
        progress = _Sum(self.progress, sum(step.size for step in plan.uploads))
        immutable = [
            step.path for step in plan.uploads if step.document_kind is DocumentKind.IMMUTABLE
        ]
        self._everything(self._writing(self._write_anyhow, progress), immutable)
        head = self._next_head(guard, comparison, live)
        condition = Unchanged(remote.etag) if remote.head else ABSENT
        guard.commit(self._head(head), condition)
        for _, paths in groupby(live, key=document_kind):
            self._everything(self._writing(guard.write, progress), paths)
        return self._finish(guard, comparison, head)

    def _next_head(self, guard: Guard, comparison: Comparison, live: tuple[str, ...]) -> Head:
        old = comparison.remote.head
        return Head(
            generation=old.generation + 1 if old else 1,
            nonce=self.nonce,
            writers=guard.concurrency,
            shards=tuple(comparison.state.shards),
            pieces=tuple(comparison.state.pieces),
            pending=live,
            leaving=comparison.plan.removals,
            unannounced=old.unannounced if old else (),
            retired=comparison.retired_objects(),
            by=socket.gethostname(),
        )

    def _finish(self, guard: Guard, comparison: Comparison, head: Head) -> Receipt:
        plan, old = comparison.plan, comparison.remote.head
        topics = self._topics(head)
        # A feed that waited is looked at again: it may still not be what a hub should fetch.
        seen = self.aftermath.read_back(tuple(dict.fromkeys((*head.pending, *topics))))
        # Others may still be reading by the head before this one: its objects go one push later.
        unneeded = set(old.retired if old else ()) - {*head.shards, *head.pieces}
        removals = (*head.leaving, *map(object_path, sorted(unneeded)))
        if removals:
            # Who has taken over may have brought back what was to go.
            guard.check()
        self._everything(self.destination.remove, removals)
        # A hub fetches at once: a feed that can't be read yet waits for a later push.
        failed = {fault.place for fault in seen.unread}
        ready = tuple(path for path in topics if path not in failed)
        announced = self.aftermath.announce(ready)
        failed |= {fault.place for fault in announced.faults}
        waiting = tuple(path for path in topics if path in failed)
        settled = replace(head, pending=(), leaving=(), unannounced=waiting)
        guard.settle(self._head(settled))
        return Receipt(
            generation=head.generation,
            uploaded=tuple(step.path for step in plan.uploads),
            size=sum(step.size for step in plan.uploads),
            removed=head.leaving,
            skipped_removals=plan.skipped_removals,
            kept=plan.kept,
            announced=announced.told,
            unread=seen.unread,
            remarks=seen.remarks,
            unannounced=announced.faults,
        )

    def _topics(self, head: Head) -> tuple[str, ...]:
        changed = dict.fromkeys((*head.unannounced, *head.pending))
        known = self.documents.keys() & set(self.aftermath.topics)
        return tuple(path for path in changed if path in known)

    def _head(self, head: Head) -> Upload:
        return Upload.of(HEAD, write_head(head, self.now))

    def _write_object(self, item: tuple[str, bytes]) -> None:
        name, content = item
        self._write_anyhow(Upload.of(object_path(name), packed(content)))

    def _write_anyhow(self, upload: Upload) -> None:
        self.destination.write(upload, ANYHOW)

    def _writing(self, write: Callable[[Upload], None], progress: _Sum) -> Callable[[str], None]:
        def send(path: str) -> None:
            content = self.documents[path].read()
            write(Upload.of(path, content))
            progress.add(len(content))

        return send

    def _everything(self, act: Callable[[T], None], things: Iterable[T]) -> None:
        with ThreadPoolExecutor(self.target.parallel) as pool:
            waiting = [pool.submit(act, thing) for thing in things]
            try:
                for each in waiting:
                    each.result()
            finally:
                pool.shutdown(cancel_futures=True)


class _Sum:
    """The bytes that are up; a little off while several threads add is no harm."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def add(self, size: int) -> None:
        self._done += size
        self._progress(self._done, self._total)


def _nothing_to_do(comparison: Comparison) -> Receipt:
    head, plan = comparison.remote.head, comparison.plan
    return Receipt(
        generation=head.generation if head else 0,
        kept=plan.kept,
        skipped_removals=plan.skipped_removals,
    )
