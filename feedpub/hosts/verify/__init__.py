"""Checks live feeds as any reader gets them, and says what to change on the host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...http.client import Client
from ...settings import Settings
from ..server_config import feed_addresses
from .finding import Finding, Matter, Verdict, Weight
from .judge import judge
from .probe import probe


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveFeed:
    """A feed at its public address; `hubs` are those that it should name, none where they are not
    known; `file` is the document here that it should be, None for a feed of somebody else."""

    url: str
    hubs: tuple[str, ...] = ()
    file: Path | None = None


def live_feeds(settings: Settings) -> tuple[LiveFeed, ...]:
    """Every feed of `settings`, at the address that subscribers use."""
    home = settings.site.url
    return tuple(
        LiveFeed(url=url, hubs=settings.hubs, file=settings.output / url.removeprefix(home))
        for url in (address.url for address in feed_addresses(settings))
    )


def verify_all(client: Client, feeds: tuple[LiveFeed, ...]) -> Iterator[Verdict]:
    """Checks one feed after the other; raises UnreachableError at the first without an answer."""
    for feed in feeds:
        local = feed.file.read_bytes() if feed.file and feed.file.exists() else None
        findings = judge(probe(client, feed.url), hubs=feed.hubs, local=local)
        yield Verdict(url=feed.url, findings=findings)


__all__ = ["Finding", "LiveFeed", "Matter", "Verdict", "Weight", "live_feeds", "verify_all"]
