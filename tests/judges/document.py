"""The rules that every XML feed is under: its bytes, its namespaces, its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .names import ATOM, repeated, words
from .texts import LANGUAGE, MEDIA_TYPE, WEB

BAD_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd-\uffff]")
# Text holds no bare `<`, attributes no bare `>`.
TAG_WITH_XMLNS = re.compile(rb"<[^<>]* xmlns[^<>]*>")
SAY_ALL_IN_ATTRIBUTES = words("link category enclosure thumbnail")
KNOWN_NAMESPACES = frozenset(
    (
        "http://www.w3.org/2005/Atom",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/rss/1.0/modules/content/",
        "http://search.yahoo.com/mrss/",
        "http://www.w3.org/XML/1998/namespace",
    )
)
PREFIXES = frozenset((None, "atom", "content", "dc", "media", "xml"))
RELATIONS = words(
    "alternate current describedby edit enclosure first hub last license next next-archive payment "
    "prev-archive previous related replies search self service up via"
)


def complaints_about_document(content: bytes, root: Any) -> Iterator[str]:
    """What is wrong with the bytes as a whole."""
    if not content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n'):
        yield "no XML declaration with UTF-8"
    if b"<!DOCTYPE" in content or not content.endswith(b">\n"):
        yield "a document type, or no last line end"
    if bad := BAD_CHARACTERS.search(content.decode()):
        yield f"the character {bad[0]!r}"
    if len(content) > 5_000_000:
        yield "larger than validators and readers take"
    declared = {item for element in root.iter() for item in element.nsmap.items()}
    if strange := {uri for _, uri in declared} - KNOWN_NAMESPACES:
        yield f"namespaces {strange}"
    if strange_prefixes := {prefix for prefix, _ in declared} - PREFIXES:
        yield f"prefixes {strange_prefixes}"
    if sum(tag.count(b" xmlns") for tag in TAG_WITH_XMLNS.findall(content)) != len(root.nsmap):
        yield "namespaces are declared below the root"


def complaints_about_blanks(root: Any) -> Iterator[str]:
    """Elements that are there and say nothing."""
    for element in root.iter():
        if len(element) or (element.text or "").strip():
            continue
        if not (element.attrib and element.tag.rpartition("}")[2] in SAY_ALL_IN_ATTRIBUTES):
            yield f"<{element.tag}> is empty"


def complaints_about_links(head: Any, url: str, media_type: str) -> Iterator[str]:
    """What is wrong with the links of a feed that stands at `url`."""
    links = head.findall(f"{ATOM}link")
    yield from _about_each_link(links)
    own = [(link.get("href"), link.get("type")) for link in links if link.get("rel") == "self"]
    if own != [(url, media_type)]:
        yield f"the self link is {own}, not the address and type of the feed"


def complaints_about_entry_links(entry: Any) -> Iterator[str]:
    """What is wrong with the links of an Atom entry."""
    links = entry.findall(f"{ATOM}link")
    yield from _about_each_link(links)
    yield from repeated(
        "alternate link of type and language",
        (
            f"{link.get('type')} {link.get('hreflang')}"
            for link in links
            if link.get("rel", "alternate") == "alternate"
        ),
    )


def _about_each_link(links: list[Any]) -> Iterator[str]:
    for link in links:
        href = link.get("href", "")
        if not WEB.fullmatch(href):
            yield f"{href} is not a web address"
        if link.get("rel") not in RELATIONS:
            yield f"{href} is linked as {link.get('rel')}"
        if not MEDIA_TYPE.fullmatch(link.get("type", "text/html")):
            yield f"{href} is of type {link.get('type')}"
        if not LANGUAGE.fullmatch(link.get("hreflang", "en")):
            yield f"{href} is in {link.get('hreflang')}"
        if not link.get("length", "1").isdigit() or link.get("length") == "0":
            yield f"{href} has length {link.get('length')}"
        if link.text or len(link):
            yield f"{href} has something in its link"
