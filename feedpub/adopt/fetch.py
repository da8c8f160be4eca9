"""The bytes of a feed, from a file or from the web."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from ..errors import Diagnostic, FeedError, UnreachableError
from ..files import file_diagnostic
from ..http.client import AGAIN, make_client, words

LARGEST = 50_000_000
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


def fetch(place: str) -> Fetched:
    """Reads the file or address `place`; raises FeedError, and UnreachableError where trying again
    later may help."""
    return _from_web(place) if WEB.match(place) else _from_file(place)


def _from_file(place: str) -> Fetched:
    try:
        with Path(place).open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        remedy = "FEED is a file or an address that begins with https://."
        raise FeedError(file_diagnostic(place, "read", error, remedy)) from None
    if len(content) > LARGEST:
        raise _too_large(place)
    return Fetched(place=place, content=content)


def _from_web(url: str) -> Fetched:
    try:
        with make_client() as client, client.stream("GET", url, follow_redirects=True) as response:
            address = str(response.url)
            if response.status_code != httpx.codes.OK:
                raise _refused(address, response.status_code)
            return Fetched(
                place=address, content=b"".join(_limited(address, response.iter_bytes()))
            )
    except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.TooManyRedirects) as error:
        raise FeedError(
            Diagnostic(place=url, problem=f"can't be fetched: {words(error)}")
        ) from None
    except httpx.HTTPError as error:
        raise UnreachableError(
            Diagnostic(
                place=url,
                problem=f"can't be reached: {words(error)}",
                remedy="Try again later, or save the feed as a file and adopt that.",
            )
        ) from None


def _limited(place: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST:
            raise _too_large(place)
        yield chunk


def _too_large(place: str) -> FeedError:
    return FeedError(
        Diagnostic(
            place=place, problem=f"is larger than {LARGEST // 1_000_000} MB, too much for a feed"
        )
    )


def _refused(url: str, status: int) -> FeedError | UnreachableError:
    answer = f"answers {status} {httpx.codes.get_reason_phrase(status)}".rstrip()
    if status in AGAIN:
        return UnreachableError(Diagnostic(place=url, problem=answer, remedy="Try again later."))
    remedy = "Open the address in a browser; if it shows the feed there, save it and adopt the file"
    return FeedError(Diagnostic(place=url, problem=answer, remedy=f"{remedy}."))
