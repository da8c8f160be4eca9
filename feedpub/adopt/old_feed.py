"""The model of an adoption: a feed that another program made, and its entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..errors import Diagnostic
from ..model import Enclosure, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class OldEntry:
    """An entry as its subscribers have it.

    `id` is exactly what the feed says, a URI or not; `link` is absolute, empty where there is none.
    `title` is plain text, `content` safe HTML with absolute addresses, or what summary there is.
    """

    id: str
    title: str = ""
    link: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    content: str = ""
    authors: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def name(self) -> str:
        """What a message calls it: its title, else its link, else its id."""
        return self.title or self.link or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class OldFeed:
    """A feed as it was found at `place`, in the order of its entries; no two have one id.

    `form` is its format in words, such as "RSS 2.0". `id` is empty where the format knows none.
    `diagnostics` notes what can't be read in it.
    """

    place: str
    form: str
    title: str
    entries: tuple[OldEntry, ...]
    id: str = ""
    updated: datetime | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
