"""From an article to a subscriber: publish, ping, the hub fetches, the subscriber has the bytes."""

from __future__ import annotations

import hashlib
import hmac
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from feedpub.config import read_settings
from feedpub.hosts.server_config import IN_HTTP, IN_SERVER, snippet

from ..servers import free_ports, nginx_dav, running
from ..workshop import CONFIG, Workshop

pytestmark = pytest.mark.real

SECRET = "between hub and subscriber"


@dataclass
class Subscriber:
    """Somebody who waits for news at `callback`; `got` is bodies with their signatures."""

    callback: str = ""
    got: list[tuple[bytes, str]] = field(default_factory=list)

    def wait(self, number: int) -> list[tuple[bytes, str]]:
        deadline = time.monotonic() + 10
        while len(self.got) < number and time.monotonic() < deadline:
            time.sleep(0.05)
        return self.got


@contextmanager
def subscriber() -> Iterator[Subscriber]:
    state = Subscriber()

    class Callback(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            challenge = parse_qs(urlsplit(self.path).query)["hub.challenge"][0].encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(challenge)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.got.append((body, self.headers["X-Hub-Signature"]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Callback)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    state.callback = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def hub(folder: Path) -> Iterator[str]:
    (port,) = free_ports(1)
    url = f"http://127.0.0.1:{port}/hub"
    command = [sys.executable, "-m", "tests.servers.hub", str(port), str(folder / "hub.db")]
    with running(command, folder / "hub.log", url):
        yield url


def test_a_subscriber_gets_what_was_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (port,) = free_ports(1)
    home = f"http://127.0.0.1:{port}/feeds/"
    with hub(tmp_path) as hub_url, subscriber() as reader:
        config = CONFIG.replace("https://example.org/feeds/", home)
        config += f'[push]\ntarget = "webdav+{home}"\nhubs = ["{hub_url}"]\n'
        told = snippet("nginx", read_settings(config, tmp_path / "config.toml"))
        in_http, _, in_server = told.removeprefix(IN_HTTP).partition(IN_SERVER)
        with nginx_dav(
            tmp_path / "nginx", in_http=in_http, in_server=in_server, port=port
        ) as server:
            for name, value in server.environ.items():
                monkeypatch.setenv(name, value)
            workshop = Workshop(tmp_path / "desk").start(config, a_txt="One\n\nThe first text.\n")
            said = workshop.run("publish")
            assert (said.code, said.stderr) == (0, "")
            topic = f"{home}atom.xml"
            form = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": reader.callback}
            reply = httpx.post(hub_url, data=form | {"hub.secret": SECRET})
            assert reply.status_code == 202, reply.text
            workshop.article("b.txt", "Two\n\nThe second text.\n")
            workshop.later(days=1)
            said = workshop.run("publish")
            assert (said.code, said.stderr) == (0, "")
            (body, signature), *_ = reader.wait(1)
    assert body == workshop.feed()
    assert b"The second text." in body
    method, _, seal = signature.partition("=")
    expected = hmac.new(SECRET.encode(), body, getattr(hashlib, method)).hexdigest()
    assert hmac.compare_digest(seal, expected)
