"""Fetches pages of strangers: all HTTP of `feedpub add`, with limits on time, size and reach.

The limits hold against a server that means harm: it may drip, redirect, send without an end, pack
much into little, or have a name that leads into the network of whoever runs feedpub.
"""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import Diagnostic, PageError, UnreachableError
from ..text.urls import absolute, is_web
from .connections import Connections, IpAddress, LateError, is_public

if TYPE_CHECKING:
    import httpx

MAX_PAGE_BYTES = 10_000_000
"""Of a page, unpacked: the longest articles have a tenth of it, pictures apart."""

MAX_PAGE_SECONDS = 30.0
"""For a page with all its redirects: who waits in a terminal waits no longer."""

MAX_PAGE_REDIRECTS = 5
"""A shortener, http to https, a name with www, a new path: more is a loop, or a game."""

_BY_HAND = "Open it in a browser; if it shows the page there, save it as a file and add that."
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """What stood at `address`, to which all redirects have led from `asked`.

    `media_type` and `charset` are in lower case, "" where the server does not tell. `directives`
    are words for robots in the headers, as `articles.page.PageHead` has them.
    """

    asked: str
    address: str
    content: bytes
    media_type: str
    charset: str
    directives: frozenset[str]


class PageFetcher:
    """Fetches one page after the other, also from several threads.

    `clients` makes HTTP clients that follow no redirect. `allowed` decides which addresses may be
    connected to; it is asked of the address that a connection really has, before anything is sent,
    so that a name can't lead elsewhere than it did when it was looked up. A proxy of the
    environment is trusted, and the name of what is behind it is looked up here.
    """

    def __init__(
        self,
        clients: Callable[[], httpx.Client],
        *,
        allowed: Callable[[IpAddress], bool] = is_public,
        max_seconds: float = MAX_PAGE_SECONDS,
    ) -> None:
        self._clients = clients
        self._allowed = allowed
        self._max_seconds = max_seconds

    def get(self, url: str) -> Download:
        """Fetches `url`; raises PageError, and UnreachableError where trying again may help."""
        import httpx

        from ..http.error_mapping import error_reason

        connections = Connections(self._allowed, deadline=time.monotonic() + self._max_seconds)
        watchdog = threading.Timer(self._max_seconds, connections.cut)
        watchdog.daemon = True
        watchdog.start()
        try:
            with self._clients() as client:
                return _followed(client, url, connections)
        except (httpx.RequestError, httpx.InvalidURL) as error:
            if connections.is_late:
                raise _too_slow(url, self._max_seconds) from None
            problem = f"can't be reached: {error_reason(error)}"
            raise _unreachable(url, "host-unreachable", problem) from None
        except LateError:
            raise _too_slow(url, self._max_seconds) from None
        finally:
            watchdog.cancel()


def _followed(client: httpx.Client, asked: str, connections: Connections) -> Download:
    from ..http.redirects import REDIRECTS

    url = asked
    for _ in range(MAX_PAGE_REDIRECTS + 1):
        if not is_web(url):
            problem = "is no web address" if url == asked else f"redirects to {url or 'nowhere'}"
            raise PageError(Diagnostic(code="address-invalid", place=asked, problem=problem))
        connections.url = url
        headers = {"Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        extensions = {"trace": connections.trace}
        with client.stream("GET", url, headers=headers, extensions=extensions) as response:
            if response.status_code in REDIRECTS:
                url = absolute(url, response.headers.get("location", "")) or ""
                continue
            _check_status(url, response.status_code, response.reason_phrase)
            content = b"".join(_unpacked(url, response, connections))
            return _download(asked, url, response.headers, content)
    problem = f"redirects more than {MAX_PAGE_REDIRECTS} times"
    raise PageError(Diagnostic(code="redirect-loop", place=asked, problem=problem, remedy=_BY_HAND))


def _check_status(url: str, status: int, reason: str) -> None:
    from ..http.retries import TRANSIENT

    answer = f"answers {status} {reason}".rstrip()
    if status in TRANSIENT:
        raise _unreachable(url, "host-busy", answer)
    if status != 200:
        raise PageError(
            Diagnostic(code="address-refused", place=url, problem=answer, remedy=_BY_HAND)
        )


def _unpacked(url: str, response: httpx.Response, connections: Connections) -> Iterator[bytes]:
    """The body, never more of it in memory than a page may have."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        problem = f"is packed as {encoding}, which was not asked for"
        raise PageError(Diagnostic(code="reply-invalid", place=url, problem=problem))
    # 16 is for the header of gzip (zlib's manual, inflateInit2).
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if "gzip" in encoding else None
    left = MAX_PAGE_BYTES
    for packed in response.iter_raw():
        try:
            chunk = unpack.decompress(packed, left + 1) if unpack else packed
        except zlib.error:
            problem = "says that it is gzip, and is not"
            raise PageError(Diagnostic(code="reply-invalid", place=url, problem=problem)) from None
        left -= len(chunk)
        if left < 0:
            problem = f"is larger than {MAX_PAGE_BYTES // 1_000_000} MB, too much for a page"
            raise PageError(Diagnostic(code="page-too-large", place=url, problem=problem))
        yield chunk
    # A body that has no length ends where the connection is cut.
    if connections.is_late:
        raise LateError


def _download(asked: str, url: str, headers: httpx.Headers, content: bytes) -> Download:
    media_type, _, parameters = headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].partition(";")[0].strip(" \"'")
    words_for_robots = (
        word.rpartition(":")[2].strip()
        for line in headers.get_list("x-robots-tag")
        for word in line.lower().split(",")
    )
    reserved = headers.get("tdm-reservation", "").strip() == "1"
    return Download(
        asked=asked,
        address=url,
        content=content,
        media_type=media_type.strip(),
        charset=charset,
        directives=frozenset((*words_for_robots, *(("tdm-reservation",) if reserved else ()))),
    )


def _too_slow(url: str, seconds: float) -> UnreachableError:
    return _unreachable(url, "host-slow", f"takes longer than {seconds:g} seconds")


def _unreachable(url: str, code: str, problem: str) -> UnreachableError:
    return UnreachableError(
        Diagnostic(code=code, place=url, problem=problem, remedy="Try again later.")
    )
