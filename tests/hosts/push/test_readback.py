"""What was sent is read at its public address before anybody is told of it."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator

import pytest
import stamina

from feedpub.errors import Diagnostic, Severity
from feedpub.hosts.push.objects import FileRecord, digest
from feedpub.hosts.push.readback import read_back
from feedpub.hosts.serving import media_type
from feedpub.http.client import Client, make_client

from ...servers.scripted import Answer, Asked, host

CONTENT = b"<feed>new</feed>"
XML = {"Content-Type": "application/xml"}


@pytest.fixture
def client() -> Iterator[Client]:
    with make_client() as client, stamina.set_testing(True, attempts=2):
        yield client


def expected(*paths: str, content: bytes = CONTENT) -> dict[str, FileRecord]:
    sha256, size = digest(content), len(content)
    return {
        path: FileRecord(sha256=sha256, size=size, media_type=media_type(path)) for path in paths
    }


def seen(
    client: Client, answer: Callable[[Asked], Answer], path: str = "atom.xml"
) -> tuple[tuple[Diagnostic, ...], list[Asked]]:
    with host(answer) as server:
        found = read_back(client, server.url, expected(path), waits=(0, 0))
        return found, server.asked


def test_what_can_be_read_as_it_was_sent_is_well(client: Client) -> None:
    found, asked = seen(client, lambda _: Answer(content=CONTENT, headers=XML))
    assert found == ()
    assert [each.headers["cache-control"] for each in asked] == ["no-cache"]


def test_blank_lines_at_the_end_are_no_other_text(client: Client) -> None:
    found, _ = seen(client, lambda _: Answer(content=CONTENT + b"\n\n", headers=XML))
    assert found == ()


def test_an_old_copy_is_asked_for_again_until_it_is_the_new_one(client: Client) -> None:
    answers = iter([b"<feed>old</feed>", b"<feed>old</feed>", CONTENT])
    found, asked = seen(client, lambda _: Answer(content=next(answers), headers=XML))
    assert found == ()
    assert len(asked) == 3


def test_other_bytes_in_the_end_are_said(client: Client) -> None:
    found, asked = seen(client, lambda _: Answer(content=b"<feed>old</feed>", headers=XML))
    (diagnostic,) = found
    assert diagnostic.place == "atom.xml"
    assert diagnostic.severity is Severity.ERROR
    assert "shows other bytes than were sent" in diagnostic.problem
    assert len(asked) == 3


@pytest.mark.parametrize(("status", "words"), [(404, "404 Not Found"), (403, "403 Forbidden")])
def test_what_can_not_be_read_is_said(client: Client, status: int, words: str) -> None:
    found, _ = seen(client, lambda _: Answer(status=status))
    assert words in found[0].problem


def test_an_address_where_nothing_answers_is_said(client: Client) -> None:
    found = read_back(client, "http://127.0.0.1:9/", expected("atom.xml"), waits=())
    assert "can't be reached" in found[0].problem


def test_a_host_that_is_away_is_not_asked_for_each_document(client: Client) -> None:
    paths = [f"archive/{number}.xml" for number in range(100)]
    with host(lambda _: Answer(status=503)) as server:
        found = read_back(client, server.url, expected(*paths), waits=(0, 0))
        assert len(server.asked) < 20
    assert [each.place for each in found] == paths
    assert all("answers 503 Service Unavailable" in each.problem for each in found)


def test_one_document_that_can_not_be_had_does_not_hide_the_others(client: Client) -> None:
    paths = [f"{number}.xml" for number in range(30)]

    def answer(asked: Asked) -> Answer:
        return Answer(status=503 if asked.path == "/0.xml" else 200, content=CONTENT, headers=XML)

    with host(answer) as server:
        found = read_back(client, server.url, expected(*paths), waits=(0,))
    assert [each.place for each in found] == ["0.xml"]


def test_old_copies_are_waited_for_together(client: Client) -> None:
    paths = [f"{number}.xml" for number in range(30)]
    with host(lambda _: Answer(content=b"old")) as server:
        begin = time.monotonic()
        found = read_back(client, server.url, expected(*paths), waits=(0.1, 0.1))
        assert len(server.asked) == 3 * len(paths)
    assert len(found) == len(paths)
    assert time.monotonic() - begin < 0.1 * len(paths)


def test_feeds_are_read_before_what_no_hub_is_told_of(client: Client) -> None:
    paths = [*(f"archive/{number}.xml" for number in range(20)), "atom.xml"]
    with host(lambda _: Answer(content=CONTENT, headers=XML)) as server:
        read_back(client, server.url, expected(*paths), waits=())
        first = {asked.path for asked in server.asked[:4]}
    assert "/atom.xml" in first


def test_an_answer_that_is_garbled_is_said(client: Client) -> None:
    garbled = Answer(content=b"no gzip", headers={"Content-Encoding": "gzip"})
    assert "can't be understood" in seen(client, lambda _: garbled)[0][0].problem


def test_a_compressed_twin_that_the_server_unpacks_is_well(client: Client) -> None:
    packed = gzip.compress(CONTENT, mtime=0)
    records = expected("atom.xml") | expected("atom.xml.gz", content=packed)
    shown = {"/atom.xml": CONTENT, "/atom.xml.gz": packed}

    def answer(asked: Asked) -> Answer:
        encoding = {"Content-Encoding": "gzip"} if asked.path.endswith(".gz") else {}
        return Answer(content=shown[asked.path], headers=XML | encoding)

    with host(answer) as server:
        assert read_back(client, server.url, records, waits=()) == ()
        shown["/atom.xml.gz"] = gzip.compress(b"<feed>old</feed>")
        found = read_back(client, server.url, records, waits=())
    assert [each.place for each in found] == ["atom.xml.gz"]


@pytest.mark.parametrize("to", ["", "http://[broken", "mailto:a@example.org", "ftp://a/", "/again"])
def test_a_redirect_that_leads_nowhere_is_said(client: Client, to: str) -> None:
    found, asked = seen(client, lambda _: Answer(status=302, headers={"Location": to}))
    assert found[0].place == "atom.xml"
    assert len(asked) <= 3 * 3


def test_a_redirect_is_followed(client: Client) -> None:
    def moved(asked: Asked) -> Answer:
        if asked.path == "/atom.xml":
            return Answer(status=301, headers={"Location": "/feeds/atom.xml"})
        return Answer(content=CONTENT, headers=XML)

    assert seen(client, moved)[0] == ()


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
def test_an_odd_media_type_is_a_warning(
    client: Client, path: str, served: str, is_well: bool
) -> None:
    headers = {"Content-Type": served} if served else {}
    found, _ = seen(client, lambda _: Answer(content=CONTENT, headers=headers), path)
    assert (found == ()) is is_well
    assert all(each.severity is Severity.WARNING for each in found)


def test_names_are_quoted_as_they_were_sent(client: Client) -> None:
    _, asked = seen(client, lambda _: Answer(content=CONTENT), "per%cent/a b(1).html")
    assert asked[0].path == "/per%25cent/a%20b%281%29.html"
