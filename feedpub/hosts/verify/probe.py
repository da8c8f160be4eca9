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

USER_AGENTS = (
    "curl/8.5.0",
    "python-requests/2.32.3",
    "Mozilla/5.0",
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; like FeedFetcher-Google)",
    "newsboat/2.30.1",
    "",
)
"""Readers, and programs, that hosts are known to turn away by their names."""

_MAX_REDIRECTS = 5
"""RFC 1945 §9.3 had clients stop here, and some readers still do."""

CODINGS = ("gzip", "br")
# The words of OpenSSL; the error that held them is not kept, as it knows too much.
UNTRUSTED = re.compile(r"certificate verify failed: (.*?)(?: \(_ssl|\.? Try again|$)")
OTHER_ETAG = '"feedpub-another-text"'
"""An entity tag that no feed has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompressedReply:
    """The reply to a reader that can decompress it, and to the same reader when it has that already
    (If-None-Match); None stands for no answer, or for a question that could not be asked."""

    reply: Reply | None
    conditional: Reply | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeResult:
    """What a host answered; None stands for no answer, or one that is for this moment only.

    `url` is the address that was asked for, `redirects` are those it led to, `reply` is the feed,
    neither compressed nor conditional. `conditional` has the replies to a reader that has the feed
    already, by the header that says so; `mismatched` is that to one that has another text.
    `compressed` has them by content coding, `by_user_agent` by User-Agent. `certificate_error` is
    why the certificate is not trusted, "" where it is; where it is not, there is nothing else.
    """

    url: str
    redirects: tuple[str, ...] = ()
    certificate_error: str = ""
    reply: Reply | None = None
    conditional: Mapping[str, Reply | None] = field(default_factory=dict)
    mismatched: Reply | None = None
    compressed: Mapping[str, CompressedReply] = field(default_factory=dict)
    by_user_agent: Mapping[str, Reply | None] = field(default_factory=dict)
    head: Reply | None = None

    @property
    def final_url(self) -> str:
        """The address that answered in the end."""
        return self.redirects[-1] if self.redirects else self.url


def probe(client: Client, url: str) -> ProbeResult:
    """Asks for the feed at `url` in every way; raises UnreachableError where nothing answers."""
    try:
        followed = follow_redirects(partial(_get, client), url, limit=_MAX_REDIRECTS)
    except UnreachableError as error:
        if reason := _certificate_error(error):
            return ProbeResult(url=url, certificate_error=reason)
        raise
    reply, redirects = followed.reply, followed.moved
    if reply.status != 200:
        return ProbeResult(url=url, redirects=redirects, reply=reply)
    ask = partial(_ask, client, redirects[-1] if redirects else url)
    return ProbeResult(
        url=url,
        redirects=redirects,
        reply=reply,
        conditional={name: ask({name: value}) for name, value in _conditions(reply)},
        mismatched=ask({"If-None-Match": OTHER_ETAG}),
        compressed={coding: _compressed(ask, coding) for coding in _codings(client)},
        by_user_agent={
            name: ask({"User-Agent": name}, retry=SINGLE_ATTEMPT) for name in USER_AGENTS
        },
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
    sent = {"Accept-Encoding": "identity"} | dict(headers or {})
    return send(client, method, url, headers=sent, retry=retry)


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


def _compressed(ask: _Ask, coding: str) -> CompressedReply:
    headers = {"Accept-Encoding": coding}
    reply = ask(headers)
    if reply is None or not reply.etag:
        return CompressedReply(reply=reply)
    conditional = ask(headers | {"If-None-Match": reply.etag})
    return CompressedReply(reply=reply, conditional=conditional)


def _conditions(reply: Reply) -> Iterator[tuple[str, str]]:
    if reply.etag:
        yield "If-None-Match", reply.etag
    if modified := reply.headers.get("last-modified"):
        yield "If-Modified-Since", modified


def _codings(client: Client) -> Iterator[str]:
    # The client says by itself what it can decompress: brotli is not everywhere.
    known = client.headers.get("accept-encoding", "").split(", ")
    yield from (coding for coding in CODINGS if coding in known)


def _certificate_error(error: UnreachableError) -> str:
    """What is wrong with the certificate, "" where that is not the reason."""
    match = UNTRUSTED.search(str(error))
    return match[1] if match else ""
