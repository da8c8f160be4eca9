"""A web server that takes files, in moods that no real server can be brought into."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class FaultyServer:
    """What happens to the requests to `url`: each takes the next of `moods`.

    "503 Name=value" is an answer with a header, "slow 2" comes after two seconds, "cut" ends in the
    middle of the answer, "deaf" in the middle of the request, "lost" does what is asked and does
    not answer; "" is a good mood.
    """

    url: str = ""
    moods: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)


@contextlib.contextmanager
def faulty_web() -> Iterator[FaultyServer]:
    """Runs until the block is over."""
    server = FaultyServer()

    class Handler(_Moody):
        state = server

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # Connections that end too early are what it is for.
    httpd.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True).start()
    server.url = f"http://127.0.0.1:{httpd.server_address[1]}/"
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()


class _Moody(BaseHTTPRequestHandler):
    state: FaultyServer

    def do_GET(self) -> None:
        self.state.requests.append(self.command)
        moods = self.state.moods
        mood, _, detail = (moods.pop(0) if moods else "").partition(" ")
        if mood == "deaf":
            self.rfile.read(1)
            self.connection.close()
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if mood == "slow":
            time.sleep(float(detail))
        if mood == "lost":
            self._carry_out(body)
            self.connection.close()
        elif mood == "cut":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf of")
            self.connection.close()
        elif mood.isdigit():
            name, _, value = detail.partition("=")
            self._answer(int(mood), {name: value} if name else {})
        else:
            self._serve(body)

    do_HEAD = do_PUT = do_DELETE = do_MKCOL = do_MOVE = do_GET

    def _serve(self, body: bytes) -> None:
        there = self.state.files.get(self.path)
        if self.command == "MKCOL":
            self._answer(405)
        elif self.command == "PUT":
            if self._forbids(there):
                self._answer(412)
            else:
                self._carry_out(body)
                self._answer(201)
        elif there is None:
            self._answer(404)
        else:
            self._answer(200, {"ETag": '"e"'}, b"" if self.command == "HEAD" else there)

    def _forbids(self, there: bytes | None) -> bool:
        if "If-None-Match" in self.headers:
            return there is not None
        return "If-Match" in self.headers and there is None

    def _carry_out(self, body: bytes) -> None:
        files = self.state.files
        if self.command == "MOVE":
            files[urlsplit(self.headers["Destination"]).path] = files.pop(self.path)
        else:
            files[self.path] = body

    def _answer(
        self, status: int, headers: Mapping[str, str] | None = None, content: bytes = b""
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""
