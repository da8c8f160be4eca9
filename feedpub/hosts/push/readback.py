"""What was sent, read at its public address as a stranger would, before anybody is told of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote

from ...errors import Diagnostic, TargetError
from ...http.client import Client
from ...http.headers import PRECOMPRESSED_SUFFIXES, document_kind
from ...http.redirects import follow_redirects
from ...http.reply import Reply
from ...http.retries import BRIEF_RETRY, send
from .objects import FileRecord, holds

WAITS = (1.0, 2.0, 4.0)
"""Seconds after which copies that are not the new ones are asked for again."""

AT_ONCE = 4
MAX_REDIRECTS = 2
"""From http to https, and to the host of the files; a document that moves on and on is no good."""

ENOUGH = 3
"""So many documents that can't be reached are a host that is away."""

NO_CACHE = {"Cache-Control": "no-cache", "Accept-Encoding": "identity"}
REMEDY = "See `feedpub push --print-config`."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What a stranger can't read as it was sent, and what may be read but is served oddly."""

    unread: tuple[Diagnostic, ...] = ()
    remarks: tuple[Diagnostic, ...] = ()


def read_back(
    client: Client,
    public: str,
    expected: Mapping[str, FileRecord],
    *,
    waits: tuple[float, ...] = WAITS,
) -> ReadBack:
    """Reads each of `expected`, by path, below `public`; the place of a fault is the path."""
    probe = _ReadbackProbe(client, public, expected)
    seen: dict[str, ReadBack] = {}
    # Of the feeds hubs are to be told: they come first.
    left = sorted(expected, key=document_kind, reverse=True)
    for seconds in (0.0, *waits):
        # A cache on the way may have old copies for a moment.
        time.sleep(seconds)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            seen.update(zip(left, pool.map(probe.look, left), strict=True))
        left = [path for path in left if seen[path].unread and probe.reaches(path)]
        if not left:
            break
    return ReadBack(
        unread=tuple(fault for path in expected for fault in seen[path].unread),
        remarks=tuple(fault for path in expected for fault in seen[path].remarks),
    )


class _ReadbackProbe:
    """Reads below `public`; what could not be reached is not asked for again, and after ENOUGH of
    that nothing is: a dead host would hold up a push once for each document."""

    def __init__(self, client: Client, public: str, expected: Mapping[str, FileRecord]) -> None:
        self._client = client
        self._public = public
        self._expected = expected
        self._unreached: dict[str, str] = {}

    def reaches(self, path: str) -> bool:
        """Whether it may help to look."""
        return path not in self._unreached and len(self._unreached) < ENOUGH

    def look(self, path: str) -> ReadBack:
        """What is to be said about one document."""
        if not self.reaches(path):
            return _unread(path, [*self._unreached.values()][-1])
        address = self._public + quote(path, safe="/-_.~")
        try:
            reply = follow_redirects(self._get, address, limit=MAX_REDIRECTS).reply
        except TargetError as error:
            problem = " and ".join(f"{fault.place} {fault.problem}" for fault in error.diagnostics)
            self._unreached[path] = problem
            return _unread(path, problem)
        if problem := self._problem(reply, path, address):
            return _unread(path, problem)
        remark = _remark(reply, self._expected[path])
        if remark and not _is_unpacked_twin(reply, path):
            return ReadBack(remarks=(Diagnostic(place=path, problem=remark, remedy=REMEDY),))
        return ReadBack()

    def _get(self, address: str) -> Reply:
        return send(self._client, "GET", address, headers=NO_CACHE, retry=BRIEF_RETRY)

    def _problem(self, reply: Reply, path: str, address: str) -> str:
        if reply.status != 200:
            return f"can't be read at {address}: the server says {reply.status_line}"
        if not self._is_shown(reply, path):
            return (
                f"{address} shows other bytes than were sent: a cache has an old copy, or the "
                "target and the address are two places (`public` in config.toml names the address)"
            )
        return ""

    def _is_shown(self, reply: Reply, path: str) -> bool:
        if holds(reply.content, self._expected[path]):
            return True
        plain = self._expected.get(path.rpartition(".")[0])
        return _is_unpacked_twin(reply, path) and (plain is None or holds(reply.content, plain))


def _unread(path: str, problem: str) -> ReadBack:
    return ReadBack(unread=(Diagnostic(place=path, problem=problem),))


def _is_unpacked_twin(reply: Reply, path: str) -> bool:
    # Some servers name its compression under its own name too; then it comes without that.
    return (
        path.endswith(tuple(PRECOMPRESSED_SUFFIXES.values()))
        and "content-encoding" in reply.headers
    )


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
