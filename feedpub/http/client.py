"""The one place where an HTTP client is made: user agent, timeouts, TLS, proxies, HTTP/2."""

from __future__ import annotations

import logging
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from ..errors import Diagnostic, TargetError
from ..files import os_error_reason
from ..version import VERSION

if TYPE_CHECKING:
    import httpx

Client: TypeAlias = "httpx.Client"
"""A name only: httpx takes 60 ms to load, which those who never ask anything needn't wait for."""

USER_AGENT = f"feedpub/{VERSION}"
TIMEOUT = 30.0
"""Seconds without a word from the server: a store may take that long to answer a large upload."""

CONNECT_TIMEOUT = 10.0
"""Seconds: a host that does not accept a connection by then is taken to be down."""

SOCKS_REMEDY = "Install it: pip install 'httpx[socks]'."
PROXY_REMEDY = "Correct HTTP_PROXY, HTTPS_PROXY, ALL_PROXY or NO_PROXY."

# It writes the headers of requests to its log, a session token with them. A filter holds where
# somebody turns all logs up.
for _name in ("hpack.hpack", "hpack.table"):
    logging.getLogger(_name).addFilter(lambda record: record.levelno > logging.DEBUG)


class ClientFactory(Protocol):
    """Makes HTTP clients for a command, as `make_client` does; whoever asks for one closes it."""

    def __call__(
        self,
        *,
        auth: httpx.Auth | None = None,
        ca_file: Path | None = None,
        timeout: float = TIMEOUT,
    ) -> Client:
        """Raises TargetError."""


def make_client(
    *, auth: httpx.Auth | None = None, ca_file: Path | None = None, timeout: float = TIMEOUT
) -> Client:
    """A client that follows no redirect, and goes by the proxies that the environment names.

    `ca_file` holds the certificates to trust, in PEM; `timeout` is in seconds without a word from
    the server. Raises TargetError where `ca_file` or a proxy can't be used.
    """
    import httpx

    verify = _tls_context(ca_file) if ca_file else True
    try:
        return httpx.Client(
            auth=auth,
            verify=verify,
            http2=True,
            timeout=httpx.Timeout(timeout, connect=min(timeout, CONNECT_TIMEOUT)),
            headers={"User-Agent": USER_AGENT},
            follow_redirects=False,
        )
    except ImportError:
        problem, remedy = "is a SOCKS proxy, for which a library is missing", SOCKS_REMEDY
    except (ValueError, httpx.InvalidURL):
        problem, remedy = "can't be used", PROXY_REMEDY
    # Not raised from the error before it, which may hold the password of the proxy.
    place = "the proxy in the environment"
    raise TargetError(
        Diagnostic(code="proxy-unusable", place=place, problem=problem, remedy=remedy)
    )


def _tls_context(ca_file: Path) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(ca_file))
    except ssl.SSLError:
        reason = "it holds no certificate"
    except OSError as error:
        reason = os_error_reason(error)
    problem = f"can't be used as `ca_file`: {reason}"
    raise TargetError(Diagnostic(code="ca-file-unusable", place=str(ca_file), problem=problem))
