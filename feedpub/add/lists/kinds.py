"""The table of all kinds of lists, and which of them a file is."""

from __future__ import annotations

from datetime import tzinfo

from ...articles.encoding import decode
from ...errors import ArticleError, Diagnostic, PageError
from .feed import FEED
from .instapaper import INSTAPAPER
from .links import LinkList, ListFile, ListKind, checked
from .netscape import BOOKMARKS
from .omnivore import OMNIVORE
from .opml import OPML
from .pocket import POCKET
from .raindrop import RAINDROP
from .readwise import READWISE, READWISE_HIGHLIGHTS
from .wallabag import WALLABAG

KINDS: tuple[ListKind, ...] = (
    BOOKMARKS,
    POCKET,
    INSTAPAPER,
    RAINDROP,
    READWISE,
    READWISE_HIGHLIGHTS,
    OMNIVORE,
    WALLABAG,
    OPML,
    FEED,
)


def read_list(content: bytes, place: str, *, zone: tzinfo) -> LinkList | None:
    """The list in the file at `place`, None if it is none; dates without a zone are in `zone`.

    Raises PageError where it is one, but broken.
    """
    file = ListFile(place=place, content=content, text=_text(content, place), zone=zone)
    kind = next((each for each in KINDS if each.matches(file)), None)
    if kind is None:
        return None
    try:
        return checked(kind.name, place, kind.read(file))
    except ValueError as error:
        problem = f"looks like {kind.name}, but can't be read: {error}"
        raise PageError(Diagnostic(code="list-invalid", place=place, problem=problem)) from None


def _text(content: bytes, place: str) -> str:
    try:
        return decode(content, place).text
    except ArticleError:
        return ""
