"""The JSON that wallabag exports: a list of entries with url, title, tags, created_at, annotations.

`given_url` is the address before redirects; tags are names, or objects with a label:
https://doc.wallabag.org/user/export/
"""

from __future__ import annotations

from collections.abc import Iterator

from .links import ListedLink, ListFile, ListKind, moment
from .values import Item, json_items, json_text, labels_of


def _matches(file: ListFile) -> bool:
    items = json_items(file.text) if '"is_archived"' in file.text else []
    return any("is_archived" in each and "url" in each for each in items)


def _read(file: ListFile) -> Iterator[ListedLink]:
    for item in json_items(file.text):
        yield ListedLink(
            link=json_text(item, "url"),
            title=json_text(item, "title"),
            note="\n\n".join(_annotations(item)),
            tags=labels_of(item, "tags", "label", "slug"),
            added=moment(json_text(item, "created_at"), file.zone),
        )


def _annotations(item: Item) -> Iterator[str]:
    """What the reader has marked, as quotations, and written beside it."""
    annotations = item.get("annotations")
    for each in annotations if isinstance(annotations, list) else []:
        if isinstance(each, dict):
            quote = " ".join(json_text(each, "quote").split())
            yield from filter(None, (quote and f"> {quote}", json_text(each, "text").strip()))


WALLABAG = ListKind(name="an export of wallabag", matches=_matches, read=_read)
