"""What was sent is read at its public address before anybody is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import stamina

from feedpub.destinations.client import Client, make_client
from feedpub.headers import media_type
from feedpub.manifest import FileRecord, digest
from feedpub.readback import ReadBack, read_back

from .moody import Answer, Asked, host

CONTENT = b"<feed>new</feed>"
XML = {"Content-Type": "application/xml"}


@pytest.fixture
def client() -> Iterator[Client]:
    with make_client() as client, stamina.set_testing(True, attempts=2):
        yield client


def expected(path: str) -> dict[str, FileRecord]:
    kind = media_type(path)
    return {path: FileRecord(sha256=digest(CONTENT), size=len(CONTENT), media_type=kind)}


def seen(
    client: Client, answer: Callable[[Asked], Answer], path: str = "atom.xml"
) -> tuple[ReadBack, list[Asked]]:
    with host(answer) as server:
        found = read_back(client, server.url, expected(path), waits=(0, 0))
        return found, server.asked


def test_what_can_be_read_as_it_was_sent_is_well(client: Client) -> None:
    found, asked = seen(client, lambda _: Answer(content=CONTENT, headers=XML))
    assert found == ReadBack()
    assert [each.headers["cache-control"] for each in asked] == ["no-cache"]


def test_blank_lines_at_the_end_are_no_other_text(client: Client) -> None:
    found, _ = seen(client, lambda _: Answer(content=CONTENT + b"\n\n", headers=XML))
    assert found == ReadBack()


def test_an_old_copy_is_asked_for_again_until_it_is_the_new_one(client: Client) -> None:
    answers = iter([b"<feed>old</feed>", b"<feed>old</feed>", CONTENT])
    found, asked = seen(client, lambda _: Answer(content=next(answers), headers=XML))
    assert found == ReadBack()
    assert len(asked) == 3


def test_other_bytes_in_the_end_are_said(client: Client) -> None:
    found, asked = seen(client, lambda _: Answer(content=b"<feed>old</feed>", headers=XML))
    (fault,) = found.unread
    assert fault.place == "atom.xml"
    assert "shows other bytes than were sent" in fault.problem
    assert len(asked) == 3


@pytest.mark.parametrize(("status", "words"), [(404, "404 Not Found"), (403, "403 Forbidden")])
def test_what_can_not_be_read_is_said(client: Client, status: int, words: str) -> None:
    found, _ = seen(client, lambda _: Answer(status=status))
    assert words in found.unread[0].problem


def test_an_address_where_nothing_answers_is_said(client: Client) -> None:
    found = read_back(client, "http://127.0.0.1:9/", expected("atom.xml"), waits=())
    assert "can't be reached" in found.unread[0].problem


def test_a_redirect_is_followed(client: Client) -> None:
    def moved(asked: Asked) -> Answer:
        if asked.path == "/atom.xml":
            return Answer(status=301, headers={"Location": "/feeds/atom.xml"})
        return Answer(content=CONTENT, headers=XML)

    assert seen(client, moved)[0] == ReadBack()


@pytest.mark.parametrize(
    ("path", "served", "is_well"),
    [
        ("atom.xml", "application/xml; charset=utf-8", True),
        ("atom.xml", "text/xml", True),
        ("atom.xml", "application/atom+xml", True),
        ("atom.xml", "text/plain", False),
        ("atom.xml", "", False),
        ("feed.json", "application/json", True),
        ("page.html", "text/html", True),
        ("page.html", "application/octet-stream", False),
    ],
)
def test_an_odd_media_type_is_a_remark(
    client: Client, path: str, served: str, is_well: bool
) -> None:
    headers = {"Content-Type": served} if served else {}
    found, _ = seen(client, lambda _: Answer(content=CONTENT, headers=headers), path)
    assert found.unread == ()
    assert (found.remarks == ()) is is_well


def test_names_are_quoted_as_they_were_sent(client: Client) -> None:
    _, asked = seen(client, lambda _: Answer(content=CONTENT), "per%cent/a b(1).html")
    assert asked[0].path == "/per%25cent/a%20b%281%29.html"
