"""What is found at an address: the types of `feedpub verify`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """What a finding means: all is well, it could be better, readers will have trouble."""

    OK = "well"
    NOTE = "remark"
    ERROR = "wrong"


class Matter(StrEnum):
    """What a finding is about."""

    ADDRESS = "address"
    CERTIFICATE = "certificate"
    CONTENT = "content"
    MEDIA_TYPE = "media type"
    CACHING = "caching"
    CONDITIONAL = "conditional requests"
    COMPRESSION = "compression"
    SELF_LINK = "self link"
    HUB = "hub"
    READERS = "readers"
    HEAD = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was checked: `what` is the end of a sentence that begins with the feed;
    `remedy` is for the host in question, "" where nothing is to be done or known."""

    matter: Matter
    weight: Weight
    what: str
    remedy: str = ""

    @classmethod
    def ok(cls, matter: Matter, what: str) -> Finding:
        """A finding that asks for nothing."""
        return cls(matter=matter, weight=Weight.OK, what=what)

    @classmethod
    def note(cls, matter: Matter, what: str, remedy: str = "") -> Finding:
        """A finding that readers can live with."""
        return cls(matter=matter, weight=Weight.NOTE, what=what, remedy=remedy)

    @classmethod
    def error(cls, matter: Matter, what: str, remedy: str = "") -> Finding:
        """A finding that keeps readers from the feed, or from its news."""
        return cls(matter=matter, weight=Weight.ERROR, what=what, remedy=remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found at one address."""

    url: str
    findings: tuple[Finding, ...]

    @property
    def is_wrong(self) -> bool:
        """Whether readers will have trouble."""
        return any(finding.weight is Weight.ERROR for finding in self.findings)
