"""One line of the ledger: the whole state of an entry or a feed as JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from ..model import FeedRecord, Fingerprints, Record
from ..parsing.dates import in_utc

END_OF_TIME = 9999
"""The last year that `datetime` knows; an event in it could have no later one."""

TEXT_KEYS = ("feed", "id", "entry", "path", "source", "content", "sketch", "reason")


def line_of(event: Mapping[str, object]) -> bytes:
    """`event` as it stands in the file: compact JSON in UTF-8, and a line end."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def event_of(record: Record | FeedRecord, at: datetime) -> dict[str, object]:
    """The keys and values of a line that says that `record` is so since `at`."""
    if isinstance(record, FeedRecord):
        return {
            "at": in_utc(at),
            "feed": record.name,
            "id": record.id,
            "updated": in_utc(record.updated),
        }
    event: dict[str, object] = {
        "at": in_utc(at),
        "entry": record.id,
        "path": record.path,
        "published": in_utc(record.published),
        "updated": in_utc(record.updated),
        "source": record.fingerprints.source,
        "content": record.fingerprints.content,
        "sketch": " ".join(record.fingerprints.sketch),
    }
    if record.left_at is not None:
        event["left"] = in_utc(record.left_at)
    if record.file_gone_at is not None:
        event["gone"] = in_utc(record.file_gone_at)
    if record.withdrawn is not None:
        event["withdrawn"] = in_utc(record.withdrawn)
    if record.reason:
        event["reason"] = record.reason
    if record.restored is not None:
        event["restored"] = in_utc(record.restored)
    return event


def record_of(event: Mapping[str, str]) -> Record | FeedRecord:
    """The record of a line, given as its keys and values; unknown keys are ignored.

    Raises KeyError, ValueError, TypeError or AttributeError where it is no such line.
    """
    if not all(isinstance(event.get(key, ""), str) for key in TEXT_KEYS):
        raise TypeError
    if "feed" in event:
        return FeedRecord(
            name=event["feed"], id=event["id"], updated=parse_timestamp(event["updated"])
        )
    return Record(
        id=event["entry"],
        path=event["path"],
        published=parse_timestamp(event["published"]),
        updated=parse_timestamp(event["updated"]),
        fingerprints=Fingerprints(
            source=event["source"],
            content=event["content"],
            sketch=tuple(event["sketch"].split()),
        ),
        left_at=parse_timestamp(event["left"]) if "left" in event else None,
        file_gone_at=parse_timestamp(event["gone"]) if "gone" in event else None,
        withdrawn=parse_timestamp(event["withdrawn"]) if "withdrawn" in event else None,
        reason=event.get("reason", ""),
        restored=parse_timestamp(event["restored"]) if "restored" in event else None,
    )


def parse_timestamp(text: str) -> datetime:
    """The time in UTC that a line states with its zone; raises ValueError."""
    timestamp = datetime.fromisoformat(text)
    if timestamp.tzinfo is None or timestamp.year >= END_OF_TIME:
        raise ValueError
    return timestamp.astimezone(UTC)
