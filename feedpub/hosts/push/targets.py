"""Settings and credentials to pushes, one for each target; a bad one does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from ...errors import ConfigError, Diagnostic, LedgerError, OutputError, TargetError
from ...files import file_diagnostic
from ...formats import outputs
from ...http.client import ClientFactory
from ...ledger.store import read_ledger, whole_lines
from ...output.built import outdated
from ...progress import Progress, unwatched
from ...settings import Settings, Target
from ...text.wording import shown
from ..credentials import Credentials
from ..destinations import Destination, connect
from .compare import remote_ledger
from .documents import LocalDocument, local_documents
from .objects import holds
from .plan import Plan
from .readback import ReadBack, read_back
from .session import Aftermath, Announced, Push, Receipt
from .websub import announce

HUB_TIMEOUT = 10.0
"""Seconds without a word from a hub, which a push must not be held up by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushResult:
    """What has become of one target: a receipt, or the error that stopped it."""

    target: Target
    receipt: Receipt | None = None
    error: TargetError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPush:
    """What would become of one target: a plan, or the error that stopped it."""

    target: Target
    plan: Plan | None = None
    error: TargetError | None = None


def select_targets(settings: Settings, names: Sequence[str]) -> tuple[Target, ...]:
    """The targets of these names, all for none; raises ConfigError."""
    if not settings.targets:
        raise ConfigError(
            Diagnostic(
                place=str(settings.file.name),
                problem="names no target to push to",
                remedy='Add [push] with target = "https://…", "s3://…" or "file:///…".',
            )
        )
    known = {target.name or "push": target for target in settings.targets}
    for name in names:
        if name not in known:
            problem = f"there is no target {shown(name)}"
            raise ConfigError(
                Diagnostic(
                    place="--target", problem=problem, remedy=f"Known are {', '.join(known)}."
                )
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
    """Pushes to one target after the other; raises OutputError and LedgerError before the first."""
    ledger = _ledger(settings)
    for target in targets:
        try:
            with _delivery(settings, target, credentials, clients) as delivery:
                yield PushResult(target=target, receipt=delivery.push(ledger, now, progress).run())
        except TargetError as error:
            yield PushResult(target=target, error=error)


def plan_all(
    settings: Settings,
    targets: Sequence[Target],
    credentials: Credentials,
    clients: ClientFactory,
    *,
    now: datetime,
) -> Iterator[PlannedPush]:
    """What `push_all` would do."""
    ledger = _ledger(settings)
    for target in targets:
        try:
            with _delivery(settings, target, credentials, clients) as delivery:
                yield PlannedPush(target=target, plan=delivery.push(ledger, now, unwatched).plan())
        except TargetError as error:
            yield PlannedPush(target=target, error=error)


def fetch_ledger(target: Target, credentials: Credentials, clients: ClientFactory) -> bytes:
    """The ledger that `target` knows, empty where feedpub never pushed; raises TargetError."""
    destination = connect(target, credentials, clients)
    try:
        return remote_ledger(destination)
    finally:
        destination.close()


def _ledger(settings: Settings) -> bytes:
    file = settings.ledger_file
    try:
        raw = file.read_bytes()
    except OSError as error:
        remedy = "Run `feedpub build` first: what goes up must be remembered."
        raise LedgerError(file_diagnostic(file, "read", error, remedy)) from None
    # After a pull, or a merge in git, the feeds here may be older than those that are live.
    if faults := tuple(outdated(settings, read_ledger(file))):
        raise OutputError(*faults)
    return whole_lines(raw)


@contextmanager
def _delivery(
    settings: Settings, target: Target, credentials: Credentials, clients: ClientFactory
) -> Iterator[_Delivery]:
    documents = local_documents(settings.output, target.precompressed)
    destination = connect(target, credentials, clients)
    try:
        yield _Delivery(settings, target, documents, destination, clients)
    finally:
        destination.close()


class _Delivery:
    """One open destination, and what follows a push to it."""

    def __init__(
        self,
        settings: Settings,
        target: Target,
        documents: Mapping[str, LocalDocument],
        destination: Destination,
        clients: ClientFactory,
    ) -> None:
        self._settings = settings
        self._target = target
        self._documents = documents
        self._destination = destination
        self._clients = clients

    def push(self, ledger: bytes, now: datetime, progress: Progress) -> Push:
        return Push(
            target=self._target,
            destination=self._destination,
            documents=self._documents,
            ledger=ledger,
            aftermath=Aftermath(
                read_back=self._read_back, announce=self._announce, topics=self._topics().keys()
            ),
            now=now,
            progress=progress,
        )

    def _read_back(self, paths: tuple[str, ...]) -> ReadBack:
        if not self._target.public:
            return ReadBack(unread=tuple(self._read_from_target(paths)))
        expected = {path: self._documents[path].record for path in paths}
        with self._clients(ca_file=self._target.ca_file) as client:
            return read_back(client, self._target.public, expected)

    def _read_from_target(self, paths: tuple[str, ...]) -> Iterator[Diagnostic]:
        for path in paths:
            stored = self._destination.read(path)
            if stored is None or not holds(stored.content, self._documents[path].record):
                problem = f"{self._destination.label} gives other bytes than were sent there"
                yield Diagnostic(place=path, problem=problem)

    def _topics(self) -> Mapping[str, str]:
        """The addresses of the feeds that hubs are told of, by path."""
        home = self._settings.site.url
        # What can be read at another address says nothing of the one that is subscribed to.
        if not self._settings.hubs or self._target.public not in ("", home):
            return {}
        return {
            output.path: output.url
            for feed in self._settings.feeds
            for output in outputs(feed, self._settings)
        }

    def _announce(self, paths: tuple[str, ...]) -> Announced:
        if not paths:
            return Announced()
        topics = {path: url for path, url in self._topics().items() if path in paths}
        with self._clients(timeout=HUB_TIMEOUT) as client:
            faults = announce(client, self._settings.hubs, topics)
        failed = {fault.place for fault in faults}
        return Announced(told=tuple(path for path in paths if path not in failed), faults=faults)
