"""How much of an answer is read: what a host sends without an end must not fill the memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import httpx


class TooLargeError(Exception):
    """An answer has more bytes than were asked for; `url` is where it came from."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def read_body(response: httpx.Response, max_bytes: int | None) -> bytes:
    """The body of a response that is streamed, decoded, all of it where `max_bytes` is None.

    Raises TooLargeError as soon as there are more than `max_bytes`, and httpx.RequestError.
    """
    if max_bytes is None:
        return response.read()
    return b"".join(_limited(str(response.url), response.iter_bytes(), max_bytes))


def _limited(url: str, chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise TooLargeError(url)
        yield chunk
