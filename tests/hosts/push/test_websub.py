"""Hubs are told of every feed that changed; one that does not answer is a warning, no more."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
import stamina

from feedpub.errors import Severity
from feedpub.hosts.push.websub import announce
from feedpub.http.client import Client, make_client

from ...servers.scripted import Answer, host

TOPICS = {
    "atom.xml": "https://example.org/feeds/atom.xml",
    "sea/rss.xml": "https://example.org/feeds/sea/rss.xml?a=b&c",
}


@pytest.fixture
def client() -> Iterator[Client]:
    with make_client() as client, stamina.set_testing(True, attempts=3):
        yield client


def test_a_hub_hears_of_each_feed_in_both_words_that_hubs_know(client: Client) -> None:
    with host(lambda _: Answer(status=204)) as hub:
        assert announce(client, (hub.url,), TOPICS) == ()
        forms = [parse_qs(asked.body.decode()) for asked in hub.asked]
    assert forms == [
        {"hub.mode": ["publish"], "hub.url": [topic], "hub.topic": [topic]}
        for topic in TOPICS.values()
    ]
    assert {asked.method for asked in hub.asked} == {"POST"}
    assert {asked.headers["content-type"] for asked in hub.asked} == {
        "application/x-www-form-urlencoded"
    }


@pytest.mark.parametrize("status", [200, 202, 204])
def test_any_kind_of_yes_is_enough(client: Client, status: int) -> None:
    with host(lambda _: Answer(status=status)) as hub:
        assert announce(client, (hub.url,), TOPICS) == ()


def test_a_hub_that_refuses_or_is_away_does_not_keep_the_news_from_the_others(
    client: Client,
) -> None:
    with host(lambda _: Answer(status=400)) as grumpy, host() as kind:
        warnings = announce(client, ("http://127.0.0.1:9/", grumpy.url, kind.url), TOPICS)
        assert len(kind.asked) == 2
    assert [each.place for each in warnings] == ["atom.xml", "sea/rss.xml"] * 2
    assert {each.severity for each in warnings} == {Severity.WARNING}
    assert "can't be reached" in warnings[0].problem
    assert "says 400 Bad Request" in warnings[2].problem


def test_a_busy_hub_is_asked_again(client: Client) -> None:
    answers = iter([503, 429, 204])
    with host(lambda _: Answer(status=next(answers))) as hub:
        assert announce(client, (hub.url,), {"atom.xml": "https://example.org/a"}) == ()
        assert len(hub.asked) == 3


def test_a_dead_hub_holds_up_a_push_once_and_not_with_each_feed(client: Client) -> None:
    with host(lambda _: Answer(status=503)) as hub:
        warnings = announce(client, (hub.url,), TOPICS)
        assert len(hub.asked) == 3, "the attempts for the first feed"
    assert [each.place for each in warnings] == [*TOPICS]
    assert all("answers 503 Service Unavailable" in each.problem for each in warnings)


def test_an_answer_that_is_garbled_is_a_warning(client: Client) -> None:
    garbled = Answer(content=b"no gzip", headers={"Content-Encoding": "gzip"})
    with host(lambda _: garbled) as hub:
        (warning, *_) = announce(client, (hub.url,), TOPICS)
    assert f"the hub {hub.url} can't be understood" in warning.problem


def test_without_topics_nobody_is_disturbed(client: Client) -> None:
    with host() as hub:
        assert announce(client, (hub.url,), {}) == ()
        assert hub.asked == []
