"""Asks for a live feed in all the ways that readers do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from ...errors import UnreachableError
from ...http.client import Client
from ...http.redirects import follow_redirects
from ...http.reply import Reply
from ...http.retries import BRIEF_RETRY, SINGLE_ATTEMPT, RetryPolicy, send

AGENTS = (
    "curl/8.5.0",
    "python-requests/2.32.3",
    "Mozilla/5.0",
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; like FeedFetcher-Google)",
    "newsboat/2.30.1",
    "",
)
MAX_REDIRECTS = 5
"""The limit that HTTP once recommended (RFC 2068 §10.3); some readers still keep to it."""

CODINGS = ("gzip", "br")
# The words of OpenSSL; the error that held them is not kept, as it knows too much.
DISTRUSTED = re.compile(r"certificate verify failed: (.*?)(?: \(_ssl|\.? Try again|$)")
ELSE = '"feedpub-another-text"'
"""An entity tag that no feed has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """The feed as it comes compressed, and the answer to a reader that has just that."""

    reply: Reply | None
    unchanged: Reply | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeResult:
    """What a host answered; None stands for no answer, or one that is for this moment only.

    `unchanged` has the answers to a reader that has the feed already, by the header that says so;
    `packed` those to a reader that can unpack, by content coding; `agents` those to readers by the
    name they call themselves. `distrusted` tells why nobody should trust the certificate: then
    there is nothing else.
    """

    asked: str
    moved: tuple[str, ...] = ()
    distrusted: str = ""
    whole: Reply | None = None
    unchanged: Mapping[str, Reply | None] = field(default_factory=dict)
    outdated: Reply | None = None
    packed: Mapping[str, Packed] = field(default_factory=dict)
    agents: Mapping[str, Reply | None] = field(default_factory=dict)
    head: Reply | None = None

    @property
    def place(self) -> str:
        """The address that answered in the end."""
        return self.moved[-1] if self.moved else self.asked


def probe(client: Client, url: str) -> ProbeResult:
    """Asks for the feed at `url` in every way; raises UnreachableError where nothing answers."""
    try:
        followed = follow_redirects(partial(_get, client), url, limit=MAX_REDIRECTS)
    except UnreachableError as error:
        if reason := _distrusted(error):
            return ProbeResult(asked=url, distrusted=reason)
        raise
    whole, moved = followed.reply, followed.moved
    if whole.status != 200:
        return ProbeResult(asked=url, moved=moved, whole=whole)
    ask = partial(_ask, client, moved[-1] if moved else url)
    return ProbeResult(
        asked=url,
        moved=moved,
        whole=whole,
        unchanged={name: ask({name: value}) for name, value in _conditions(whole)},
        outdated=ask({"If-None-Match": ELSE}),
        packed={coding: _packed(ask, coding) for coding in _codings(client)},
        agents={agent: ask({"User-Agent": agent}, retry=SINGLE_ATTEMPT) for agent in AGENTS},
        head=ask({}, method="HEAD"),
    )


def _get(
    client: Client,
    url: str,
    headers: Mapping[str, str] | None = None,
    *,
    method: str = "GET",
    retry: RetryPolicy = BRIEF_RETRY,
) -> Reply:
    asked = {"Accept-Encoding": "identity"} | dict(headers or {})
    return send(client, method, url, headers=asked, retry=retry)


def _ask(
    client: Client,
    url: str,
    headers: Mapping[str, str],
    *,
    method: str = "GET",
    retry: RetryPolicy = BRIEF_RETRY,
) -> Reply | None:
    try:
        return _get(client, url, headers, method=method, retry=retry)
    except UnreachableError:
        return None


class _Ask(Protocol):
    def __call__(self, headers: Mapping[str, str]) -> Reply | None: ...


def _packed(ask: _Ask, coding: str) -> Packed:
    asked = {"Accept-Encoding": coding}
    reply = ask(asked)
    if reply is None or not reply.etag:
        return Packed(reply=reply)
    return Packed(reply=reply, unchanged=ask(asked | {"If-None-Match": reply.etag}))


def _conditions(reply: Reply) -> Iterator[tuple[str, str]]:
    if reply.etag:
        yield "If-None-Match", reply.etag
    if modified := reply.headers.get("last-modified"):
        yield "If-Modified-Since", modified


def _codings(client: Client) -> Iterator[str]:
    # The client says by itself what it can unpack: brotli is not everywhere.
    known = client.headers.get("accept-encoding", "").split(", ")
    yield from (coding for coding in CODINGS if coding in known)


def _distrusted(error: UnreachableError) -> str:
    """What is wrong with the certificate, "" where that is not the reason."""
    found = DISTRUSTED.search(str(error))
    return found[1] if found else ""
