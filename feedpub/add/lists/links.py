"""The model of a list: links with what a curator has written beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from ...errors import DateError, Diagnostic, Severity
from ...model import Day
from ...parsing.dates import read_date
from ...text.characters import clean_characters, one_line
from ...text.urls import absolute, is_web


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLink:
    """A link; `note` is the curator's comment, and `added` is when it came into the list.

    `id` is by which a feed knows it again, "" elsewhere. `is_private` is said by the list.
    """

    link: str
    title: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    added: datetime | Day | None = None
    is_private: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """A file that may be a list: its bytes and its text, "" where it is none.

    Dates without a zone are in `zone`.
    """

    place: str
    content: bytes
    text: str
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKind:
    """A kind of list: its name for people, how it is recognised, and how it is read.

    `read` may give links that are no web addresses; they are left out by `checked`. It raises
    ValueError where the file is broken, with the reason.
    """

    name: str
    matches: Callable[[ListFile], bool]
    read: Callable[[ListFile], Iterable[ListedLink]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkList:
    """A list that was read; `diagnostics` are notes on what was left out of it."""

    kind: str
    links: tuple[ListedLink, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def checked(kind: str, place: str, links: Iterable[ListedLink]) -> LinkList:
    """The links of a list that can be published, each address once, and notes on the others."""
    public: dict[str, ListedLink] = {}
    private = without_address = 0
    for each in links:
        url = absolute("", each.link) or ""
        if not is_web(url):
            without_address += 1
        elif each.is_private:
            private += 1
        else:
            public.setdefault(url, _clean(each, url))
    notes = (
        *_left_out(place, private, "private", "link-private"),
        *_left_out(place, without_address, "no web address", "address-invalid"),
    )
    return LinkList(kind=kind, links=tuple(public.values()), diagnostics=notes)


def moment(text: str, zone: tzinfo) -> datetime | Day | None:
    """The date that a list states as text or in seconds since 1970 (POSIX time), None for none."""
    text = text.strip()
    try:
        if text.isdecimal():
            return datetime.fromtimestamp(_in_seconds(int(text)), UTC) if int(text) else None
        return read_date(text, zone=zone) if text else None
    except (DateError, ValueError, OverflowError, OSError):
        return None


def _in_seconds(number: int) -> int:
    # Some tools write milliseconds or microseconds: seconds have ten digits until 2286.
    for _ in range(2):
        number = number // 1000 if number >= 10_000_000_000 else number
    return number


def _clean(each: ListedLink, url: str) -> ListedLink:
    return ListedLink(
        link=url,
        title=" ".join(one_line(each.title).split()),
        note=clean_characters(each.note).strip(),
        tags=tuple(dict.fromkeys(filter(None, (" ".join(one_line(t).split()) for t in each.tags)))),
        added=each.added,
        id=each.id,
    )


def _left_out(place: str, number: int, why: str, code: str) -> Iterator[Diagnostic]:
    if number:
        yield Diagnostic(
            code=code,
            severity=Severity.NOTE,
            place=place,
            problem=f"{number:,} left out: {why}",
        )
