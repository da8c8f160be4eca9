"""A web server whose pages the test puts there."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Host:
    """Serves `pages` by path, and keeps the User-Agent of each request in `agents`."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.agents: list[str] = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                host.agents.append(self.headers.get("User-Agent", ""))
                page = host.pages.get(self.path)
                self.send_response(404 if page is None else 200)
                self.send_header("Content-Type", "application/xml")
                self.end_headers()
                self.wfile.write(page or b"")

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
