"""Every kind of destination does what its contract says, against the real servers."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from feedpub.credentials import Credentials
from feedpub.destinations import ABSENT, ANYHOW, Conflict, Destination, Unchanged, Upload, connect
from feedpub.errors import TargetError
from feedpub.model import Target
from feedpub.writers import choose

from .servers import (
    Server,
    apache_dav,
    lighttpd_dav,
    nginx_dav,
    rclone_dav,
    rclone_s3,
    seaweedfs,
)

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


# How two machines can be kept apart there; "" where they can't be.
WRITERS = {
    a_folder: "lock",
    nginx_dav: "lock",
    apache_dav: "lock",
    lighttpd_dav: "lock",
    rclone_dav: "",
    seaweedfs: "cas",
    rclone_s3: "",
}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(each, marks=[] if each is a_folder else [pytest.mark.real]) for each in WRITERS
    ],
)
def started(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, str]]:
    with request.param(tmp_path_factory.mktemp("server")) as server:
        yield server, WRITERS[request.param]


@pytest.fixture
def server(started: tuple[Server, str]) -> Server:
    return started[0]


@pytest.fixture
def place(server: Server) -> Iterator[Destination]:
    destination = connect(server.target, Credentials(server.environ))
    yield destination
    destination.close()


def content(place: Destination, path: str) -> bytes | None:
    stored = place.read(path)
    return stored.content if stored else None


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


@pytest.mark.parametrize("size", [0, 1, 5_000_000])
def test_files_of_any_size(place: Destination, size: int) -> None:
    # Where a text becomes shorter its length may stay, by blank lines: a picture shows the bytes.
    place.write(Upload.of(f"{size}.png", os.urandom(10)), ANYHOW)
    bytes_ = os.urandom(size)
    place.write(Upload.of(f"{size}.png", bytes_), ANYHOW)
    assert content(place, f"{size}.png") == bytes_


def test_writers_are_kept_apart_as_well_as_the_server_can(
    started: tuple[Server, str], place: Destination
) -> None:
    if started[1]:
        assert choose(place, single_writer=False) == started[1]
    else:
        with pytest.raises(TargetError, match="single_writer = true"):
            choose(place, single_writer=False)
    assert choose(place, single_writer=True) == "single"


def test_a_folder_is_claimed_once_moved_and_removed(
    started: tuple[Server, str], place: Destination
) -> None:
    if started[1] != "lock":
        pytest.skip("this server has no folders that tell who was first")
    assert place.claim("a/lock") is True
    assert place.claim("a/lock") is False
    place.write(Upload.of("a/lock/owner.json", b"{}"), ANYHOW)
    assert place.move_folder("a/lock", "a/aside")
    assert not place.move_folder("a/lock", "a/elsewhere")
    assert place.claim("a/lock") is True
    assert not place.move_folder("a/lock", "a/aside")
    place.remove_folder("a/aside")
    assert content(place, "a/aside/owner.json") is None
    place.remove_folder("a/lock")


def test_conditions_hold_where_the_store_swaps(
    started: tuple[Server, str], place: Destination
) -> None:
    if started[1] != "cas":
        pytest.skip("this server is not asked for conditions")
    etag = place.write(Upload.of("c.xml", b"1"), ABSENT)
    with pytest.raises(Conflict):
        place.write(Upload.of("c.xml", b"2"), ABSENT)
    with pytest.raises(Conflict):
        place.write(Upload.of("c.xml", b"2"), Unchanged('"stale"'))
    place.write(Upload.of("c.xml", b"2"), Unchanged(etag))
    assert content(place, "c.xml") == b"2"


def test_types_and_caching_are_kept_where_the_store_keeps_them(
    started: tuple[Server, str], place: Destination
) -> None:
    if started[1] != "cas":
        pytest.skip("this server decides by the ending of the name")
    place.write(Upload.of("t/atom.xml", b"<feed/>"), ANYHOW)
    reply = httpx.head(started[0].public + "t/atom.xml")
    assert reply.headers["content-type"] == "application/xml; charset=utf-8"
    assert reply.headers["cache-control"] == "public, max-age=300"


def test_a_wrong_password_is_said(server: Server) -> None:
    if server.target.url.startswith("file:"):
        pytest.skip("a folder asks for no password")
    wrong = {key: value + "x" for key, value in server.environ.items()}
    destination = connect(server.target, Credentials(wrong))
    with pytest.raises(TargetError, match=r"(password|keys) (is|are) wrong|HTTP|says 40"):
        destination.write(Upload.of("w.xml", b"x"), ANYHOW)
    destination.close()


@pytest.mark.real
def test_a_body_that_was_changed_on_the_way_is_refused_by_a_store_that_looks(
    tmp_path: Path,
) -> None:
    class Spoilt(httpx.Auth):
        requires_request_body = True

        def __init__(self, inner: httpx.Auth) -> None:
            self.inner = inner

        def auth_flow(self, request: httpx.Request):  # type: ignore[no-untyped-def]
            request.headers["Content-MD5"] = "1B2M2Y8AsgTpgAmY7PhCfg=="
            yield from self.inner.auth_flow(request)

    with seaweedfs(tmp_path) as server:
        destination = connect(server.target, Credentials(server.environ))
        client = destination._client  # type: ignore[attr-defined]
        client.auth = Spoilt(client.auth)
        with pytest.raises(TargetError, match="BadDigest"):
            destination.write(Upload.of("a.xml", b"spoilt"), ANYHOW)
        destination.close()


@pytest.mark.real
def test_a_server_that_writes_in_place_is_given_files_by_move(tmp_path: Path) -> None:
    with rclone_dav(tmp_path) as server:
        target = replace(server.target, put_by_move=True)
        destination = connect(target, Credentials(server.environ))
        for text in (b"one", b"two"):
            destination.write(Upload.of("deep/atom.xml", text), ANYHOW)
            assert content(destination, "deep/atom.xml") == text
        destination.close()
        assert [file.name for file in (server.root / "feeds" / "deep").iterdir()] == ["atom.xml"]
