"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from itertools import chain
from typing import TYPE_CHECKING

from ..model import Channel, Entry, Feed, Person, Tombstone
from ..parsing.dates import in_utc
from .feedgen_fixes import Attributes, atom_entry, atom_head, new_entry, new_feed
from .format import FeedMetadata, Format
from .ids import uri_of
from .own_feeds import ShownEntry, ShownFeed, ShownTombstone
from .xml import ATOM, LANG, MEDIA, TOMBSTONES, Element, child, document, new_element, put_in_order
from .xml_read import metadata_of, root_or_none, text_of, xml_root

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as ReadElement

ENTRY_ORDER = (
    "id",
    "title",
    "updated",
    "published",
    "author",
    "link",
    "category",
    "rights",
    "source",
    f"{{{MEDIA}}}thumbnail",
    # Some readers take for the summary whichever of the two comes last.
    "summary",
    "content",
)


def write_atom(feed: Feed, url: str) -> bytes:
    """`feed` as it stands at `url`."""
    root = _head(feed, {"rel": "self", "type": ATOM_FORMAT.media_type, "href": url})
    deleted = (_deleted_entry(each) for each in feed.tombstones)
    return document(root, chain(deleted, (_entry(each, feed.channel) for each in feed.entries)))


def _head(feed: Feed, self_link: Attributes) -> Element:
    channel = feed.channel
    made = new_feed(channel)
    for person in _feed_authors(feed):
        made.author(_person(person))
    if channel.subtitle:
        made.subtitle(channel.subtitle)
    if channel.icon:
        made.icon(channel.icon)
    if channel.logo:
        made.logo(channel.logo)
    made.link(**self_link)
    made.link(rel="alternate", type="text/html", href=channel.link)
    for hub in channel.hubs:
        made.link(rel="hub", href=hub)
    prefixes = {"media": MEDIA} if any(each.image for each in feed.entries) else {}
    return atom_head(made, prefixes | ({"at": TOMBSTONES} if feed.tombstones else {}))


def _deleted_entry(tombstone: Tombstone) -> Element:
    # RFC 6721 §3.
    when = in_utc(tombstone.when)
    made = new_element(f"{{{TOMBSTONES}}}deleted-entry", ref=uri_of(tombstone.id), when=when)
    if tombstone.reason:
        child(made, f"{{{TOMBSTONES}}}comment", tombstone.reason)
    return made


def _feed_authors(feed: Feed) -> tuple[Person, ...]:
    # RFC 4287 §4.1.1: a feed has an author unless every entry has one.
    if feed.channel.authors or (feed.entries and all(each.authors for each in feed.entries)):
        return feed.channel.authors
    return (Person(name=feed.channel.title),)


def _person(person: Person) -> dict[str, str]:
    parts = {"name": person.name, "email": person.email, "uri": person.uri}
    return {name: value for name, value in parts.items() if value}


def _entry(entry: Entry, channel: Channel) -> Element:
    entry = _with_content(replace(entry, id=uri_of(entry.id)))
    made = new_entry(entry)
    made.published(entry.published)
    for person in entry.authors:
        made.author(_person(person))
    if entry.rights:
        made.rights(entry.rights)
    if entry.summary:
        made.summary(entry.summary)
    element = atom_entry(made, _links(entry))
    _add_source(element, entry)
    if entry.image:
        child(element, f"{{{MEDIA}}}thumbnail", url=entry.image)
    if entry.language and entry.language != channel.language:
        element.set(LANG, entry.language)
    put_in_order(element, ENTRY_ORDER)
    return element


def _with_content(entry: Entry) -> Entry:
    # RFC 4287 §4.1.2: an entry without an alternate link has content.
    if entry.content or entry.link:
        return entry
    text = escape(entry.summary or entry.title, quote=False)
    return replace(entry, summary="", content=f"<p>{text}</p>")


def _links(entry: Entry) -> Iterator[Attributes]:
    if entry.link:
        yield {"rel": "alternate", "type": "text/html", "href": entry.link}
    for each in entry.enclosures:
        link = {"rel": "enclosure", "type": each.type, "href": each.url}
        yield {**link, "length": str(each.length)} if each.length else link


def _add_source(element: Element, entry: Entry) -> None:
    # RFC 4287 §4.2.11 wants id, title and updated. The link stands in for an id that nobody knows,
    # the entry's own date for the source's; where there is only a name, the content says it.
    source = entry.source
    if source is None or not (source.id or source.link):
        return
    made = child(element, "source")
    child(made, "id", source.id or source.link)
    child(made, "title", source.title)
    updated = source.updated or entry.published
    child(made, "updated", in_utc(updated))
    if source.link:
        child(made, "link", rel="alternate", type="text/html", href=source.link)


def read_atom(content: bytes) -> ShownFeed:
    """The feed that `write_atom` wrote; raises ValueError where `content` is none."""
    root = xml_root(content)
    if root.tag != f"{{{ATOM}}}feed":
        raise ValueError("this is not Atom")
    return ShownFeed(
        id=text_of(root, f"{{{ATOM}}}id"),
        title=text_of(root, f"{{{ATOM}}}title"),
        updated=_moment(text_of(root, f"{{{ATOM}}}updated")),
        entries=tuple(_shown_entry(each) for each in root.findall(f"{{{ATOM}}}entry")),
        tombstones=tuple(
            ShownTombstone(
                id=each.get("ref", ""),
                when=_moment(each.get("when", "")),
                reason=text_of(each, f"{{{TOMBSTONES}}}comment"),
            )
            for each in root.findall(f"{{{TOMBSTONES}}}deleted-entry")
        ),
    )


def _shown_entry(entry: ReadElement) -> ShownEntry:
    links = (each for each in entry.findall(f"{{{ATOM}}}link") if each.get("rel") == "alternate")
    summary = escape(text_of(entry, f"{{{ATOM}}}summary"))
    return ShownEntry(
        id=text_of(entry, f"{{{ATOM}}}id"),
        title=text_of(entry, f"{{{ATOM}}}title"),
        link=next((each.get("href", "") for each in links), ""),
        published=_moment(text_of(entry, f"{{{ATOM}}}published")),
        updated=_moment(text_of(entry, f"{{{ATOM}}}updated")),
        content=text_of(entry, f"{{{ATOM}}}content") or summary,
        authors=tuple(
            text_of(each, f"{{{ATOM}}}name") for each in entry.findall(f"{{{ATOM}}}author")
        ),
        tags=tuple(each.get("term", "") for each in entry.findall(f"{{{ATOM}}}category")),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def read_atom_metadata(content: bytes) -> FeedMetadata | None:
    """What the feed `content` says of itself, None where it is not Atom."""
    root = root_or_none(content)
    if root is None or root.tag != f"{{{ATOM}}}feed":
        return None
    return metadata_of(root, content)


ATOM_FORMAT = Format(
    name="atom",
    file_name="atom.xml",
    endings=(".xml", ".atom"),
    media_type="application/atom+xml",
    # Browsers open application/xml and offer the registered type for download.
    served_as="application/xml; charset=utf-8",
    accepted=("application/xml", "application/atom+xml", "text/xml"),
    # RFC 4287 §4.2.6.
    ids_are_uris=True,
    write=write_atom,
    read=read_atom,
    read_metadata=read_atom_metadata,
)
