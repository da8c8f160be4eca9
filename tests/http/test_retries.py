"""What is asked for again, when, and how much of the answer is read."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest

from feedpub.errors import TargetError, UnreachableError
from feedpub.http.client import Client, make_client
from feedpub.http.limits import TooLargeError
from feedpub.http.reply import Reply
from feedpub.http.retries import RetryPolicy, retry_after, send

from ..servers.scripted import Answer, host

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
FORBIDDEN_IN_DOUBT = RetryPolicy(attempts=5, seconds=10, doubtful=frozenset((403,)))


@pytest.fixture
def client() -> Iterator[Client]:
    with make_client() as client:
        yield client


def busy(**headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=503, headers=httpx.Headers(named), content=b"", attempts=1)


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [
        (busy(), None),
        (busy(retry_after="7"), 7),
        (busy(retry_after=" 0 "), 0),
        (busy(retry_after="soon"), None),
        (busy(retry_after="-1"), None),
        (busy(retry_after="Mon, 15 Jun 2026 10:00:05 GMT"), 5),
        (busy(retry_after="Mon, 15 Jun 2026 09:00:00 GMT"), 0),
        (
            busy(retry_after="Mon, 15 Jun 2026 12:00:05 GMT", date="Mon, 15 Jun 2026 12:00:02 GMT"),
            3,
        ),
    ],
)
def test_the_server_says_in_seconds_or_by_its_own_clock_when_to_come_again(
    reply: Reply, seconds: float | None
) -> None:
    assert retry_after(reply, now=NOW) == seconds


def test_a_server_that_says_at_once_is_not_waited_for(client: Client) -> None:
    answers = iter([503, 503, 503, 200])
    with host(lambda _: Answer(status=next(answers), headers={"Retry-After": "0"})) as server:
        begin = time.monotonic()
        reply = send(client, "GET", server.url)
        assert time.monotonic() - begin < 0.1 + 0.2 + 0.4, "less than it would wait by itself"
    assert (reply.status, reply.attempts) == (200, 4)


@pytest.mark.usefixtures("quick")
def test_a_status_in_doubt_is_asked_for_again_and_then_believed(client: Client) -> None:
    with host(lambda _: Answer(status=403)) as server:
        assert send(client, "GET", server.url, retry=FORBIDDEN_IN_DOUBT).status == 403
        assert len(server.asked) == 2
        assert send(client, "GET", server.url).attempts == 1, "it is not in doubt elsewhere"


def test_a_status_in_doubt_that_passes_is_none(client: Client) -> None:
    answers = iter([403, 200])
    with host(lambda _: Answer(status=next(answers))) as server:
        reply = send(client, "GET", server.url, retry=FORBIDDEN_IN_DOUBT)
    assert (reply.status, reply.attempts) == (200, 2)


@pytest.mark.parametrize("address", ["https://", "http://a.example:x/", "gopher://a.example/"])
def test_an_address_that_is_none_is_not_for_later(client: Client, address: str) -> None:
    with pytest.raises(TargetError, match="can't be fetched") as caught:
        send(client, "GET", address)
    assert not isinstance(caught.value, UnreachableError)


@pytest.mark.parametrize("size", [999, 1_000])
def test_an_answer_up_to_the_limit_is_read_whole(client: Client, size: int) -> None:
    with host(lambda _: Answer(content=b"x" * size)) as server:
        assert len(send(client, "GET", server.url, max_bytes=1_000).content) == size


def test_a_larger_answer_is_not_read_to_its_end(client: Client) -> None:
    with host(lambda _: Answer(content=b"x" * 1_001)) as server:
        with pytest.raises(TooLargeError) as caught:
            send(client, "GET", server.url, max_bytes=1_000)
        assert caught.value.url == server.url
        assert len(server.asked) == 1, "it would be as large the next time"
