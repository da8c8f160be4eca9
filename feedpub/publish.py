"""What cron runs: new link posts of sources, a build, a push to every target, a word to a
healthcheck service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from .build import prepare_build, write_build
from .errors import BusyError, Diagnostic, FeedpubError, Severity, with_severity
from .folder_state import ARTICLES_MISSING
from .hosts.credentials import Credentials
from .hosts.healthcheck import ping_healthcheck
from .hosts.push.results import PushResult
from .hosts.push.targets import push_all
from .http.client import ClientFactory
from .run_lock import one_at_a_time
from .settings import Settings
from .text.wording import abridged, counted, tallied

if TYPE_CHECKING:
    from .add.add import AddResult

NAMED_FILES = 5
"""So many files that are gone are named in the one line that a run prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSummary:
    """What the build of a run has done: numbers of articles, and of feeds that were `written`, None
    while none is. `gone` are paths of articles."""

    new: int = 0
    changed: int = 0
    renamed: int = 0
    gone: tuple[str, ...] = ()
    left_out: tuple[Diagnostic, ...] = ()
    missing: tuple[Diagnostic, ...] = ()
    notes: tuple[Diagnostic, ...] = ()
    written: int | None = None

    @property
    def news(self) -> Iterator[str]:
        """What has changed, in parts of a sentence."""
        if self.written is None:
            return
        counts = ((self.new, "new"), (self.changed, "changed"), (self.renamed, "renamed"))
        articles = tallied(counts)
        if self.gone:
            yield f"file gone: {abridged(self.gone, NAMED_FILES)}"
        if articles:
            yield articles
        if articles or self.written:
            yield f"{counted(self.written, 'feed')} written"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishResult:
    """What a run has come to.

    `earlier` is what went wrong before it began, `added` the number of link posts from sources,
    `unread` what is wrong with sources, `error` what has stopped the run, and
    `healthcheck_problem` why the healthcheck service could not be told, empty if it was.
    """

    earlier: tuple[Diagnostic, ...] = ()
    added: int = 0
    unread: tuple[Diagnostic, ...] = ()
    build: BuildSummary = field(default_factory=BuildSummary)
    pushes: tuple[PushResult, ...] = ()
    error: FeedpubError | None = None
    healthcheck_problem: str = ""

    @property
    def succeeded(self) -> bool:
        """Whether all was built and pushed, and can be read."""
        has_failed = (
            self.earlier or self.unread or self.build.missing or self.build.left_out or self.error
        )
        return not has_failed and all(each.is_complete for each in self.pushes)

    @property
    def problems(self) -> tuple[str, ...]:
        """What went wrong, a sentence each, in the order in which it did."""
        return (
            *map(str, self.earlier),
            *map(str, self.unread),
            *map(str, self.build.missing),
            *(f"left out: {each}" for each in self.build.left_out),
            *(sentence for each in self.pushes for sentence in each.problems),
            *((str(self.error),) if self.error else ()),
        )

    @property
    def news(self) -> tuple[str, ...]:
        """What was published, in parts of a sentence; empty where nothing has changed."""
        added = (f"{counted(self.added, 'link')} added from sources",) if self.added else ()
        return (*added, *self.build.news, *(part for each in self.pushes for part in each.news))


def publish(
    settings: Settings,
    credentials: Credentials,
    clients: ClientFactory,
    *,
    now: datetime,
    earlier: tuple[Diagnostic, ...] = (),
) -> Iterator[PublishResult]:
    """Gives what the run has come to so far after each step, and at last the whole result."""
    result = PublishResult(earlier=earlier)
    try:
        with one_at_a_time(settings.root, doing="publish", now=now):
            if settings.publish_sources:
                added = _add_from_sources(settings, clients, now)
                result = replace(result, added=len(added.additions), unread=added.errors)
                yield result
            for build in _build(settings, now):
                yield (result := replace(result, build=build))
            # Before the first article there is nothing to push, and no ledger.
            pushes = () if result.build.missing else _pushes(settings, credentials, clients, now)
            for push in pushes:
                yield (result := replace(result, pushes=(*result.pushes, push)))
    except BusyError as error:
        # The run that is at work here has still to tell the healthcheck service how it ended.
        yield replace(result, error=error)
        return
    except FeedpubError as error:
        yield (result := replace(result, error=error))
    if settings.heartbeat:
        text = "\n".join(result.problems or result.news)
        problem = ping_healthcheck(
            clients, settings.heartbeat, succeeded=result.succeeded, text=text
        )
        yield replace(result, healthcheck_problem=problem)


def _add_from_sources(settings: Settings, clients: ClientFactory, now: datetime) -> AddResult:
    from .add.add import AddResult
    from .add.adder import AddOptions
    from .add.sources import add_from_sources

    try:
        return add_from_sources(
            settings, AddOptions(), clients, now=now, progress=lambda _, __: None
        )
    except FeedpubError as error:
        # What is in the folder is published all the same.
        return AddResult(errors=error.diagnostics)


def _build(settings: Settings, now: datetime) -> Iterator[BuildSummary]:
    """What is going to be written, then what was."""
    build = prepare_build(settings, now=now)
    decision = build.state.decision
    result = BuildSummary(
        new=len(decision.new),
        changed=len(decision.changed),
        renamed=len(decision.renamed),
        gone=decision.gone,
        left_out=with_severity(build.diagnostics, Severity.ERROR),
        missing=tuple(each for each in build.diagnostics if each.code == ARTICLES_MISSING),
        notes=tuple(
            each
            for each in build.diagnostics
            if each.severity is not Severity.ERROR and each.code != ARTICLES_MISSING
        ),
    )
    yield result
    written = write_build(settings, build)
    yield replace(result, written=len(written.written))


def _pushes(
    settings: Settings, credentials: Credentials, clients: ClientFactory, now: datetime
) -> Iterator[PushResult]:
    # Without a target there need be no ledger to push.
    if settings.targets:
        yield from push_all(settings, settings.targets, credentials, clients, now=now)
