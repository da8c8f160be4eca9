"""Tells a healthcheck service that a run has ended well, or not."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..errors import TargetError
from ..http.client import ClientFactory


def ping_healthcheck(clients: ClientFactory, url: str, *, succeeded: bool, text: str) -> str:
    """Calls `url` with `text` as the body, with /fail after its path where a run has not succeeded,
    as healthcheck services expect it; gives what went wrong, empty if nothing did."""
    # httpx costs 60 ms that a run without a service needn't pay.
    from ..http.retries import SINGLE_ATTEMPT, send

    address = url if succeeded else _failure(url)
    try:
        with clients(timeout=SINGLE_ATTEMPT.seconds) as client:
            reply = send(client, "POST", address, content=text.encode(), retry=SINGLE_ATTEMPT)
    except TargetError as error:
        # Its address is half a secret: whoever has it can call it.
        return f"the heartbeat {error.diagnostics[0].problem}"
    if 200 <= reply.status < 300:
        return ""
    return f"the heartbeat was answered with {reply.status_line}"


def _failure(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(path=f"{parts.path.rstrip('/')}/fail").geturl()
