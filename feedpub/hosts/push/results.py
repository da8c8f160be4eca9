"""What pushes, plans and pulls come to, one for each target."""

from __future__ import annotations

from dataclasses import dataclass

from ...errors import Diagnostic, Severity, TargetError, with_severity
from ...settings import Target
from ...text.wording import counted
from .concurrency import Concurrency
from .plan import Plan, skipped_removals_problem

HUB_NOT_TOLD = "hub-not-told"
"""The code of a diagnostic that says of a feed that a hub could not be told of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a push has done: `generation` is the target's newest, `size` the bytes of documents.

    The place of each of the `diagnostics` is a path: errors say what can't be read back as it was
    sent; warnings, what is served oddly, or HUB_NOT_TOLD. `concurrency` is what keeps machines
    apart there, where this push has found that out, else None.
    """

    generation: int
    uploaded: tuple[str, ...] = ()
    size: int = 0
    removed: tuple[str, ...] = ()
    skipped_removals: tuple[str, ...] = ()
    kept: int = 0
    announced: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    concurrency: Concurrency | None = None

    @property
    def unread(self) -> tuple[Diagnostic, ...]:
        """What can't be read back as it was sent."""
        return with_severity(self.diagnostics, Severity.ERROR)

    @property
    def served_oddly(self) -> tuple[Diagnostic, ...]:
        """What can be read as it was sent, but is not served as it should be."""
        warnings = with_severity(self.diagnostics, Severity.WARNING)
        return tuple(each for each in warnings if each.code != HUB_NOT_TOLD)

    @property
    def unannounced(self) -> tuple[Diagnostic, ...]:
        """What hubs could not be told of; the next push tells it again."""
        return tuple(each for each in self.diagnostics if each.code == HUB_NOT_TOLD)

    @property
    def problems(self) -> tuple[str, ...]:
        """What went wrong, a sentence each."""
        return (
            *(f"sent, but {each}" for each in self.unread),
            *(f"warning: {each}" for each in self.served_oddly),
            *(f"warning: {each} (the next push tells it again)" for each in self.unannounced),
            *skipped_removals_problem(self.skipped_removals),
        )

    @property
    def is_complete(self) -> bool:
        """Whether all that was asked for is done and can be read; hubs may still be to be told."""
        return not self.unread and not self.skipped_removals


@dataclass(frozen=True, slots=True, kw_only=True)
class PushResult:
    """What has become of one target: a receipt, or the error that stopped it."""

    target: Target
    receipt: Receipt | None = None
    error: TargetError | None = None

    @property
    def is_complete(self) -> bool:
        """Whether all that was asked for is done and can be read."""
        return self.receipt is not None and self.receipt.is_complete

    @property
    def problems(self) -> tuple[str, ...]:
        """What went wrong, a sentence each."""
        if self.error is not None:
            return tuple(map(str, self.error.diagnostics))
        return self.receipt.problems if self.receipt else ()

    @property
    def news(self) -> tuple[str, ...]:
        """What has changed there, in a part of a sentence; empty where nothing has."""
        if self.receipt is None or not (self.receipt.uploaded or self.receipt.removed):
            return ()
        return (f"{counted(len(self.receipt.uploaded), 'document')} sent to {self.target.url}",)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPush:
    """What would become of one target: a plan, or the error that stopped it."""

    target: Target
    plan: Plan | None = None
    error: TargetError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PullResult:
    """How many lines of the ledger of one target were new here, or the error that stopped it."""

    target: Target
    new_lines: int = 0
    error: TargetError | None = None
