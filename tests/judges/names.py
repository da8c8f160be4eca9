"""The namespaces of a feed, and how to get at what an element says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def words(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


def text(element: Any, path: str) -> str:
    """What the first element at `path` says, empty where there is none."""
    found = element.find(path)
    return "" if found is None else found.text or ""


def texts(element: Any, path: str) -> list[str]:
    """What every element at `path` says."""
    return [found.text or "" for found in element.findall(path)]


def repeated(what: str, values: Iterable[str]) -> list[str]:
    """A complaint for each value that is there more than once."""
    return [f"{what} {value!r} more than once" for value, n in Counter(values).items() if n > 1]
