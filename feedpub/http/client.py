"""The one place where an HTTP client is made, and where a request is sent, and sent again."""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import stamina

from ..errors import Diagnostic, TargetError, UnreachableError
from ..files import os_error_reason
from ..version import VERSION

Client = httpx.Client
ERRNO = re.compile(r"^\[Errno -?\d+\] ")
USER_AGENT = f"feedpub/{VERSION}"
TIMEOUT = 30.0
"""Seconds without a word from the server."""

LONGEST_WAIT = 30.0
# RFC 9110 §15, RFC 6585 §4, RFC 8470 §5.2, RFC 4918 §11.3: said of this moment, not of what is
# asked for.
AGAIN = frozenset((408, 423, 425, 429, 500, 502, 503, 504))

SOCKS_REMEDY = "Install it: pip install 'httpx[socks]'."
PROXY_REMEDY = "Correct HTTP_PROXY, HTTPS_PROXY, ALL_PROXY or NO_PROXY."

# Its words for programmers are not for those who read what a push says.
stamina.instrumentation.set_on_retry_hooks(())

# It writes the headers of requests to its log, a session token with them. A filter holds where
# somebody turns all logs up.
for _name in ("hpack.hpack", "hpack.table"):
    logging.getLogger(_name).addFilter(lambda record: record.levelno > logging.DEBUG)


def make_client(
    *, auth: httpx.Auth | None = None, ca_file: Path | None = None, timeout: float = TIMEOUT
) -> httpx.Client:
    """A client that follows no redirect; proxies come from the environment."""
    try:
        verify = ssl.create_default_context(cafile=str(ca_file)) if ca_file else True
    except OSError as error:
        reason = (
            "it holds no certificate" if isinstance(error, ssl.SSLError) else os_error_reason(error)
        )
        problem = f"can't be used as `ca_file`: {reason}"
        raise TargetError(Diagnostic(place=str(ca_file), problem=problem)) from None
    try:
        return httpx.Client(
            auth=auth,
            verify=verify,
            http2=True,
            timeout=httpx.Timeout(timeout, connect=min(timeout, 10)),
            headers={"User-Agent": USER_AGENT},
            follow_redirects=False,
        )
    except ImportError:
        problem, remedy = "is a SOCKS proxy, for which a library is missing", SOCKS_REMEDY
    except (ValueError, httpx.InvalidURL):
        problem, remedy = "can't be used", PROXY_REMEDY
    # Not raised from the error before it, which may hold the password of the proxy.
    raise TargetError(
        Diagnostic(place="the proxy in the environment", problem=problem, remedy=remedy)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often something is asked for, and for how many seconds in all."""

    attempts: int
    seconds: float


DEFAULT_RETRY = RetryPolicy(attempts=5, seconds=120)
BRIEF_RETRY = RetryPolicy(attempts=3, seconds=20)
"""For what a push must not be held up by."""

SINGLE_ATTEMPT = RetryPolicy(attempts=1, seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered in the end; `attempts` tells how often it was asked."""

    status: int
    headers: httpx.Headers
    content: bytes
    attempts: int

    @property
    def etag(self) -> str:
        """The entity tag, "" where there is none."""
        return str(self.headers.get("etag", ""))

    @property
    def date(self) -> datetime | None:
        """The clock of the server."""
        return http_date(self.headers.get("date", ""))


class _NotNow(Exception):
    """The server says that it can't do it now."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


def send(
    client: httpx.Client,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    retry: RetryPolicy = DEFAULT_RETRY,
) -> Reply:
    """Sends a request that may be repeated, until there is an answer that is not for this moment.

    Raises UnreachableError when patience is at its end.
    """

    def ask() -> httpx.Response:
        return client.request(method, url, headers=headers, content=content)

    try:
        return _insist(ask, retry)
    except (_NotNow, httpx.RequestError, httpx.InvalidURL) as error:
        fault = _fault(url, error)
    # Not raised from the error before it, which knows the request, and so the password.
    raise UnreachableError(fault)


def _insist(ask: Callable[[], httpx.Response], retry: RetryPolicy) -> Reply:
    for attempt in stamina.retry_context(
        on=_wait_before_next,
        attempts=retry.attempts,
        timeout=retry.seconds,
        wait_max=LONGEST_WAIT,
    ):
        with attempt:
            response = ask()
            reply = Reply(
                status=response.status_code,
                headers=response.headers,
                content=response.content,
                attempts=attempt.num,
            )
            if reply.status in AGAIN:
                raise _NotNow(reply)
            return reply
    raise AssertionError("a retry context returns or raises")


def _wait_before_next(error: Exception) -> bool | float:
    """Whether to try again, or after how many seconds."""
    if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return False
    if not isinstance(error, _NotNow):
        return isinstance(error, httpx.TransportError)
    seconds = _retry_after(error.reply)
    return min(seconds, LONGEST_WAIT) if seconds is not None else True


def _retry_after(reply: Reply) -> float | None:
    """RFC 9110 §10.2.3: seconds, or a date by the server's own clock."""
    text = reply.headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text)
    moment = http_date(text)
    now = reply.date or datetime.now(UTC)
    return max((moment - now).total_seconds(), 0) if moment else None


def _fault(url: str, error: Exception) -> Diagnostic:
    if isinstance(error, _NotNow):
        problem = f"answers {said(error.reply)}"
        remedy = "It was asked several times; try again later."
        return Diagnostic(place=url, problem=problem, remedy=remedy)
    return Diagnostic(place=url, problem=_reason(error), remedy="Try again later.")


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.LocalProtocolError):
        # It repeats the header that it is about.
        return "can't be asked: HTTP has no way to say this request"
    what = "reached" if isinstance(error, httpx.TransportError) else "understood"
    return f"can't be {what}: {words(error)}"


def words(error: Exception) -> str:
    """What an error of the network says, in one line and without its number."""
    return ERRNO.sub("", " ".join(str(error).split())).rstrip(".") or type(error).__name__


def said(reply: Reply) -> str:
    """The status with its words."""
    words = httpx.codes.get_reason_phrase(reply.status)
    return f"{reply.status} {words}".strip()


def http_date(text: str) -> datetime | None:
    """A date of RFC 9110 §5.6.7, None if it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
