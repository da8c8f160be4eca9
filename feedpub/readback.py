"""What was sent, read at its public address as a stranger would, before anybody is told of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from .destinations.client import BRIEF, Client, Reply, said, send
from .errors import Fault, UnreachableError
from .manifest import FileRecord, holds

WAITS = (1.0, 2.0, 4.0)
"""Seconds after which a copy that is not the new one is asked for again."""

REDIRECTS = 3
NO_CACHE = {"Cache-Control": "no-cache", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What a stranger can't read as it was sent, and what may be read but is served oddly."""

    unread: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()


def read_back(
    client: Client,
    public: str,
    expected: Mapping[str, FileRecord],
    *,
    waits: tuple[float, ...] = WAITS,
) -> ReadBack:
    """Reads each of `expected`, by path, below `public`; the place of a fault is the path."""
    unread: list[Fault] = []
    remarks: list[Fault] = []
    for path, record in expected.items():
        address = public + quote(path, safe="/-_.~")
        try:
            reply = _patiently(client, address, record, waits)
        except UnreachableError as error:
            unread += [Fault(place=path, problem=str(fault)) for fault in error.faults]
            continue
        if problem := _problem(reply, record, address):
            unread.append(Fault(place=path, problem=problem))
        elif remark := _remark(reply, record):
            remarks.append(Fault(place=path, problem=remark, remedy=REMEDY))
    return ReadBack(unread=tuple(unread), remarks=tuple(remarks))


REMEDY = "See `feedpub push --print-config`."


def _patiently(client: Client, address: str, record: FileRecord, waits: tuple[float, ...]) -> Reply:
    reply = _get(client, address)
    for seconds in waits:
        if reply.status == 200 and holds(reply.content, record):
            break
        # A cache on the way may have the old copy for a moment.
        time.sleep(seconds)
        reply = _get(client, address)
    return reply


def _get(client: Client, address: str) -> Reply:
    for _ in range(REDIRECTS):
        reply = send(client, "GET", address, headers=NO_CACHE, again=BRIEF)
        if reply.status not in (301, 302, 307, 308):
            break
        address = urljoin(address, reply.headers.get("location", ""))
    return reply


def _problem(reply: Reply, record: FileRecord, address: str) -> str:
    if reply.status != 200:
        return f"can't be read at {address}: the server says {said(reply)}"
    if not holds(reply.content, record):
        return (
            f"{address} shows other bytes than were sent: a cache has an old copy, or the target "
            "and the address are two places (`public` in config.toml names the address)"
        )
    return ""


def _remark(reply: Reply, record: FileRecord) -> str:
    served = reply.headers.get("content-type", "")
    if _essence(served) in _accepted(_essence(record.media_type)):
        return ""
    return f"is served as {served or 'nothing'}, not as {record.media_type}"


def _essence(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _accepted(media_type: str) -> tuple[str, ...]:
    if media_type == "application/xml":
        return (media_type, "text/xml", "application/atom+xml", "application/rss+xml")
    return (media_type, "application/json") if "json" in media_type else (media_type,)
