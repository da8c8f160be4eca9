"""A list of links in OPML 2.0: outlines of type `link` with a url, or feeds with their sites.

Outlines around one are its folders; `category` has tags, with commas between:
http://opml.org/spec2.opml
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...formats.xml_read import root_or_none, xml_root
from .links import ListedLink, ListFile, ListKind, moment

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def _matches(file: ListFile) -> bool:
    if "<opml" not in file.text[:1000].lower():
        return False
    root = root_or_none(file.content)
    return root is None or root.tag == "opml"


def _read(file: ListFile) -> Iterator[ListedLink]:
    body = xml_root(file.content).find("body")
    if body is not None:
        yield from _below(body, (), file)


def _below(parent: Element, folders: tuple[str, ...], file: ListFile) -> Iterator[ListedLink]:
    for outline in parent.findall("outline"):
        name = outline.get("text") or outline.get("title") or ""
        link = outline.get("url") or outline.get("htmlUrl") or ""
        if link:
            yield ListedLink(
                link=link,
                title=name,
                note=outline.get("description", ""),
                tags=(*outline.get("category", "").split(","), *folders),
                added=moment(outline.get("created", ""), file.zone),
            )
        yield from _below(outline, folders if link else (*folders, name), file)


OPML = ListKind(name="an OPML list", matches=_matches, read=_read)
