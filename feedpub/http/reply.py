"""What a server answered: status, headers, body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer in the end, its body decoded; `attempts` tells how often the server was asked."""

    status: int
    headers: httpx.Headers
    content: bytes
    attempts: int

    @property
    def status_line(self) -> str:
        """The status with its reason phrase, such as "404 Not Found" (RFC 9110 §15)."""
        return f"{self.status} {httpx.codes.get_reason_phrase(self.status)}".rstrip()

    @property
    def etag(self) -> str:
        """The entity tag, "" where there is none."""
        return str(self.headers.get("etag", ""))

    @property
    def date(self) -> datetime | None:
        """The time of the answer by the clock of the server, None where it doesn't tell."""
        return http_date(self.headers.get("date", ""))


def http_date(text: str) -> datetime | None:
    """A date of RFC 9110 §5.6.7, aware; None if it is none."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
