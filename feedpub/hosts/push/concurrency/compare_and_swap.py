"""Writers on a store that compares and swaps."""

from __future__ import annotations

from ...destinations import ABSENT, Condition, Conflict, Destination, Unchanged, Upload
from ..manifest import HEAD, read_head

MAX_ATTEMPTS = 20


class CompareAndSwap:
    """Every write names what it replaces, so that a late one fails."""

    name = "cas"

    def __init__(self, destination: Destination, nonce: str) -> None:
        self._destination = destination
        self._nonce = nonce
        self._etags: dict[str, str | None] = {}
        self._head_etag = ""

    def begin(self) -> None:
        """See Writers."""

    def look(self, path: str) -> None:
        """See Writers."""
        self._etags[path] = self._destination.etag(path)

    def commit(self, head: Upload, when: Condition) -> None:
        """See Writers."""
        self._head_etag = self._destination.write(head, when)

    def write(self, upload: Upload) -> None:
        """See Writers."""
        for _ in range(MAX_ATTEMPTS):
            try:
                self._destination.write(upload, _if(self._etags[upload.path]))
            except Conflict:
                # What stands there first, the head after it: a newer writer commits before it
                # writes, so that it can't slip in between.
                self._etags[upload.path] = self._destination.etag(upload.path)
                self.check()
            else:
                return
        raise Conflict(upload.path)

    def check(self) -> None:
        """See Writers."""
        stored = self._destination.read(HEAD)
        if stored is None or read_head(stored.content, HEAD).nonce != self._nonce:
            raise Conflict(HEAD)

    def settle(self, head: Upload) -> None:
        """See Writers."""
        etag = self._head_etag or self._destination.etag(HEAD) or ""
        self._head_etag = self._destination.write(head, Unchanged(etag))

    def end(self) -> None:
        """See Writers."""


def _if(etag: str | None) -> Condition:
    return ABSENT if etag is None else Unchanged(etag)
