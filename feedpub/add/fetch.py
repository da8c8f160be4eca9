"""Fetches pages of strangers: all HTTP of `feedpub add`, with limits on time, size and reach.

The limits hold against a server that means harm: it may drip, redirect, send without an end, pack
much into little, or have a name that leads into the network of whoever runs feedpub.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ..errors import Diagnostic, PageError, UnreachableError
from ..text.urls import absolute, host, is_web

if TYPE_CHECKING:
    import httpx

MAX_PAGE_BYTES = 10_000_000
"""Of a page, unpacked: the longest articles have a tenth of it, pictures apart."""

MAX_PAGE_SECONDS = 30.0
"""For a page with all its redirects: who waits in a terminal waits no longer."""

MAX_PAGE_REDIRECTS = 5
"""A shortener, http to https, a name with www, a new path: more is a loop, or a game."""

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BY_HAND = "Open it in a browser; if it shows the page there, save it as a file and add that."
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
# An IPv4 address within an IPv6 one: RFC 6052 §2.1.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

IpAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


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


def is_public(address: IpAddress) -> bool:
    """Whether an address is on the internet, not in a network of one's own (RFC 6890)."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def any_address(_: IpAddress) -> bool:
    """Allows all addresses, those of one's own network too."""
    return True


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

        connections = _Connections(self._allowed, deadline=time.monotonic() + self._max_seconds)
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
        except _LateError:
            raise _too_slow(url, self._max_seconds) from None
        finally:
            watchdog.cancel()


class _LateError(Exception):
    """The time for a page is over."""


class _Connections:
    """The connections made for one page; `trace` hears of them from httpcore."""

    def __init__(self, allowed: Callable[[IpAddress], bool], *, deadline: float) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._sockets: list[socket.socket] = []
        self._connecting_to = ""
        self.url = ""

    @property
    def is_late(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._deadline

    def cut(self) -> None:
        """Ends all connections, so that whoever waits for a word of the server waits no more."""
        for each in self._sockets:
            # It may be closed already.
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def trace(self, event: str, info: Mapping[str, object]) -> None:
        """An event of httpcore: https://www.encode.io/httpcore/extensions/#trace"""
        if event == "connection.connect_tcp.started":
            self._connecting_to = str(info.get("host", ""))
        elif event == "connection.connect_tcp.complete":
            self._check(info["return_value"])
        elif event.endswith(".start_tls.complete"):
            self._keep(info["return_value"])

    def _check(self, stream: object) -> None:
        """Raises PageError where a connection leads to where it must not."""
        self._keep(stream)
        peer = stream.get_extra_info("server_addr")  # type: ignore[attr-defined]
        is_proxy = self._connecting_to.strip("[]").lower() != host(self.url).strip("[]")
        addresses = _looked_up(host(self.url)) if is_proxy else [_ip_address(peer[0])]
        if not all(map(self._allowed, addresses)):
            stream.close()  # type: ignore[attr-defined]
            raise _private(self.url)

    def _keep(self, stream: object) -> None:
        self._sockets.append(stream.get_extra_info("socket"))  # type: ignore[attr-defined]
        if self.is_late:
            raise _LateError


def _ip_address(text: str) -> IpAddress:
    return ipaddress.ip_address(text.partition("%")[0])


def _looked_up(name: str) -> list[IpAddress]:
    """The addresses of `name`, as far as they are known here."""
    try:
        found = socket.getaddrinfo(name.strip("[]"), None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [_ip_address(str(each[4][0])) for each in found]


def _followed(client: httpx.Client, asked: str, connections: _Connections) -> Download:
    url = asked
    for _ in range(MAX_PAGE_REDIRECTS + 1):
        if not is_web(url):
            problem = "is no web address" if url == asked else f"redirects to {url or 'nowhere'}"
            raise PageError(Diagnostic(code="address-invalid", place=asked, problem=problem))
        connections.url = url
        headers = {"Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        extensions = {"trace": connections.trace}
        with client.stream("GET", url, headers=headers, extensions=extensions) as response:
            if response.status_code in _REDIRECTS:
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


def _unpacked(url: str, response: httpx.Response, connections: _Connections) -> Iterator[bytes]:
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
        raise _LateError


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


def _private(url: str) -> PageError:
    problem = "leads into a network of your own, which nobody else can read"
    remedy = "If you mean that, say --allow-private."
    return PageError(Diagnostic(code="address-private", place=url, problem=problem, remedy=remedy))


def _too_slow(url: str, seconds: float) -> UnreachableError:
    return _unreachable(url, "host-slow", f"takes longer than {seconds:g} seconds")


def _unreachable(url: str, code: str, problem: str) -> UnreachableError:
    return UnreachableError(
        Diagnostic(code=code, place=url, problem=problem, remedy="Try again later.")
    )
