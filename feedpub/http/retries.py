"""Where a request is sent, and sent again while the answer is of the moment only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import stamina

from ..errors import TargetError
from .client import Client
from .error_mapping import busy_error, request_error
from .limits import read_body
from .reply import Reply, http_date

_LONGEST_WAIT = 30.0
"""Seconds between two attempts, whatever Retry-After says: somebody may be watching."""

TRANSIENT = frozenset((408, 423, 425, 429, 500, 502, 503, 504))
"""Statuses of this moment, not of what is asked for: RFC 9110 §15, RFC 6585 §4, RFC 8470 §5.2,
RFC 4918 §11.3."""

DOUBTFUL_ATTEMPTS = 3
DOUBTFUL_WAIT = 0.2
"""Seconds: what makes a status doubtful is over at once, or never."""

# Its words for programmers are not for those who read what a push says.
stamina.instrumentation.set_on_retry_hooks(())


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often something is asked for, and for how many seconds in all.

    The statuses in `doubtful` may be of the moment: they count when the third attempt has them too.
    """

    attempts: int
    seconds: float
    doubtful: frozenset[int] = frozenset()

    def repeats(self, reply: Reply) -> bool:
        """Whether `reply` is no answer yet."""
        is_doubtful = reply.status in self.doubtful and reply.attempts < DOUBTFUL_ATTEMPTS
        return reply.status in TRANSIENT or is_doubtful


DEFAULT_RETRY = RetryPolicy(attempts=5, seconds=120)
"""A host that restarts is back within two minutes."""

BRIEF_RETRY = RetryPolicy(attempts=3, seconds=20)
"""For what a push must not be held up by."""

SINGLE_ATTEMPT = RetryPolicy(attempts=1, seconds=10)
"""For what is asked in passing: whether it is answered decides nothing."""


class _Transient(Exception):
    """The server answers, but not what is asked for; another attempt may help."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


def send(
    client: Client,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    retry: RetryPolicy = DEFAULT_RETRY,
    max_bytes: int | None = None,
) -> Reply:
    """Sends a request that may be repeated, until there is an answer that is not for this moment.

    Raises UnreachableError after the last attempt, TargetError where `url` is no address, and
    limits.TooLargeError where the answer has more than `max_bytes`.
    """

    def ask(attempts: int) -> Reply:
        with client.stream(method, url, headers=headers, content=content) as response:
            return Reply(
                status=response.status_code,
                headers=response.headers,
                content=read_body(response, max_bytes),
                attempts=attempts,
            )

    try:
        return _repeat(ask, retry)
    except _Transient as error:
        if error.reply.status not in TRANSIENT:
            return error.reply
        failure: TargetError = busy_error(url, error.reply)
    except (httpx.RequestError, httpx.InvalidURL) as error:
        failure = request_error(url, error)
    # Not raised from the error before it, which knows the request, and so the password.
    raise failure


def _repeat(ask: Callable[[int], Reply], retry: RetryPolicy) -> Reply:
    for attempt in stamina.retry_context(
        on=_wait_before_next,
        attempts=retry.attempts,
        timeout=retry.seconds,
        wait_max=_LONGEST_WAIT,
    ):
        with attempt:
            reply = ask(attempt.num)
            if retry.repeats(reply):
                raise _Transient(reply)
            return reply
    raise AssertionError("a retry context returns or raises")


def _wait_before_next(error: Exception) -> bool | float:
    """Whether to try again, or after how many seconds."""
    if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return False
    if not isinstance(error, _Transient):
        return isinstance(error, httpx.TransportError)
    if error.reply.status not in TRANSIENT:
        return DOUBTFUL_WAIT
    seconds = retry_after(error.reply, now=datetime.now(UTC))
    return True if seconds is None else min(seconds, _LONGEST_WAIT)


def retry_after(reply: Reply, *, now: datetime) -> float | None:
    """The seconds that Retry-After asks to wait (RFC 9110 §10.2.3), None where it asks nothing.

    A date there is by the server's own clock; `now` is used where the server doesn't tell its own.
    """
    text = reply.headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text)
    moment = http_date(text)
    return max((moment - (reply.date or now)).total_seconds(), 0) if moment else None
