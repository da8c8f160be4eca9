"""Which addresses may be connected to, and for how long: what holds against hostile servers."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from typing import TypeAlias

from ..errors import Diagnostic, PageError
from ..text.urls import host

# An IPv4 address within an IPv6 one: RFC 6052 §2.1.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

IpAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


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


class LateError(Exception):
    """The time for a page is over."""


class Connections:
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
            raise LateError


def _ip_address(text: str) -> IpAddress:
    return ipaddress.ip_address(text.partition("%")[0])


def _looked_up(name: str) -> list[IpAddress]:
    """The addresses of `name`, as far as they are known here."""
    try:
        found = socket.getaddrinfo(name.strip("[]"), None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [_ip_address(str(each[4][0])) for each in found]


def _private(url: str) -> PageError:
    problem = "leads into a network of your own, which nobody else can read"
    remedy = "If you mean that, say --allow-private."
    return PageError(Diagnostic(code="address-private", place=url, problem=problem, remedy=remedy))
