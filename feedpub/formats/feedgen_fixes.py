"""feedgen, with what it gets wrong put right: the one import of it.

Each function imports it by itself: a command that writes no feed starts without it.
`tests/formats/test_feedgen_fixes.py` tells for each fault whether a newer feedgen still has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from ..model import Channel, Entry
from ..version import VERSION
from .xml import ATOM, DC, Element, child, parsed, remove_children

if TYPE_CHECKING:
    from feedgen.entry import FeedEntry  # type: ignore[import-untyped]
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]

Attributes = Mapping[str, str]


def new_feed(channel: Channel) -> FeedGenerator:
    """A feedgen feed with what every format says of `channel`."""
    from feedgen.feed import FeedGenerator

    made = FeedGenerator()
    made.id(channel.id)
    made.title(channel.title)
    # Left out, it would be the time of the build.
    made.updated(channel.updated)
    made.generator("feedpub", version=VERSION)
    if channel.language:
        made.language(channel.language)
    if channel.rights:
        made.rights(channel.rights)
    return made


def new_entry(entry: Entry) -> FeedEntry:
    """A feedgen entry with what every format says of `entry`."""
    from feedgen.entry import FeedEntry

    made = FeedEntry()
    made.guid(entry.id, permalink=entry.id == entry.link)
    made.title(entry.title)
    # Left out, it would be the time of the build.
    made.updated(entry.updated)
    if entry.link:
        made.link(href=entry.link, rel="alternate")
    for tag in entry.tags:
        # Without a label, RSS would get an empty category.
        made.category(term=tag, label=tag)
    if entry.content:
        # Any type but "html" is written wrongly or needs whole XML.
        made.content(entry.content, type="html")
    return made


def atom_head(made: FeedGenerator, namespaces: Mapping[str, str]) -> Element:
    """`<feed>` without entries."""
    root = parsed(made.atom_str(), namespaces)
    _write_dates_in_utc(root.findall(f"{{{ATOM}}}updated"))
    return root


def atom_entry(made: FeedEntry, links: Iterable[Attributes]) -> Element:
    """`<entry>` with `links`: feedgen forgets all of a link but its address."""
    element: Element = made.atom_entry()
    _write_dates_in_utc((*element.findall("updated"), *element.findall("published")))
    remove_children(element, "link")
    for link in links:
        child(element, "link", **link)
    return element


def rss_head(
    made: FeedGenerator, link: str, links: Iterable[Attributes], namespaces: Mapping[str, str]
) -> Element:
    """`<rss>` without items; `link` is the channel's page, `links` go into elements of Atom."""
    # feedgen takes the last link that it is given for the channel's page, and drops hubs.
    made.link(href=link, rel="alternate")
    updated = made.updated()
    # Without this date, feedgen does not change the process's locale in order to write it.
    made._FeedGenerator__rss_lastBuildDate = None
    root = parsed(made.rss_str(), namespaces)
    channel = root[0]
    child(channel, "lastBuildDate", _rfc_822(updated))
    for each in links:
        child(channel, f"{{{ATOM}}}link", **each)
    for generator in channel.findall("generator"):
        generator.text = f"{generator.text} {VERSION}"
    return root


def rss_item(made: FeedEntry, published: datetime, authors: Iterable[str]) -> Element:
    """`<item>`; feedgen would write no author without an e-mail address, two in a wrong way, and
    change the process's locale for the date."""
    element: Element = made.rss_entry()
    child(element, "pubDate", _rfc_822(published))
    for author in authors:
        child(element, f"{{{DC}}}creator", author)
    return element


def _write_dates_in_utc(elements: Iterable[Element]) -> None:
    for element in elements:
        element.text = (element.text or "").replace("+00:00", "Z")


def _rfc_822(moment: datetime) -> str:
    from email.utils import format_datetime

    return format_datetime(moment)
