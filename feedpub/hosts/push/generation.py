"""One generation of documents, written to a target so that every reader finds a whole one."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import TypeVar

from ..destinations import ABSENT, ANYHOW, Unchanged, Upload
from ..serving import DocumentKind, document_kind
from .compare import Comparison
from .concurrency.guard import Guard
from .job import PushJob
from .manifest import HEAD, Head, write_head
from .objects import object_path, packed

_T = TypeVar("_T")


def write_generation(job: PushJob, guard: Guard, comparison: Comparison) -> Head:
    """Writes what nothing live names yet, commits by writing the head, then the live documents,
    feeds and index last. Gives the head, which says what is still to be settled.

    Raises TargetError, and Conflict where another machine was faster.
    """
    plan, remote = comparison.plan, comparison.remote
    paths = [step.path for step in plan.uploads]
    immutable = [path for path in paths if document_kind(path) is DocumentKind.IMMUTABLE]
    live = tuple(path for path in paths if document_kind(path) is not DocumentKind.IMMUTABLE)
    writer = _Writer(job, total=sum(step.size for step in plan.uploads))
    in_parallel(job, guard.note_etag, live)
    in_parallel(job, writer.write_object, comparison.new_objects().items())
    in_parallel(job, partial(writer.write_document, writer.write_anyhow), immutable)
    head = _next_head(job, guard, comparison, live)
    guard.commit(head_upload(head, job.now), Unchanged(remote.etag) if remote.head else ABSENT)
    for _, each in groupby(live, key=document_kind):
        in_parallel(job, partial(writer.write_document, guard.write), each)
    return head


def head_upload(head: Head, now: datetime) -> Upload:
    """The head as it is written `now`."""
    return Upload.of(HEAD, write_head(head, now))


def in_parallel(job: PushJob, act: Callable[[_T], None], items: Iterable[_T]) -> None:
    """Calls `act` with each of `items`, in as many threads as the target takes at once; the first
    error ends it."""
    with ThreadPoolExecutor(job.target.parallel) as pool:
        waiting = [pool.submit(act, item) for item in items]
        try:
            for each in waiting:
                each.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _next_head(job: PushJob, guard: Guard, comparison: Comparison, live: tuple[str, ...]) -> Head:
    old = comparison.remote.head
    return Head(
        generation=old.generation + 1 if old else 1,
        nonce=job.nonce,
        writers=guard.concurrency,
        shards=tuple(comparison.state.shards),
        pieces=tuple(comparison.state.pieces),
        pending=live,
        leaving=comparison.plan.removals,
        unannounced=old.unannounced if old else (),
        retired=comparison.retired_objects(),
        by=socket.gethostname(),
    )


@dataclass(slots=True)
class _Writer:
    """Writes for a job; `done` are the bytes of documents that are up, of `total`.

    It may be a little off while several threads add to it, which is no harm.
    """

    job: PushJob
    total: int
    done: int = 0

    def write_anyhow(self, upload: Upload) -> None:
        self.job.destination.write(upload, ANYHOW)

    def write_object(self, item: tuple[str, bytes]) -> None:
        name, content = item
        self.write_anyhow(Upload.of(object_path(name), packed(content)))

    def write_document(self, write: Callable[[Upload], None], path: str) -> None:
        content = self.job.documents[path].read()
        write(Upload.of(path, content))
        self.done += len(content)
        self.job.progress(self.done, self.total)
