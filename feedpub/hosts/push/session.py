"""One push, step by step: no subscriber ever reads a torn or an older document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from ...errors import Diagnostic, Severity, with_severity
from .compare import Comparison, Remote, compare, read_remote
from .concurrency import Concurrency
from .concurrency.guard import Guard
from .concurrency.probe import choose_concurrency, guard_for
from .generation import head_upload, in_parallel, write_generation
from .job import PushJob
from .manifest import Head
from .objects import object_path
from .plan import Plan
from .results import Receipt
from .retry_on_conflict import retry_on_conflict


def push_documents(job: PushJob) -> Receipt:
    """Pushes; what another machine was faster with is begun anew.

    Raises TargetError, BehindError where the target knows entries that this folder doesn't, and
    UnreachableError where others are faster again and again.
    """
    return retry_on_conflict(lambda: _push_once(job), job.destination.label)


def plan_push(job: PushJob) -> Plan:
    """What `push_documents` would do; raises as it does, and writes nothing."""
    return retry_on_conflict(lambda: _compare(job), job.destination.label).plan


def _push_once(job: PushJob) -> Receipt:
    comparison = _compare(job)
    known = comparison.remote.concurrency
    if not comparison.is_needed:
        return _nothing_to_do(comparison)
    with _guarded(job, known) as guard:
        if guard.concurrency is Concurrency.LOCK:
            # What was read before the lock was ours may be over.
            comparison = _compare(job)
        head = write_generation(job, guard, comparison)
        topics = _changed_topics(job, head)
        # A feed that waited is looked at again: it may still not be what a hub should fetch.
        read = _read_back(job, tuple(dict.fromkeys((*head.pending, *topics))))
        _remove(job, guard, head, comparison.remote)
        # A hub fetches at once: a feed that can't be read yet waits for a later push.
        ready = _without(topics, with_severity(read, Severity.ERROR))
        refused = _announce(job, ready)
        announced = _without(ready, refused)
        _settle(job, guard, head, unannounced=[each for each in topics if each not in announced])
    found_out = None if guard.concurrency is known else guard.concurrency
    receipt = _receipt(comparison.plan, head)
    return replace(
        receipt, announced=announced, diagnostics=(*read, *refused), concurrency=found_out
    )


@contextmanager
def _guarded(job: PushJob, known: Concurrency | None) -> Iterator[Guard]:
    """Keeps other machines from writing while the block runs."""
    concurrency = choose_concurrency(job.destination, known, single_writer=job.target.single_writer)
    guard = guard_for(concurrency, job.destination, job.nonce, lease=job.lease)
    guard.begin()
    try:
        yield guard
    finally:
        guard.end()


def _compare(job: PushJob) -> Comparison:
    remote = read_remote(job.destination)
    records = {path: document.record for path, document in job.documents.items()}
    return compare(remote, job.destination, records, job.ledger, max_delete=job.target.max_delete)


def _nothing_to_do(comparison: Comparison) -> Receipt:
    head, plan = comparison.remote.head, comparison.plan
    return Receipt(
        generation=head.generation if head else 0,
        kept=plan.kept,
        skipped_removals=plan.skipped_removals,
    )


def _receipt(plan: Plan, head: Head) -> Receipt:
    return Receipt(
        generation=head.generation,
        uploaded=tuple(step.path for step in plan.uploads),
        size=sum(step.size for step in plan.uploads),
        removed=head.leaving,
        skipped_removals=plan.skipped_removals,
        kept=plan.kept,
    )


def _changed_topics(job: PushJob, head: Head) -> tuple[str, ...]:
    changed = dict.fromkeys((*head.unannounced, *head.pending))
    known = job.documents.keys() & job.topics.keys()
    return tuple(path for path in changed if path in known)


def _read_back(job: PushJob, paths: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    # httpx costs 60 ms that a push which finds nothing new in a folder needn't pay.
    from .readback import read_back, read_back_stored

    expected = {path: job.documents[path].record for path in paths}
    if not job.target.public:
        return read_back_stored(job.destination, expected)
    with job.clients(ca_file=job.target.ca_file) as client:
        return read_back(client, job.target.public, expected)


def _remove(job: PushJob, guard: Guard, head: Head, remote: Remote) -> None:
    # Others may still be reading by the head before this one: its objects go one push later.
    retired = set(remote.head.retired if remote.head else ()) - {*head.shards, *head.pieces}
    paths = (*head.leaving, *map(object_path, sorted(retired)))
    if paths:
        # Who has taken over may have brought back what was to go.
        guard.check()
    in_parallel(job, job.destination.remove, paths)


def _announce(job: PushJob, paths: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    if not paths:
        return ()
    from .websub import HUB_TIMEOUT, announce

    with job.clients(timeout=HUB_TIMEOUT) as client:
        return announce(client, job.hubs, {path: job.topics[path] for path in paths})


def _settle(job: PushJob, guard: Guard, head: Head, unannounced: Iterable[str]) -> None:
    settled = replace(head, pending=(), leaving=(), unannounced=tuple(unannounced))
    guard.settle(head_upload(settled, job.now))


def _without(paths: Iterable[str], diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Those of `paths` that none of `diagnostics` is about."""
    places = {each.place for each in diagnostics}
    return tuple(path for path in paths if path not in places)
