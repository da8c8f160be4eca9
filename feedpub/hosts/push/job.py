"""What one push to one target needs."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ...http.client import ClientFactory
from ...progress import Progress, unwatched
from ...settings import Target
from ..destinations import Destination
from .concurrency.lease_lock import LEASE
from .documents import LocalDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class PushJob:
    """One push of `documents`, by path, and of the bytes of the `ledger`, to one target.

    `topics` are the public addresses, by path, of the feeds that `hubs` are told of. `progress` is
    told the bytes of documents that are up, and those there are. A lock that is left behind holds
    for `lease` seconds. `nonce` tells this push from every other one.
    """

    target: Target
    destination: Destination
    clients: ClientFactory
    documents: Mapping[str, LocalDocument]
    ledger: bytes
    now: datetime
    topics: Mapping[str, str] = field(default_factory=dict)
    hubs: tuple[str, ...] = ()
    progress: Progress = unwatched
    lease: float = LEASE
    nonce: str = field(default_factory=lambda: secrets.token_hex(8))
