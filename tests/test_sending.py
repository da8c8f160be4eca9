"""A request meets a server that is busy, slow, broken or full: what is tried again and said."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import stamina

from feedpub.credentials import Credentials
from feedpub.destinations import ABSENT, ANYHOW, Conflict, Unchanged, Upload, connect
from feedpub.destinations.client import make_client
from feedpub.destinations.web import WebServer
from feedpub.errors import TargetError, UnreachableError

from .servers import nginx_dav, seaweedfs

FEED = Upload.of("atom.xml", b"<feed/>")


@dataclass
class Server:
    """A web server with moods: each request takes the next one; "" is a good mood."""

    url: str = ""
    moods: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Moody(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.obey()

        do_PUT = do_DELETE = do_HEAD = do_GET

        def obey(self) -> None:
            state.requests.append(self.command)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            mood, _, detail = (state.moods.pop(0) if state.moods else "").partition(" ")
            if mood == "slow":
                time.sleep(float(detail))
            if mood == "lost":
                state.files[self.path] = body
                self.connection.close()
            elif mood == "cut":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of")
                self.connection.close()
            elif mood.isdigit():
                name, _, value = detail.partition("=")
                self.answer(int(mood), b"", {name: value} if name else {})
            else:
                self.serve(body)

        def serve(self, body: bytes) -> None:
            there = state.files.get(self.path)
            condition = self.headers.get("If-None-Match"), self.headers.get("If-Match")
            if self.command == "PUT":
                if (condition[0] and there is not None) or (condition[1] and there is None):
                    self.answer(412, b"", {})
                    return
                state.files[self.path] = body
                self.answer(201, b"", {})
            elif there is None:
                self.answer(404, b"", {})
            else:
                self.answer(200, b"" if self.command == "HEAD" else there, {"ETag": '"e"'})

        def answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Moody)
    httpd.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{httpd.server_address[1]}/"
    yield state
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def place(server: Server) -> Iterator[WebServer]:
    with make_client(timeout=0.5) as client:
        yield WebServer(server.url, client)


@pytest.fixture
def impatient() -> Iterator[None]:
    """Tries as often as ever, without a pause."""
    with stamina.set_testing(True, attempts=5):
        yield


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "mood", ["503", "429", "500", "502", "504", "408", "425", "423", "cut", "slow 1"]
)
def test_what_is_of_the_moment_is_tried_again(server: Server, place: WebServer, mood: str) -> None:
    server.files["/atom.xml"] = b"<feed/>"
    server.moods = [mood, mood]
    stored = place.read("atom.xml")
    assert stored is not None and stored.content == b"<feed/>"
    assert len(server.requests) == 3


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("mood", ["503", "cut", "slow 0.6"])
def test_patience_has_an_end_and_says_that_later_may_help(
    server: Server, place: WebServer, mood: str
) -> None:
    server.moods = [mood] * 9
    with pytest.raises(UnreachableError, match="later"):
        place.read("atom.xml")
    assert len(server.requests) == 5


@pytest.mark.parametrize("when", ["1", "date"])
def test_the_server_says_when_to_come_again(server: Server, place: WebServer, when: str) -> None:
    moment = formatdate(time.time() + 2, usegmt=True) if when == "date" else when
    server.moods = [f"503 Retry-After={moment}"]
    before = time.monotonic()
    place.write(FEED, ANYHOW)
    assert time.monotonic() - before > 0.9
    assert server.files["/atom.xml"] == FEED.content


@pytest.mark.usefixtures("impatient")
def test_a_conditional_write_whose_answer_was_lost_is_known_again(
    server: Server, place: WebServer
) -> None:
    server.moods = ["lost"]
    place.write(FEED, ABSENT)
    assert server.requests == ["PUT", "PUT", "GET"]


@pytest.mark.usefixtures("impatient")
def test_a_conditional_write_that_another_has_won_is_a_conflict(
    server: Server, place: WebServer
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
        ("401", "The user or the password is wrong"),
        ("403", "forbids it"),
        ("404", "There is no such folder"),
        ("405", "takes no uploads"),
        ("409", "folder above it is missing"),
        ("413", "too large"),
        ("507", "no room left"),
        ("301 Location=https://elsewhere.example/", "points to https://elsewhere.example/"),
        ("302", "points to nowhere"),
        ("418", "says 418"),
    ],
)
def test_what_will_not_change_by_waiting_is_said_at_once(
    server: Server, place: WebServer, mood: str, words: str
) -> None:
    server.moods = [mood]
    with pytest.raises(TargetError, match=words):
        place.write(FEED, ANYHOW)
    assert server.requests == ["PUT"], "a redirect of a write is not followed"


@pytest.mark.real
def test_a_store_refuses_what_was_signed_long_ago(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime, timedelta

    class Yesterday(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            assert tz is UTC
            return datetime.now(UTC) - timedelta(hours=2)

    with seaweedfs(tmp_path) as server:
        destination = connect(server.target, Credentials(server.environ))
        monkeypatch.setattr("feedpub.destinations.s3.datetime", Yesterday)
        with pytest.raises(TargetError, match="The clock of this machine is wrong"):
            destination.write(FEED, ANYHOW)
        destination.close()


@contextlib.contextmanager
def tiny_disk(folder: Path) -> Iterator[None]:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.real
@pytest.mark.usefixtures("impatient")
def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path) -> None:
    with nginx_dav(tmp_path) as server, tiny_disk(server.root):
        server.root.chmod(0o777)
        destination = connect(server.target, Credentials(server.environ))
        destination.write(FEED, ANYHOW)
        with pytest.raises(TargetError, match=r"50\d"):
            destination.write(Upload.of("atom.xml", os.urandom(200_000)), ANYHOW)
        stored = destination.read("atom.xml")
        assert stored is not None and stored.content == FEED.content
        destination.close()
