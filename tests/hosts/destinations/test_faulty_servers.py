"""A request meets a server that is busy, slow, broken or full: what is tried again and said."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import stamina

from feedpub.errors import TargetError, UnreachableError
from feedpub.hosts.credentials import Credentials
from feedpub.hosts.destinations import ABSENT, ANYHOW, Conflict, Unchanged, Upload, connect
from feedpub.hosts.destinations.put import WebServer
from feedpub.hosts.destinations.s3 import Bucket, SigV4, region
from feedpub.hosts.destinations.webdav import WebdavServer
from feedpub.http.client import make_client

from ...servers import apache_dav, lighttpd_dav, nginx_dav, rclone_dav, seaweedfs
from ...servers.faulty import FaultyServer, faulty_web

FEED = Upload.of("atom.xml", b"<feed/>")


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faulty_web() as server:
        yield server


@pytest.fixture
def place(server: FaultyServer) -> Iterator[WebServer]:
    with make_client(timeout=0.5) as client:
        yield WebServer(server.url, client)


@pytest.fixture
def impatient() -> Iterator[None]:
    """Tries as often as ever, without a pause."""
    with stamina.set_testing(True, attempts=5):
        yield


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("mood", ["503", "429", "500", "502", "504", "408", "425", "423", "cut"])
def test_what_is_of_the_moment_is_tried_again(
    server: FaultyServer, place: WebServer, mood: str
) -> None:
    server.files["/atom.xml"] = b"<feed/>"
    server.moods = [mood, mood]
    stored = place.read("atom.xml")
    assert stored is not None and stored.content == b"<feed/>"
    assert len(server.requests) == 3


@pytest.mark.usefixtures("impatient")
def test_a_server_that_is_slow_now_is_tried_again(server: FaultyServer) -> None:
    server.files["/atom.xml"] = b"<feed/>"
    server.moods = ["slow 0.4", "slow 0.4"]
    with make_client(timeout=0.2) as client:
        stored = WebServer(server.url, client).read("atom.xml")
    assert stored is not None and stored.content == b"<feed/>"
    assert len(server.requests) == 3


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("mood", ["503", "cut", "slow 0.15"])
def test_patience_has_an_end_and_says_that_later_may_help(server: FaultyServer, mood: str) -> None:
    server.moods = [mood] * 9
    timeout = 0.05 if mood.startswith("slow") else 0.5
    with (
        make_client(timeout=timeout) as client,
        pytest.raises(UnreachableError, match="later"),
    ):
        WebServer(server.url, client).read("atom.xml")
    assert len(server.requests) == 5


@pytest.mark.usefixtures("impatient")
def test_a_conditional_write_whose_answer_was_lost_is_known_again(
    server: FaultyServer, place: WebServer
) -> None:
    server.moods = ["lost"]
    place.write(FEED, ABSENT)
    assert server.requests == ["PUT", "PUT", "GET"]


@pytest.mark.usefixtures("impatient")
def test_a_file_whose_move_was_done_without_an_answer_is_in_its_place(server: FaultyServer) -> None:
    server.moods = ["", "", "lost"]
    with make_client(timeout=0.5) as client:
        WebdavServer(server.url, client, by_move=True).write(FEED, ANYHOW)
    assert server.requests == ["MKCOL", "PUT", "MOVE", "MOVE", "GET"]
    assert server.files == {"/atom.xml": FEED.content}


@pytest.mark.usefixtures("impatient")
def test_a_folder_with_any_letters_in_its_address_can_be_moved_in(server: FaultyServer) -> None:
    with make_client(timeout=0.5) as client:
        place = WebdavServer(f"{server.url}café/", client, by_move=True)
        server.moods = ["", "", "lost"]
        place.write(FEED, ANYHOW)
    assert server.files == {"/caf%C3%A9/atom.xml": b"<feed/>"}


@pytest.mark.usefixtures("impatient")
def test_a_server_that_hangs_up_in_the_middle_of_an_upload_is_asked_again(
    server: FaultyServer, place: WebServer
) -> None:
    server.moods = ["deaf", "deaf"]
    upload = Upload.of("large.png", bytes(5_000_000))
    place.write(upload, ANYHOW)
    assert server.requests == ["PUT", "PUT", "PUT"]
    assert server.files == {"/large.png": upload.content}


@pytest.mark.usefixtures("impatient")
def test_a_conditional_write_that_another_has_won_is_a_conflict(
    server: FaultyServer, place: WebServer
) -> None:
    server.files["/atom.xml"] = b"of another"
    server.moods = ["503"]
    with pytest.raises(Conflict):
        place.write(FEED, ABSENT)
    with pytest.raises(Conflict):
        place.write(Upload.of("new.xml", b"x"), Unchanged('"gone"'))


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ("400", "See the log of the server"),
        ("401", "The user or the password is wrong"),
        ("404", "There is no such folder"),
        ("405", "takes no uploads"),
        ("409", "folder above it is missing"),
        ("411", "wants a length"),
        ("413", "too large"),
        ("501", "does not know this kind"),
        ("507", "no room left"),
        ("301 Location=https://elsewhere.example/", "points to https://elsewhere.example/"),
        ("302", "points to nowhere"),
        ("418", "says 418"),
    ],
)
def test_what_will_not_change_by_waiting_is_said_at_once(
    server: FaultyServer, place: WebServer, mood: str, words: str
) -> None:
    server.moods = [mood]
    with pytest.raises(TargetError, match=words):
        place.write(FEED, ANYHOW)
    assert server.requests == ["PUT"], "a redirect of a write is not followed"


@pytest.mark.usefixtures("impatient")
def test_a_folder_that_another_machine_removes_at_this_moment_is_asked_for_again(
    server: FaultyServer, place: WebServer
) -> None:
    server.moods = ["403", "403"]
    assert place.read(".feedpub/lock/owner.json") is None
    assert len(server.requests) == 3


def test_a_wrong_password_is_said_when_it_is_the_lock_that_asks_for_it(
    server: FaultyServer, place: WebServer
) -> None:
    server.moods = ["401"]
    with pytest.raises(TargetError, match="The user or the password is wrong"):
        place.make_folder_exclusively(".feedpub/lock")


def test_a_folder_that_was_made_and_is_gone_is_a_conflict(
    server: FaultyServer, place: WebServer
) -> None:
    server.moods = ["201"]
    assert place.make_folder_exclusively(".feedpub/lock")
    server.moods = ["409", "409"]
    with pytest.raises(Conflict):
        place.write(Upload.of(".feedpub/lock/owner.json", b"{}"), ANYHOW)
    with pytest.raises(TargetError, match="folder above it is missing"):
        place.write(FEED, ANYHOW)


@pytest.mark.usefixtures("impatient")
def test_what_stays_forbidden_is_said(server: FaultyServer, place: WebServer) -> None:
    server.moods = ["403"] * 9
    with pytest.raises(TargetError, match="forbids it"):
        place.write(FEED, ANYHOW)
    assert server.requests == ["PUT"] * 3


@pytest.mark.real
def test_a_store_refuses_what_was_signed_long_ago(tmp_path: Path) -> None:
    def hours_ago() -> datetime:
        return datetime.now(UTC) - timedelta(hours=2)

    with seaweedfs(tmp_path) as server:
        keys = Credentials(server.environ).aws_keys(server.target)
        signature = SigV4(keys, region(server.target), clock=hours_ago)
        destination = Bucket(server.target, make_client(auth=signature))
        with pytest.raises(TargetError, match="The clock of this machine is wrong"):
            destination.write(FEED, ANYHOW)
        destination.close()


@contextlib.contextmanager
def tiny_disk(folder: Path) -> Iterator[None]:
    command = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=777", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a small disk, and not in every container")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.real
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("start", "by_move", "words"),
    [
        (nginx_dav, False, "answers 500"),
        (apache_dav, False, "no room left on the server"),
        (lighttpd_dav, False, "answers 500"),
        (rclone_dav, True, "the server says 405"),
    ],
)
def test_a_disk_that_is_full_leaves_the_old_file(
    tmp_path: Path, start: Callable[[Path], Any], by_move: bool, words: str
) -> None:
    with start(tmp_path) as server, tiny_disk(server.root):
        target = replace(server.target, put_by_move=by_move)
        destination = connect(target, Credentials(server.environ), make_client)
        destination.write(FEED, ANYHOW)
        with pytest.raises(TargetError, match=words):
            destination.write(Upload.of("atom.xml", os.urandom(200_000)), ANYHOW)
        stored = destination.read("atom.xml")
        assert stored is not None and stored.content == FEED.content
        destination.close()
