"""The bytes of a feed, from a file or from the web."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import Diagnostic, FeedError, TargetError, UnreachableError
from ..files import file_diagnostic
from ..http.client import Client, ClientFactory

_MAX_BYTES = 50_000_000
"""A feed of ten thousand whole articles stays below it; a film or an endless answer does not."""

_MAX_REDIRECTS = 20
"""As many as browsers follow (Fetch Standard, HTTP-redirect fetch)."""

_TRY_LATER = "Try again later, or save the feed as a file and adopt that."
BY_HAND = "Open the address in a browser; if it shows the feed there, save it and adopt the file."
WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What stood at `place`, a file or the address to which all redirects have led."""

    place: str
    content: bytes

    @property
    def is_web(self) -> bool:
        """Whether it came from the web."""
        return WEB.match(self.place) is not None


def fetch(place: str, clients: ClientFactory, *, max_bytes: int = _MAX_BYTES) -> Fetched:
    """Reads the file or address `place`; raises FeedError where it can't be read or has more than
    `max_bytes`, and UnreachableError where trying again later may help."""
    if not WEB.match(place):
        return _from_file(place, max_bytes)
    with clients() as client:
        return _from_web(client, place, max_bytes)


def _from_file(place: str, max_bytes: int) -> Fetched:
    try:
        with Path(place).open("rb") as stream:
            content = stream.read(max_bytes + 1)
    except OSError as error:
        remedy = "FEED is a file or an address that begins with https://."
        raise FeedError(file_diagnostic(place, "read", error, remedy)) from None
    if len(content) > max_bytes:
        raise _too_large(place, max_bytes)
    return Fetched(place=place, content=content)


def _from_web(client: Client, url: str, max_bytes: int) -> Fetched:
    # httpx costs 60 ms that the adoption of a file needn't pay.
    from ..http.limits import TooLargeError
    from ..http.redirects import follow_redirects
    from ..http.reply import Reply
    from ..http.retries import SINGLE_ATTEMPT, send

    def get(address: str) -> Reply:
        return send(client, "GET", address, retry=SINGLE_ATTEMPT, max_bytes=max_bytes)

    try:
        followed = follow_redirects(get, url, limit=_MAX_REDIRECTS)
    except UnreachableError as error:
        later = (replace(each, remedy=_TRY_LATER) for each in error.diagnostics)
        raise UnreachableError(*later) from None
    except TargetError as error:
        raise FeedError(*error.diagnostics) from None
    except TooLargeError as error:
        raise _too_large(error.url, max_bytes) from None
    place = followed.moved[-1] if followed.moved else url
    if followed.reply.status != 200:
        problem = f"answers {followed.reply.status_line}"
        raise FeedError(
            Diagnostic(code="address-refused", place=place, problem=problem, remedy=BY_HAND)
        )
    return Fetched(place=place, content=followed.reply.content)


def _too_large(place: str, max_bytes: int) -> FeedError:
    problem = f"is larger than {max_bytes // 1_000_000} MB, too much for a feed"
    return FeedError(Diagnostic(code="feed-too-large", place=place, problem=problem))
