"""What was sent, read again as everybody reads it, before any hub is told of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from ...errors import Diagnostic, Severity, TargetError, with_severity
from ...http.client import Client
from ...http.redirects import follow_redirects
from ...http.reply import Reply
from ...http.retries import BRIEF_RETRY, send
from ...settings import PRECOMPRESSED_SUFFIXES
from ..destinations import Destination
from ..serving import accepted_media_types, document_kind, essence
from .objects import FileRecord, holds

WAITS = (1.0, 2.0, 4.0)
"""Seconds after which copies that are not the new ones are asked for again."""

AT_ONCE = 4
"""Requests: what was just sent to a host is no reason to flood it."""

_MAX_REDIRECTS = 2
"""From http to https, and to the host of the files; a document that moves on and on is no good."""

MAX_UNREACHED = 3
"""So many documents that can't be reached are a host that is down."""

_NO_CACHE = {"Cache-Control": "no-cache", "Accept-Encoding": "identity"}
REMEDY = "See `feedpub push --print-config`."

Checked = tuple[Diagnostic, ...]
"""What is to be said of one document, nothing where it is as it should be."""


def read_back(
    client: Client,
    public: str,
    expected: Mapping[str, FileRecord],
    *,
    waits: tuple[float, ...] = WAITS,
) -> tuple[Diagnostic, ...]:
    """Reads each of `expected`, by path, below the address `public`.

    The place of a diagnostic is the path: errors are about what can't be read as it was sent, and
    come first; warnings about what can, but is served oddly. `waits` are in seconds.
    """
    reader = _Reader(client, public, expected)
    checked: dict[str, Checked] = {}
    # Of the feeds hubs are to be told: they come first.
    left = sorted(expected, key=document_kind, reverse=True)
    for seconds in (0.0, *waits):
        # A cache on the way may have old copies for a moment.
        time.sleep(seconds)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            checked.update(zip(left, pool.map(reader.check, left), strict=True))
        left = [path for path in left if _is_unread(checked[path]) and reader.can_reach(path)]
        if not left:
            break
    diagnostics = [each for path in expected for each in checked[path]]
    return (
        *with_severity(diagnostics, Severity.ERROR),
        *with_severity(diagnostics, Severity.WARNING),
    )


def read_back_stored(
    destination: Destination, expected: Mapping[str, FileRecord]
) -> tuple[Diagnostic, ...]:
    """Reads each of `expected`, by path, from the target itself, where it has no public address.

    Raises TargetError.
    """
    return tuple(_differing(destination, expected))


def _differing(
    destination: Destination, expected: Mapping[str, FileRecord]
) -> Iterator[Diagnostic]:
    for path, record in expected.items():
        stored = destination.read(path)
        if stored is None or not holds(stored.content, record):
            problem = f"{destination.label} gives other bytes than were sent there"
            yield Diagnostic(code="document-differs", place=path, problem=problem)


class _Reader:
    """Reads below `public`; what could not be reached is not asked for again, and after
    MAX_UNREACHED of that nothing is: a dead host would hold up a push once for each document."""

    def __init__(self, client: Client, public: str, expected: Mapping[str, FileRecord]) -> None:
        self._client = client
        self._public = public
        self._expected = expected
        self._unreached: dict[str, str] = {}

    def can_reach(self, path: str) -> bool:
        """Whether it may help to ask for the document."""
        return path not in self._unreached and len(self._unreached) < MAX_UNREACHED

    def check(self, path: str) -> Checked:
        """Reads one document."""
        if not self.can_reach(path):
            return _unreachable(path, [*self._unreached.values()][-1])
        address = self._public + quote(path, safe="/-_.~")
        try:
            reply = follow_redirects(self._get, address, limit=_MAX_REDIRECTS).reply
        except TargetError as error:
            problem = " and ".join(f"{each.place} {each.problem}" for each in error.diagnostics)
            self._unreached[path] = problem
            return _unreachable(path, problem)
        return self._checked(reply, path, address)

    def _get(self, address: str) -> Reply:
        return send(self._client, "GET", address, headers=_NO_CACHE, retry=BRIEF_RETRY)

    def _checked(self, reply: Reply, path: str, address: str) -> Checked:
        if reply.status != 200:
            problem = f"can't be read at {address}: the server says {reply.status_line}"
            return (Diagnostic(code="document-unreadable", place=path, problem=problem),)
        if not self._is_as_sent(reply, path):
            problem = (
                f"{address} shows other bytes than were sent: a cache has an old copy, or the "
                "target and the address are two places (`public` in config.toml names the address)"
            )
            return (Diagnostic(code="document-differs", place=path, problem=problem),)
        if _is_decoded_copy(reply, path):
            return ()
        return _media_type(reply, path, self._expected[path])

    def _is_as_sent(self, reply: Reply, path: str) -> bool:
        if holds(reply.content, self._expected[path]):
            return True
        plain = self._expected.get(path.rpartition(".")[0])
        return _is_decoded_copy(reply, path) and (plain is None or holds(reply.content, plain))


def _is_unread(checked: Checked) -> bool:
    return bool(with_severity(checked, Severity.ERROR))


def _unreachable(path: str, problem: str) -> Checked:
    return (Diagnostic(code="document-unreachable", place=path, problem=problem),)


def _is_decoded_copy(reply: Reply, path: str) -> bool:
    # Some servers name its compression under its own name too; then it comes without that.
    return (
        path.endswith(tuple(PRECOMPRESSED_SUFFIXES.values()))
        and "content-encoding" in reply.headers
    )


def _media_type(reply: Reply, path: str, record: FileRecord) -> Checked:
    served = reply.headers.get("content-type", "")
    if essence(served) in accepted_media_types(record.media_type):
        return ()
    return (
        Diagnostic(
            code="media-type-unexpected",
            severity=Severity.WARNING,
            place=path,
            problem=f"is served as {served or 'nothing'}, not as {record.media_type}",
            remedy=REMEDY,
        ),
    )
