"""Reads the tables `[[source]]`: feeds of what a curator stars or bookmarks elsewhere."""

from __future__ import annotations

from ..metadata import read_web_address
from ..parsing.values import Values
from ..settings import FeedSource
from ..text.wording import shown

_SYNONYMS = {"url": "feed", "address": "feed", "link": "feed", "tag": "tags"}


def read_sources(values: Values) -> tuple[FeedSource, ...]:
    """The sources that `values` names, in the order of the file."""
    sources: dict[str, FeedSource] = {}
    for table in values.tables("source"):
        if not table.has("feed"):
            table.error("feed", "key-missing", "is missing", "Write the address of a feed.")
        url, tags = read_web_address(table, "feed"), table.text_list("tags")
        table.reject_unknown_keys(("feed", "tags"), _SYNONYMS)
        if url in sources:
            table.error("feed", "name-duplicate", f"{shown(url)} is another source already")
        elif url:
            sources[url] = FeedSource(url=url, tags=tags or ())
    return tuple(sources.values())
