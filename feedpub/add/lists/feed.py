"""A feed of what somebody has starred or bookmarked: RSS, Atom or JSON Feed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import FeedError
from .links import ListedLink, ListFile, ListKind

# What RSS, RSS 1.0 and Atom begin with, behind an XML declaration, comments and a stylesheet.
_XML_FEED = re.compile(r"<(?:rss|(?:\w+:)?RDF|(?:\w+:)?feed)[\s>]")
_JSON_FEED = '"https://jsonfeed.org/version/'
# Characters in which a feed shows that it is one.
_HEAD = 2000


def _matches(file: ListFile) -> bool:
    head = file.text[:_HEAD]
    if head.startswith("{"):
        return _JSON_FEED in head.replace("\\/", "/")
    return head.startswith("<") and _XML_FEED.search(head) is not None


def _read(file: ListFile) -> Iterator[ListedLink]:
    # What reads feeds takes 70 ms to load, which other lists needn't wait for.
    from ...adopt.fetch import Fetched
    from ...adopt.read import read_feed

    try:
        feed = read_feed(Fetched(place=file.place, content=file.content), zone=file.zone)
    except FeedError as error:
        raise ValueError("; ".join(each.problem for each in error.diagnostics)) from None
    for entry in feed.entries:
        yield ListedLink(
            link=entry.link, title=entry.title, tags=entry.tags, added=entry.published, id=entry.id
        )


FEED = ListKind(name="a feed", matches=_matches, read=_read)
