"""The bytes of a feed in any format to OldFeed, with one entry for each id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from ..errors import Diagnostic, FeedError, Severity
from .fetch import Fetched
from .json_feed import read_json_feed
from .old_feed import OldEntry, OldFeed
from .xml_feed import read_xml_feed

BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"
"""A byte order mark, and the white space of RFC 8259 §2."""


def read_feed(fetched: Fetched, *, zone: tzinfo) -> OldFeed:
    """Reads a feed in any format; dates without a zone are in `zone`. Raises FeedError.

    An entry that has no id is known by its link, as readers do it; one with neither is left out.
    """
    if fetched.content.lstrip(BEFORE_JSON).startswith(b"{"):
        feed = read_json_feed(fetched, zone=zone)
    else:
        feed = read_xml_feed(fetched, zone=zone)
    entries, notes = _one_for_each_id(feed.place, feed.entries)
    if not entries:
        problem = "holds no entries that readers can know again" if notes else "holds no entries"
        raise FeedError(
            Diagnostic(
                code="feed-without-entries",
                place=feed.place,
                problem=problem,
                remedy="There is nothing to adopt: is it the one?",
            )
        )
    return replace(feed, entries=entries, diagnostics=(*feed.diagnostics, *notes))


def _one_for_each_id(
    place: str, entries: Sequence[OldEntry]
) -> tuple[tuple[OldEntry, ...], tuple[Diagnostic, ...]]:
    kept: dict[str, OldEntry] = {}
    notes: list[Diagnostic] = []
    for entry in entries:
        if not entry.id:
            notes.append(_without_id(place, entry))
        elif entry.id in kept:
            notes.append(_double_id(place, kept[entry.id], entry))
        else:
            kept[entry.id] = entry
    return tuple(kept.values()), tuple(notes)


def _without_id(place: str, entry: OldEntry) -> Diagnostic:
    return Diagnostic(
        severity=Severity.NOTE,
        code="entry-without-id",
        place=place,
        problem=f"“{entry.name}” has neither an id nor a link"
        if entry.name
        else "an entry has neither an id nor a link nor a title",
        remedy="Readers can't follow such an entry; it is left out.",
    )


def _double_id(place: str, first: OldEntry, second: OldEntry) -> Diagnostic:
    return Diagnostic(
        severity=Severity.NOTE,
        code="entry-id-duplicate",
        place=place,
        problem=f"“{second.name}” and “{first.name}” have one id, {second.id}",
        remedy="Readers take them for one entry; the first counts.",
    )
