"""Values of exports in JSON, whose types nobody promises."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

Item = Mapping[str, object]


def json_items(text: str) -> list[Item]:
    """The objects in the list that `text` is, none where it is something else."""
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [each for each in parsed if isinstance(each, dict)] if isinstance(parsed, list) else []


def json_text(item: Item, key: str) -> str:
    """The text under `key`, "" where there is none."""
    value = item.get(key)
    return value if isinstance(value, str) else ""


def labels_of(item: Item, key: str, *names: str) -> tuple[str, ...]:
    """The labels in the list under `key`: texts, or objects that have one under one of `names`."""
    value = item.get(key)
    return tuple(_labels(value if isinstance(value, list) else [], names))


def _labels(values: list[object], names: tuple[str, ...]) -> Iterator[str]:
    for each in values:
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            yield next(filter(None, (json_text(each, name) for name in names)), "")


def written_list(text: str) -> tuple[str, ...]:
    """The words of a list that stands in a cell, as JSON or as Python writes it, or with commas."""
    inside = text.strip().removeprefix("[").removesuffix("]")
    return tuple(word.strip().strip("'\"").strip() for word in inside.split(","))
