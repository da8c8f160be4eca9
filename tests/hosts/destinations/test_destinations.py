"""Every kind of destination does what its contract says, against the real servers."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from feedpub.errors import TargetError
from feedpub.hosts.credentials import Credentials
from feedpub.hosts.destinations import (
    ABSENT,
    ANYHOW,
    Conflict,
    Destination,
    Unchanged,
    Upload,
    connect,
)
from feedpub.hosts.destinations.s3 import Bucket
from feedpub.hosts.push.concurrency import Concurrency
from feedpub.hosts.push.concurrency.probe import probe_concurrency
from feedpub.http.client import make_client
from feedpub.settings import Target

from ...servers import Server, apache_dav, lighttpd_dav, nginx_dav, rclone_dav, rclone_s3, seaweedfs

NAMES = (
    "plain.xml",
    "deep/er/page.html",
    "with blank.html",
    "per%cent+plus.html",
    "brackets(1)!'*~.html",
    "Ünïcødé/日本.html",
)


@contextlib.contextmanager
def a_folder(folder: Path) -> Iterator[Server]:
    target = Target(name="", url=(folder / "served").as_uri() + "/")
    yield Server(target=target, environ={}, public="", log=folder)


Start = Callable[[Path], contextlib.AbstractContextManager[Server]]

# How two machines that push can be kept apart there.
LOCKING: tuple[Start, ...] = (a_folder, nginx_dav, apache_dav, lighttpd_dav)
SWAPPING: tuple[Start, ...] = (seaweedfs,)
NEITHER: tuple[Start, ...] = (rclone_dav, rclone_s3)
REMOTE = (*LOCKING[1:], *SWAPPING, *NEITHER)


def against(*starts: Start) -> pytest.MarkDecorator:
    """Runs a test once on each of these servers."""
    servers = [
        pytest.param(each, marks=[] if each is a_folder else [pytest.mark.real], id=each.__name__)
        for each in starts
    ]
    return pytest.mark.parametrize("server", servers, indirect=True, scope="module")


@pytest.fixture(scope="module")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    with request.param(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def place(server: Server) -> Iterator[Destination]:
    destination = connect(server.target, Credentials(server.environ), make_client)
    yield destination
    destination.close()


def content(place: Destination, path: str) -> bytes | None:
    stored = place.read(path)
    return stored.content if stored else None


@against(a_folder, *REMOTE)
@pytest.mark.parametrize("path", NAMES)
def test_what_is_written_is_read_and_what_is_removed_is_gone(place: Destination, path: str) -> None:
    assert content(place, path) is None
    assert place.etag(path) is None
    place.write(Upload.of(path, b"one"), ANYHOW)
    assert content(place, path) == b"one"
    place.write(Upload.of(path, b"three"), ANYHOW)
    assert content(place, path) == b"three"
    place.remove(path)
    assert content(place, path) is None
    place.remove(path)


@against(a_folder, *REMOTE)
@pytest.mark.parametrize("size", [0, 1, 5_000_000])
def test_files_of_any_size(place: Destination, size: int) -> None:
    # Where a text becomes shorter its length may stay, by blank lines: a picture shows the bytes.
    place.write(Upload.of(f"{size}.png", os.urandom(10)), ANYHOW)
    bytes_ = os.urandom(size)
    place.write(Upload.of(f"{size}.png", bytes_), ANYHOW)
    assert content(place, f"{size}.png") == bytes_


@against(*LOCKING)
def test_where_a_folder_can_be_made_once_only_machines_take_turns(place: Destination) -> None:
    assert probe_concurrency(place, single_writer=False) is Concurrency.LOCK


@against(*SWAPPING)
def test_where_the_store_compares_and_swaps_machines_race(place: Destination) -> None:
    assert probe_concurrency(place, single_writer=False) is Concurrency.COMPARE_AND_SWAP


@against(*NEITHER)
def test_where_nothing_keeps_machines_apart_there_must_be_but_one(place: Destination) -> None:
    with pytest.raises(TargetError, match="single_writer = true"):
        probe_concurrency(place, single_writer=False)
    assert probe_concurrency(place, single_writer=True) is Concurrency.SINGLE_WRITER


@against(*LOCKING)
def test_a_folder_is_made_once_moved_and_removed(place: Destination) -> None:
    assert place.make_folder_exclusively("a/lock") is True
    assert place.make_folder_exclusively("a/lock") is False
    place.write(Upload.of("a/lock/owner.json", b"{}"), ANYHOW)
    assert place.move_folder("a/lock", "a/aside")
    assert not place.move_folder("a/lock", "a/elsewhere")
    assert place.make_folder_exclusively("a/lock") is True
    assert not place.move_folder("a/lock", "a/aside")
    place.remove_folder("a/aside")
    assert content(place, "a/aside/owner.json") is None
    place.remove_folder("a/lock")


@against(*SWAPPING)
def test_conditions_hold_where_the_store_swaps(place: Destination) -> None:
    etag = place.write(Upload.of("c.xml", b"1"), ABSENT)
    with pytest.raises(Conflict):
        place.write(Upload.of("c.xml", b"2"), ABSENT)
    with pytest.raises(Conflict):
        place.write(Upload.of("c.xml", b"2"), Unchanged('"stale"'))
    assert content(place, "c.xml") == b"1"
    place.write(Upload.of("c.xml", b"2"), Unchanged(etag))
    assert content(place, "c.xml") == b"2"


@against(*SWAPPING)
def test_types_and_caching_are_kept_where_the_store_keeps_them(
    server: Server, place: Destination
) -> None:
    place.write(Upload.of("t/atom.xml", b"<feed/>"), ANYHOW)
    reply = httpx.head(server.public + "t/atom.xml")
    assert reply.headers["content-type"] == "application/xml; charset=utf-8"
    assert reply.headers["cache-control"] == "public, max-age=300"


@against(*REMOTE)
def test_a_wrong_user_or_password_or_key_is_said(server: Server) -> None:
    for name, value in server.environ.items():
        wrong = Credentials({**server.environ, name: value + "x"})
        destination = connect(server.target, wrong, make_client)
        with pytest.raises(TargetError, match=rf"(is|are) wrong.*\b{name}\b"):
            destination.write(Upload.of("w.xml", b"x"), ANYHOW)
        destination.close()


class Spoiling(httpx.Auth):
    """Changes the body after it was signed; the checksum named `proof` alone can tell."""

    requires_request_body = True

    def __init__(self, inner: httpx.Auth, proof: str) -> None:
        self._inner = inner
        self._proof = proof

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        for name in {"content-md5", "x-amz-checksum-sha256"} - {self._proof}:
            del request.headers[name]
        signed = next(self._inner.auth_flow(request))
        signed.stream = httpx.ByteStream(request.content.swapcase())
        yield signed


@against(*SWAPPING)
@pytest.mark.parametrize("proof", ["content-md5", "x-amz-checksum-sha256"])
def test_a_body_that_was_changed_on_the_way_is_refused_by_a_store_that_looks(
    server: Server, proof: str
) -> None:
    destination = connect(server.target, Credentials(server.environ), make_client)
    assert isinstance(destination, Bucket)
    client = destination._client
    assert client.auth is not None
    client.auth = Spoiling(client.auth, proof)
    with pytest.raises(TargetError, match="can't be written: the server says 400"):
        destination.write(Upload.of("spoilt.xml", b"<feed/>"), ANYHOW)
    destination.close()


@pytest.mark.real
def test_a_server_that_writes_in_place_is_given_files_by_move(tmp_path: Path) -> None:
    with rclone_dav(tmp_path) as server:
        target = replace(server.target, put_by_move=True)
        destination = connect(target, Credentials(server.environ), make_client)
        for text in (b"one", b"two"):
            destination.write(Upload.of("deep/atom.xml", text), ANYHOW)
            assert content(destination, "deep/atom.xml") == text
        destination.close()
        assert [file.name for file in (server.root / "feeds" / "deep").iterdir()] == ["atom.xml"]
