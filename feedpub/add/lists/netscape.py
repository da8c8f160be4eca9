"""Bookmarks in Netscape's format: Firefox, Chrome, Safari, Pinboard, Shaarli, linkding.

A bookmark is `<DT><A HREF TAGS ADD_DATE PRIVATE>title</A>`, a comment on it `<DD>`, and a folder
`<DT><H3>name</H3><DL>`: https://learn.microsoft.com/previous-versions/windows/internet-explorer/
ie-developer/platform-apis/aa753582(v=vs.85)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...text.characters import one_line
from .links import ListedLink, ListFile, ListKind, moment

# linkding has a description and notes for each bookmark.
_NOTES_OF_LINKDING = re.compile(r"\[linkding-notes\](.*?)\[/linkding-notes\]", re.DOTALL)
_DOCTYPE = "<!doctype netscape-bookmark-file-1>"
# Folders that every browser has say nothing of what is in them.
_FOLDERS_OF_BROWSERS = ("personal_toolbar_folder", "unfiled_bookmarks_folder")


def _matches(file: ListFile) -> bool:
    return file.text.lstrip()[: len(_DOCTYPE)].lower() == _DOCTYPE


def _read(file: ListFile) -> Iterator[ListedLink]:
    for anchor in LexborHTMLParser(file.text).css("dt a[href]"):
        attributes = anchor.attributes
        tags = (attributes.get("tags") or "").split(",")
        yield ListedLink(
            link=attributes.get("href") or "",
            title=anchor.text(deep=True),
            note=_comment(anchor),
            tags=(*tags, *_folders(anchor)),
            added=moment(attributes.get("add_date") or "", file.zone),
            is_private=attributes.get("private") == "1",
        )


def _comment(anchor: LexborNode) -> str:
    """The `<DD>` that follows the bookmark, without what a parser has put into it."""
    below = _next_element(anchor.parent)
    if below is None or below.tag != "dd":
        return ""
    text = ""
    for node in below.iter(include_text=True):
        if node.tag in ("dt", "dl"):
            break
        text += "\n" if node.tag == "br" else node.text(deep=True)
    return _NOTES_OF_LINKDING.sub(r"\n\n\1", text)


def _folders(anchor: LexborNode) -> Iterator[str]:
    """The names of the folders that the curator has put the bookmark into, the outermost first."""
    names: list[str] = []
    node = anchor.parent
    while node is not None:
        heading = _heading(node) if node.tag == "dl" else None
        if heading is not None and not set(_FOLDERS_OF_BROWSERS) & heading.attributes.keys():
            names.append(one_line(heading.text(deep=True)))
        node = node.parent
    yield from reversed(names)


def _heading(folder: LexborNode) -> LexborNode | None:
    """The `<H3>` above a folder: beside it, or in the `<DT>` before it.

    A description of the folder is a `<DD>` between the two; parsers put the folder into that.
    """
    is_described = folder.parent is not None and folder.parent.tag == "dd"
    node = folder.parent if is_described else folder.prev
    while node is not None and node.tag in ("-text", "p", "dd"):
        node = node.prev
    if node is not None and node.tag == "dt":
        return node.css_first("h3")
    return node if node is not None and node.tag == "h3" else None


def _next_element(node: LexborNode | None) -> LexborNode | None:
    below = node.next if node is not None else None
    while below is not None and below.tag in ("-text", "p"):
        below = below.next
    return below


BOOKMARKS = ListKind(name="bookmarks", matches=_matches, read=_read)
