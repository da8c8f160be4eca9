"""What every place that documents are pushed to can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ..serving import cache_control, media_type


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Bytes on their way to `path`, and how they are to be served."""

    path: str
    content: bytes
    media_type: str
    cache_control: str

    @classmethod
    def of(cls, path: str, content: bytes) -> Upload:
        """With the headers that belong to `path`."""
        return cls(
            path=path,
            content=content,
            media_type=media_type(path),
            cache_control=cache_control(path),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What stands at a path.

    `etag` is the entity tag that the store gives these bytes (RFC 9110 §8.8.3), quotes included, ""
    where it gives none. `modified` is when they were written and `date` the time of the answer,
    both aware and by the clock of the store, None where it doesn't tell.
    """

    content: bytes
    etag: str
    media_type: str = ""
    date: datetime | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Write only over what had this etag (If-Match, RFC 9110 §13.1.1)."""

    etag: str


@dataclass(frozen=True, slots=True)
class Absent:
    """Write only where nothing stands (If-None-Match: *, RFC 9110 §13.1.2)."""


@dataclass(frozen=True, slots=True)
class Anyhow:
    """Write, whatever stands there: without a precondition (RFC 9110 §13.1)."""


Condition = Unchanged | Absent | Anyhow
ABSENT = Absent()
ANYHOW = Anyhow()


class Conflict(Exception):
    """The condition of a write did not hold: somebody else was faster."""


class Destination(Protocol):
    """A place that documents are pushed to.

    Every method raises TargetError, in words for a person, when it can't do what it is for;
    UnreachableError if trying again later may help. Paths are relative, with `/`. Methods may be
    called from several threads.
    """

    @property
    def label(self) -> str:
        """The address as messages may show it."""

    @property
    def conditional_writes(self) -> bool:
        """Whether this kind of store is known to honour conditions, even between racing writers."""

    def read(self, path: str) -> Stored | None:
        """What stands at `path`, None if nothing does."""

    def etag(self, path: str) -> str | None:
        """The etag of what stands at `path`, None if nothing does."""

    def write(self, upload: Upload, when: Condition) -> str:
        """Writes whole or not at all, and gives the new etag, "" where the store doesn't tell it;
        raises Conflict where `when` does not hold."""

    def remove(self, path: str) -> None:
        """Removes what stands at `path`, if anything does."""

    def make_folder_exclusively(self, path: str) -> bool | None:
        """Makes the folder `path`, as one of several machines that try to: whether it was not there
        before, None if there are no folders here that could tell who was first."""

    def move_folder(self, path: str, to: str) -> bool:
        """Gives the folder `path` another name, which nobody has; whether it was there to move."""

    def remove_folder(self, path: str) -> None:
        """Removes a folder with all that is in it."""

    def close(self) -> None:
        """Ends all connections."""
