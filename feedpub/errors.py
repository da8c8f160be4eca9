"""Every error that a user can meet; each makes its own sentence, with the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a diagnostic means: something is left undone, is likely wrong, or is good to know."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One thing that a person should know: where, what, and what to do about it.

    `place` is a path, a key or an address; `line` counts from 1, 0 where there is none. `code`
    never changes, so that a program can tell one kind of problem from another.
    """

    code: str
    place: str
    problem: str
    remedy: str = ""
    line: int = 0
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = f"{self.place}:{self.line}" if self.line else self.place
        sentence = f"{where}: {self.problem}"
        return f"{sentence}. {self.remedy}" if self.remedy else sentence


def with_severity(diagnostics: Iterable[Diagnostic], severity: Severity) -> tuple[Diagnostic, ...]:
    """Those of `diagnostics` that have this severity, in their order."""
    return tuple(each for each in diagnostics if each.severity is severity)


class FeedpubError(Exception):
    """The base of all: carries every diagnostic, so that all are said at once."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "\n".join(str(each) for each in self.diagnostics)


class ConfigError(FeedpubError):
    """config.toml is missing, broken, or says something that can't be."""


class ArticleError(FeedpubError):
    """One article can't be published as it is."""


class LedgerError(FeedpubError):
    """The ledger can't be trusted or written."""


class OutputError(FeedpubError):
    """A document can't be written to the output folder."""


class FeedError(FeedpubError):
    """A feed that is to be adopted can't be read."""


class PageError(FeedpubError):
    """A page, a paste or a list can't be added."""


class ScheduleError(FeedpubError):
    """What runs feedpub by itself can't be set up, read or taken away."""


class BusyError(FeedpubError):
    """Another run holds this folder."""


class TargetError(FeedpubError):
    """A target refuses what feedpub asks for, or answers what makes no sense."""


class UnreachableError(TargetError):
    """A target can't be reached, or is busy; trying again later may help."""


class BehindError(TargetError):
    """A target knows entries that this folder does not."""


class DateError(ValueError):
    """A date can't be read, or could mean several; the text is the problem, without a place."""
