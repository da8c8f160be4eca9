"""What is found at an address: the nouns of `feedpub verify`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """What a finding means: all is well, it could be better, readers will have trouble."""

    WELL = "well"
    REMARK = "remark"
    WRONG = "wrong"


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
    """One thing that was looked at; `remedy` is in the words of the host in question."""

    matter: Matter
    weight: Weight
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found at one address."""

    url: str
    findings: tuple[Finding, ...]

    @property
    def is_wrong(self) -> bool:
        """Whether readers will have trouble."""
        return any(finding.weight is Weight.WRONG for finding in self.findings)


def well(matter: Matter, what: str) -> Finding:
    """A finding that asks for nothing."""
    return Finding(matter=matter, weight=Weight.WELL, what=what)


def remark(matter: Matter, what: str, remedy: str = "") -> Finding:
    """A finding that readers can live with."""
    return Finding(matter=matter, weight=Weight.REMARK, what=what, remedy=remedy)


def wrong(matter: Matter, what: str, remedy: str = "") -> Finding:
    """A finding that keeps readers from the feed, or from its news."""
    return Finding(matter=matter, weight=Weight.WRONG, what=what, remedy=remedy)
