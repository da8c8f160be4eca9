"""A web server whose answers may be streamed, slow, packed, or without an end."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What comes back; the body is sent piece by piece."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})
    body: Iterable[bytes] = ()


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request: what for, and when it began and ended."""

    path: str
    began: float
    ended: float


@dataclass
class Site:
    """A server at `url`; the number of bytes that it has got rid of is `sent`."""

    url: str
    pages: dict[str, Callable[[], Reply]]
    visits: list[Visit] = field(default_factory=list)
    sent: int = 0


def html(text: str, **headers: str) -> Callable[[], Reply]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda: Reply(headers={"Content-Type": "text/html", **named}, body=[text.encode()])


def redirect(target: str, status: int = 302) -> Callable[[], Reply]:
    return lambda: Reply(status=status, headers={"Location": target})


@contextlib.contextmanager
def site(pages: dict[str, Callable[[], Reply]], *, address: str = "127.0.0.1") -> Iterator[Site]:
    """Runs until the block is over; what is not in `pages` is not found."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            began = time.monotonic()
            reply = pages.get(self.path, lambda: Reply(status=404))()
            # Who has had enough is gone.
            with contextlib.suppress(OSError):
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in reply.body:
                    self.wfile.write(piece)
                    state.sent += len(piece)
            state.visits.append(Visit(path=self.path, began=began, ended=time.monotonic()))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((address, 0), Handler)
    server.daemon_threads = True
    state = Site(url=f"http://{address}:{server.server_address[1]}", pages=pages)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
