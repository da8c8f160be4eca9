"""A feed is fetched from a file or from the web, or a sentence says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.adopt.fetch import fetch
from feedpub.errors import FeedError
from feedpub.http.client import make_client

from ..workshop import Workshop
from .host import Host
from .old_feeds import adopt, refused, sample


def test_no_such_file(workshop: Workshop) -> None:
    message = refused(workshop, "nowhere.xml")
    assert "nowhere.xml: can't be read: No such file" in message
    assert "a file or an address" in message


def test_an_address_with_nothing_there(workshop: Workshop, host: Host) -> None:
    assert "/gone: answers 404 Not Found" in refused(workshop, f"{host.url}/gone")


def test_an_address_where_nobody_answers_is_for_later(workshop: Workshop, host: Host) -> None:
    host.server.server_close()
    assert "can't be reached: Connection refused" in refused(workshop, f"{host.url}/feed", code=75)


def test_an_address_that_is_none(workshop: Workshop) -> None:
    assert "can't be fetched" in refused(workshop, "https://")


def test_more_than_a_feed_can_be(host: Host) -> None:
    host.pages["/feed"] = Path(sample("hugo")).read_bytes()
    for place in (f"{host.url}/feed", sample("hugo")):
        with pytest.raises(FeedError, match="too much for a feed"):
            fetch(place, make_client, max_bytes=1_000)


def test_a_fetch_says_who_asks(workshop: Workshop, host: Host) -> None:
    host.pages["/feed"] = Path(sample("hugo")).read_bytes()
    adopt(workshop, f"{host.url}/feed")
    (agent,) = host.agents
    assert agent.startswith("feedpub/")
