"""The bytes of a feed in any format to OldFeed, its entries told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from ..errors import Diagnostic, FeedError
from .fetch import Fetched
from .json_feed import read_json_feed
from .old_feed import OldEntry, OldFeed
from .xml_feed import read_xml_feed


def read_feed(fetched: Fetched, *, zone: tzinfo) -> OldFeed:
    """Reads a feed in any format; dates without a zone are in `zone`. Raises FeedError.

    An entry that has no id is known by its link, as readers do it; one with neither is left out.
    """
    if fetched.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        feed = read_json_feed(fetched, zone=zone)
    else:
        feed = read_xml_feed(fetched, zone=zone)
    entries, remarks = _told_apart(feed.place, feed.entries)
    if not entries:
        problem = "holds no entries that readers can know again" if remarks else "holds no entries"
        raise FeedError(
            Diagnostic(
                place=feed.place,
                problem=problem,
                remedy="There is nothing to adopt: is it the one?",
            )
        )
    return replace(feed, entries=entries, remarks=(*feed.remarks, *remarks))


def _told_apart(
    place: str, entries: Sequence[OldEntry]
) -> tuple[tuple[OldEntry, ...], tuple[Diagnostic, ...]]:
    kept: dict[str, OldEntry] = {}
    remarks: list[Diagnostic] = []
    for entry in entries:
        if not entry.id:
            problem = (
                f"“{entry.name}” has neither an id nor a link"
                if entry.name
                else ("an entry has neither an id nor a link nor a title")
            )
            remedy = "Readers can't follow such an entry; it is left out."
            remarks.append(Diagnostic(place=place, problem=problem, remedy=remedy))
        elif entry.id in kept:
            problem = f"“{entry.name}” and “{kept[entry.id].name}” have one id, {entry.id}"
            remedy = "Readers take them for one entry; the first counts."
            remarks.append(Diagnostic(place=place, problem=problem, remedy=remedy))
        else:
            kept[entry.id] = entry
    return tuple(kept.values()), tuple(remarks)
