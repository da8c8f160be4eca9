"""Redirects are followed as far as was asked, and only to where the web is."""

from __future__ import annotations

from collections.abc import Mapping

import httpx
import pytest

from feedpub.http.redirects import Followed, follow_redirects
from feedpub.http.reply import Reply

HOME = "https://a.example/feed"


def followed(locations: Mapping[str, str], *, limit: int = 5) -> Followed:
    """Follows from HOME, where each address in `locations` is moved to another."""

    def get(url: str) -> Reply:
        location = locations.get(url)
        headers = httpx.Headers({} if location is None else {"Location": location})
        status = 200 if location is None else 301
        return Reply(status=status, headers=headers, content=url.encode(), attempts=1)

    return follow_redirects(get, HOME, limit=limit)


def test_what_has_not_moved_is_the_reply() -> None:
    found = followed({})
    assert (found.reply.status, found.reply.content, found.moved) == (200, HOME.encode(), ())


def test_each_address_is_kept_in_order_and_may_be_relative() -> None:
    found = followed({HOME: "/b", "https://a.example/b": "//c.example/d"})
    assert found.moved == ("https://a.example/b", "https://c.example/d")
    assert found.reply.content == b"https://c.example/d"


@pytest.mark.parametrize("status", [300, 304, 306])
def test_other_statuses_are_no_redirects(status: int) -> None:
    headers = httpx.Headers({"Location": "/b"})
    reply = Reply(status=status, headers=headers, content=b"", attempts=1)
    assert follow_redirects(lambda _: reply, HOME, limit=5) == Followed(reply=reply)


@pytest.mark.parametrize(
    "location", ["", "http://[broken", "mailto:a@example.org", "ftp://a.example/", "file:///etc"]
)
def test_what_leads_nowhere_is_not_followed(location: str) -> None:
    found = followed({HOME: location})
    assert (found.reply.status, found.moved) == (301, ())


def test_after_the_limit_the_redirect_is_the_reply() -> None:
    found = followed({HOME: HOME}, limit=3)
    assert (found.reply.status, found.moved) == (301, (HOME,) * 3)
