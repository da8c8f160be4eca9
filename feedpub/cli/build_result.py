"""What a build has come to, before it is said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..build import Build
    from ..output.write import Written


class Outcome(Enum):
    """Whether a build was written, only planned, or refused because of --strict."""

    WRITTEN = auto()
    PLANNED = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """A build, and the documents that were written, or that would be where nothing was."""

    outcome: Outcome
    build: Build
    written: Written


def unknown_keys(build: Build) -> Counter[str]:
    """The metadata keys that mean nothing to feedpub, and in how many articles each stands."""
    return Counter(key for article in build.state.articles for key in article.unknown_keys)
