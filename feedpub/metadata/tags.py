"""Reads the tags of an article, in the forms that other tools give them."""

from __future__ import annotations

from collections.abc import Iterator

from ..parsing.values import Values


def read_tags(values: Values) -> tuple[str, ...] | None:
    """The tags under `tags`: a list, words with commas between, or tables with a name each."""
    value = values.pop("tags")
    if isinstance(value, list):
        value = list(_flat(value))
    values.put("tags", value)
    tags = values.text_list("tags")
    if tags is None:
        return None
    return tuple(dict.fromkeys(filter(None, (tag.removeprefix("#") for tag in tags))))


def _flat(items: list[object]) -> Iterator[object]:
    for item in items:
        if isinstance(item, list):
            yield from _flat(item)
        elif isinstance(item, dict) and "name" in item:
            yield item["name"]
        elif isinstance(item, float):
            yield str(item)
        elif item is not None:
            yield item
