"""Pushes to, plans for and pulls from every target; a bad one does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from ...errors import ConfigError, Diagnostic, LedgerError, OutputError, TargetError
from ...files import file_diagnostic
from ...formats import outputs
from ...http.client import ClientFactory
from ...ledger.merge import merge_into
from ...ledger.store import events_in, newest_states, whole_lines
from ...output.built import outdated
from ...progress import Progress, unwatched
from ...settings import Settings, Target
from ...text.wording import shown
from ..credentials import Credentials
from ..destinations import connect
from .compare import remote_ledger
from .documents import local_documents
from .job import PushJob
from .results import PlannedPush, PullResult, PushResult
from .session import plan_push, push_documents


def select_targets(settings: Settings, names: Sequence[str]) -> tuple[Target, ...]:
    """The targets of these names, all for none; raises ConfigError."""
    if not settings.targets:
        raise ConfigError(
            Diagnostic(
                code="no-target",
                place=str(settings.file.name),
                problem="names no target to push to",
                remedy='Add [push] with target = "https://…", "s3://…" or "file:///…".',
            )
        )
    known = {target.name or "push": target for target in settings.targets}
    for name in names:
        if name not in known:
            problem = f"there is no target {shown(name)}"
            remedy = f"Known are {', '.join(known)}."
            raise ConfigError(
                Diagnostic(code="target-unknown", place="--target", problem=problem, remedy=remedy)
            )
    return tuple(known[name] for name in dict.fromkeys(names)) or settings.targets


def push_all(
    settings: Settings,
    targets: Sequence[Target],
    credentials: Credentials,
    clients: ClientFactory,
    *,
    now: datetime,
    progress: Progress = unwatched,
) -> Iterator[PushResult]:
    """Pushes to one target after the other; raises OutputError and LedgerError.

    `progress` is told the bytes of documents for the target at hand.
    """
    open_job = partial(
        _push_job, settings, _ledger(settings), credentials=credentials, clients=clients, now=now
    )
    for target in targets:
        try:
            with open_job(target) as job:
                receipt = push_documents(replace(job, progress=progress))
        except TargetError as error:
            yield PushResult(target=target, error=error)
        else:
            yield PushResult(target=target, receipt=receipt)


def plan_all(
    settings: Settings,
    targets: Sequence[Target],
    credentials: Credentials,
    clients: ClientFactory,
    *,
    now: datetime,
) -> Iterator[PlannedPush]:
    """What `push_all` would do; raises as it does, and writes nothing."""
    open_job = partial(
        _push_job, settings, _ledger(settings), credentials=credentials, clients=clients, now=now
    )
    for target in targets:
        try:
            with open_job(target) as job:
                planned = plan_push(job)
        except TargetError as error:
            yield PlannedPush(target=target, error=error)
        else:
            yield PlannedPush(target=target, plan=planned)


def pull_all(
    settings: Settings,
    targets: Sequence[Target],
    credentials: Credentials,
    clients: ClientFactory,
) -> Iterator[PullResult]:
    """Merges the ledger of one target after the other into that of `settings`; raises
    LedgerError."""
    for target in targets:
        try:
            with closing(connect(target, credentials, clients)) as destination:
                ledger = remote_ledger(destination)
        except TargetError as error:
            yield PullResult(target=target, error=error)
        else:
            new_lines = merge_into(settings.ledger_file, ledger)
            yield PullResult(target=target, new_lines=new_lines)


@contextmanager
def _push_job(
    settings: Settings,
    ledger: bytes,
    target: Target,
    *,
    credentials: Credentials,
    clients: ClientFactory,
    now: datetime,
) -> Iterator[PushJob]:
    """One push to `target`; the destination is open while the block runs."""
    documents = local_documents(settings.output, target.precompressed)
    with closing(connect(target, credentials, clients)) as destination:
        yield PushJob(
            target=target,
            destination=destination,
            clients=clients,
            documents=documents,
            ledger=ledger,
            now=now,
            topics=_topics(settings, target),
            hubs=settings.hubs,
        )


def _ledger(settings: Settings) -> bytes:
    file = settings.ledger_file
    try:
        raw = file.read_bytes()
    except OSError as error:
        remedy = "Run `feedpub build` first: what goes up must be remembered."
        raise LedgerError(file_diagnostic(file, "read", error, remedy)) from None
    ledger = newest_states(events_in(raw, file))
    # After a pull, or a merge in git, the feeds here may be older than those that are live.
    if diagnostics := tuple(outdated(settings, ledger)):
        raise OutputError(*diagnostics)
    return whole_lines(raw)


def _topics(settings: Settings, target: Target) -> Mapping[str, str]:
    """The addresses of the feeds that hubs are told of, by path."""
    # What can be read at another address says nothing of the one that is subscribed to.
    if not settings.hubs or target.public not in ("", settings.site.url):
        return {}
    return {
        output.path: output.url for feed in settings.feeds for output in outputs(feed, settings)
    }
