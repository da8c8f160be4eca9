"""The guard for a store that compares and swaps: conditional writes (RFC 9110 §13)."""

from __future__ import annotations

from ...destinations import ABSENT, Condition, Conflict, Destination, Unchanged, Upload
from ..manifest import HEAD, read_head
from . import Concurrency

_MAX_ATTEMPTS = 20
"""For one document: each one that is lost means that another writer got through."""


class CompareAndSwap:
    """Every write names the etag that it replaces, so that a late one fails."""

    concurrency = Concurrency.COMPARE_AND_SWAP

    def __init__(self, destination: Destination, nonce: str) -> None:
        self._destination = destination
        self._nonce = nonce
        self._etags: dict[str, str | None] = {}
        self._head_etag = ""

    def begin(self) -> None:
        """Any machine may begin; the commit shows which was first."""

    def note_etag(self, path: str) -> None:
        """Asks for the etag at `path`."""
        self._etags[path] = self._destination.etag(path)

    def commit(self, head: Upload, when: Condition) -> None:
        """Writes the head if `when` holds, else raises Conflict."""
        self._head_etag = self._destination.write(head, when)

    def write(self, upload: Upload) -> None:
        """Replaces what `note_etag` has seen; where something else stands there by now, only while
        the head is still ours."""
        for _ in range(_MAX_ATTEMPTS):
            try:
                self._destination.write(upload, _condition(self._etags[upload.path]))
            except Conflict:
                # What stands there first, the head after it: a newer writer commits before it
                # writes, so that it can't slip in between.
                self._etags[upload.path] = self._destination.etag(upload.path)
                self.check()
            else:
                return
        raise Conflict(upload.path)

    def check(self) -> None:
        """Reads the head; raises Conflict where it is of another push."""
        stored = self._destination.read(HEAD)
        if stored is None or read_head(stored.content, HEAD).nonce != self._nonce:
            raise Conflict(HEAD)

    def settle(self, head: Upload) -> None:
        """Replaces the head that `commit` has written, else raises Conflict."""
        etag = self._head_etag or self._destination.etag(HEAD) or ""
        self._head_etag = self._destination.write(head, Unchanged(etag))

    def end(self) -> None:
        """Nobody waits for this push to end."""


def _condition(etag: str | None) -> Condition:
    return ABSENT if etag is None else Unchanged(etag)
