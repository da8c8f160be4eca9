"""A web server that takes files by plain PUT (RFC 9110 §9.3.4)."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote

import httpx

from ...errors import Diagnostic, TargetError
from ...http.client import Client
from ...http.reply import Reply, http_date
from ...http.retries import DEFAULT_RETRY, send
from .destination import Absent, Condition, Conflict, Stored, Unchanged, Upload
from .padded_writes import padded_writes, stats_before_open

SAFE = "/-_.~"
"""What is not percent-encoded in a path: RFC 3986 §2.3, and the slash."""

MISSING = (404, 410)

# RFC 9111 §5.2.1.4: a cache on the way must ask the server.
_NO_CACHE = {"Cache-Control": "no-cache"}

_REMEDIES = {
    400: "See the log of the server.",
    401: "The user or the password is wrong or missing: set FEEDPUB_USER and FEEDPUB_PASSWORD, "
    "for a named target FEEDPUB_NAME_USER and FEEDPUB_NAME_PASSWORD.",
    403: "The server forbids it to this user: see the rights of the folder there.",
    404: "There is no such folder: make it, or correct the address.",
    405: "The server takes no uploads at this address, or its disk is full.",
    409: "The folder above it is missing: make it, or use a webdav+https:// target.",
    411: "The server wants a length, which feedpub sends: something between takes it out.",
    413: "The file is too large for the server: raise its limit.",
    501: "The server does not know this kind of request.",
    507: "There is no room left on the server.",
}


class WebServer:
    """A folder on a web server; `url` is its address, with a slash at the end.

    It closes `client` when it is closed itself.
    """

    conditional_writes = False
    # Apache says 403, too, of a folder that another machine makes or removes just now.
    retry = replace(DEFAULT_RETRY, doubtful=frozenset((403,)))

    def __init__(self, url: str, client: Client) -> None:
        self.label = url
        # A header that names it, as MOVE needs, can hold no other letters.
        self._url = str(httpx.URL(url))
        self._client = client
        self._server = ""
        self._made_folders: set[str] = set()

    def read(self, path: str) -> Stored | None:
        """By GET."""
        reply = self._send("GET", path, headers=_NO_CACHE)
        if reply.status in MISSING:
            return None
        self._expect(reply, path, "read")
        return Stored(
            content=reply.content,
            etag=reply.etag,
            media_type=reply.headers.get("content-type", ""),
            date=reply.date,
            modified=http_date(reply.headers.get("last-modified", "")),
        )

    def etag(self, path: str) -> str | None:
        """By HEAD."""
        reply = self._send("HEAD", path, headers=_NO_CACHE)
        if reply.status in MISSING:
            return None
        self._expect(reply, path, "read")
        return reply.etag

    def write(self, upload: Upload, when: Condition) -> str:
        """By PUT; more than one on a server that looks at the size of a file before it opens it."""
        if stats_before_open(self._server):
            *before, last = padded_writes(
                self._content(upload.path), upload.content, upload.media_type
            )
            for content in before:
                self._put(replace(upload, content=content), when)
            upload = replace(upload, content=last)
        return self._put(upload, when)

    def _content(self, path: str) -> bytes | None:
        stored = self.read(path)
        return stored.content if stored else None

    def _put(self, upload: Upload, when: Condition) -> str:
        headers = self._headers(upload) | _condition_headers(when)
        reply = self._send("PUT", upload.path, headers=headers, content=upload.content)
        if _is_lost(reply, when) and not self._was_ours(upload, reply):
            raise Conflict(upload.path)
        # RFC 4918 §9.7.1: the folder is gone. Who had made it has lost it to another machine.
        if reply.status == 409 and upload.path.rpartition("/")[0] in self._made_folders:
            raise Conflict(upload.path)
        if reply.status != 412:
            self._expect(reply, upload.path, "written")
        return reply.etag

    def remove(self, path: str) -> None:
        """By DELETE."""
        reply = self._send("DELETE", path)
        if reply.status not in MISSING:
            self._expect(reply, path, "removed")

    def make_folder_exclusively(self, path: str) -> bool | None:
        """By MKCOL (RFC 4918 §9.3), which many servers know that speak no other WebDAV."""
        # nginx wants the slash at the end.
        reply = self._send("MKCOL", f"{path}/")
        if reply.status in (401, 507):
            self._expect(reply, path, "made")
        if reply.status == 201:
            self._made_folders.add(path)
        return {201: True, 405: False}.get(reply.status)

    def move_folder(self, path: str, to: str) -> bool:
        """By MOVE (RFC 4918 §9.9)."""
        headers = {"Destination": f"{self._address(to)}/", "Overwrite": "F"}
        return self._send("MOVE", f"{path}/", headers=headers).status in (200, 201, 204)

    def remove_folder(self, path: str) -> None:
        """By DELETE of the collection (RFC 4918 §9.6.1)."""
        self.remove(f"{path}/")

    def close(self) -> None:
        """Closes the client."""
        self._client.close()

    def _headers(self, upload: Upload) -> dict[str, str]:
        return {
            "Content-Type": upload.media_type,
            "Cache-Control": upload.cache_control,
            "Content-MD5": b64encode(hashlib.md5(upload.content).digest()).decode(),
        }

    def _was_ours(self, upload: Upload, reply: Reply) -> bool:
        """Whether an earlier attempt, the answer to which was lost, has written just this."""
        if reply.attempts == 1:
            return False
        stored = self.read(upload.path)
        return stored is not None and stored.content == upload.content

    def _expect(self, reply: Reply, path: str, done: str) -> None:
        if 200 <= reply.status < 300:
            return
        problem = f"can't be {done}: the server says {self._status_text(reply)}"
        place, remedy = self._address(path), self._remedy(reply)
        raise TargetError(
            Diagnostic(code="host-refused", place=place, problem=problem, remedy=remedy)
        )

    def _status_text(self, reply: Reply) -> str:
        return reply.status_line

    def _remedy(self, reply: Reply) -> str:
        if 300 <= reply.status < 400:
            return f"It points to {reply.headers.get('location', 'nowhere')}: write that address."
        return _REMEDIES.get(reply.status, "")

    def _send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> Reply:
        address = self._address(path)
        reply = send(
            self._client, method, address, headers=headers, content=content, retry=self.retry
        )
        self._server = reply.headers.get("server", "")
        return reply

    def _address(self, path: str) -> str:
        return self._url + quote(path, safe=SAFE)


def _condition_headers(when: Condition) -> dict[str, str]:
    """The condition as RFC 9110 §13.1 writes it."""
    if isinstance(when, Unchanged):
        return {"If-Match": when.etag}
    return {"If-None-Match": "*"} if isinstance(when, Absent) else {}


def _is_lost(reply: Reply, when: Condition) -> bool:
    # S3 says 409 where two conditional writes meet.
    return isinstance(when, Unchanged | Absent) and reply.status in (409, 412)
