"""A feed with every text made fit for XML, as a last resort: texts come clean."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from ..model import Channel, Enclosure, Entry, Feed, Person, Source, Tombstone
from ..text.characters import clean_characters


def fit(feed: Feed) -> Feed:
    """`feed` without the characters that XML can't carry; a text of nothing else becomes "?"."""
    return Feed(
        channel=_fit(feed.channel), entries=_fit(feed.entries), tombstones=_fit(feed.tombstones)
    )


def _fit(value: Any) -> Any:
    if isinstance(value, str):
        return value and (clean_characters(value) or "?")
    if isinstance(value, tuple):
        return tuple(_fit(each) for each in value)
    if isinstance(value, Channel | Enclosure | Entry | Person | Source | Tombstone):
        parts = {field.name: _fit(getattr(value, field.name)) for field in fields(value)}
        return replace(value, **parts)
    return value
