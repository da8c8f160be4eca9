"""Tells a healthcheck service that a run has ended well, or not."""

from __future__ import annotations

LONGEST = 10.0
"""Seconds that the service has for its answer."""


def beat(url: str, *, code: int, words: str) -> str:
    """Calls `url`, or `url`/fail where `code` is an exit code that is not 0, with `words` as the
    body, as healthcheck services expect it; gives what went wrong, empty if nothing did."""
    import httpx

    from .destinations.client import make_client

    address = url if code == 0 else f"{url.rstrip('/')}/fail"
    try:
        with make_client() as client:
            reply = client.post(address, content=words.encode(), timeout=LONGEST)
    except httpx.HTTPError as error:
        return f"the heartbeat can't be sent: {' '.join(str(error).split())}"
    if reply.is_success:
        return ""
    return f"the heartbeat was answered with {reply.status_code}"
