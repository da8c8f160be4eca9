"""XML elements and how they become bytes: the one import of lxml.

Each function imports it by itself: a command that writes no feed starts without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from lxml import etree

Element: TypeAlias = "etree._Element"

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
XMLNS = re.compile(rb' xmlns(?::[\w-]+)?="[^"]*"')
INDENT = "  "


def parsed(document: bytes, namespaces: Mapping[str, str]) -> Element:
    """The root of `document`, which is trusted, with these prefixes declared on it as well."""
    from lxml import etree

    root = etree.fromstring(document)
    # lxml can't declare a prefix on an element that is there already; its stubs know no default
    # namespace.
    nsmap: Any = {**root.nsmap, **namespaces}
    copy = etree.Element(root.tag, nsmap=nsmap)
    copy.attrib.update(root.attrib)
    copy[:] = list(root)
    return copy


def child(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new element at the end of `parent`."""
    from lxml import etree

    element = etree.SubElement(parent, tag, attributes)
    element.text = text or None
    return element


def new_element(tag: str, **attributes: str) -> Element:
    """An element without a parent."""
    from lxml import etree

    return etree.Element(tag, attributes)


def remove_children(parent: Element, tag: str) -> None:
    """Removes every `tag` from `parent`."""
    for element in parent.findall(tag):
        parent.remove(element)


def put_in_order(parent: Element, tags: Iterable[str]) -> None:
    """Puts the children of `parent` into the order of `tags`; those of one tag keep theirs."""
    rank = {tag: number for number, tag in enumerate(tags)}
    parent[:] = sorted(parent, key=lambda element: rank[str(element.tag)])


def document(container: Element, entries: Iterable[Element]) -> bytes:
    """The whole tree that `container` is part of, as bytes, with `entries` at its end.

    Entries are written one by one, so that a generator of them takes little memory.
    """
    root = container.getroottree().getroot()
    prefixes = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    depth = 1 + sum(1 for _ in container.iterancestors())
    head, tail = _around(root, container)
    written = (_fragment(entry, prefixes, depth) for entry in entries)
    return b"".join((DECLARATION, head, *written, tail))


def _around(root: Element, container: Element) -> tuple[bytes, bytes]:
    from lxml import etree

    container.append(etree.Comment("entries"))
    etree.indent(root, space=INDENT)
    head, _, tail = etree.tostring(root, encoding="UTF-8", xml_declaration=False).partition(
        b"<!--entries-->"
    )
    return head.rstrip() + b"\n", tail.lstrip(b"\n") + b"\n"


def _fragment(entry: Element, prefixes: dict[str, str], depth: int) -> bytes:
    from lxml import etree

    # Without a parent that declares the prefixes, lxml would invent some.
    etree.Element("parent", nsmap=prefixes).append(entry)
    etree.indent(entry, space=INDENT, level=depth)
    written = etree.tostring(entry, encoding="UTF-8", xml_declaration=False, with_tail=False)
    start, end, rest = written.partition(b">")
    return INDENT.encode() * depth + XMLNS.sub(b"", start) + end + rest + b"\n"
