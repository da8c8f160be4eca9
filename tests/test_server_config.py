"""What a web server should be told, and that the real ones take it and serve feeds well by it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedpub.config import read_settings
from feedpub.destinations.client import make_client
from feedpub.errors import ConfigError
from feedpub.model import Settings
from feedpub.server_config import IN_HTTP, IN_SERVER, SERVERS, snippet
from feedpub.verify import Verdict, Weight, verify_all

from .servers import Server, apache_dav, nginx_dav
from .workshop import CONFIG, Workshop

MORE = '[push]\nhubs = ["https://hub.example/"]\n[[feed]]\nname = "sea"\n'
TWINS = (
    '[push]\ntarget = "file:///srv/x"\ncompress = ["gzip", "brotli"]\n'
    'hubs = ["https://hub.example/", "https://second.example/"]\n'
)


def settings(more: str = MORE, url: str = "https://example.org/feeds/") -> Settings:
    text = CONFIG.replace("https://example.org/feeds/", url) + more
    return read_settings(text, Path("/somewhere/config.toml"))


@pytest.mark.parametrize("server", SERVERS)
def test_every_server_is_told_of_types_caching_and_hubs(server: str) -> None:
    text = snippet(server, settings())
    assert "application/xml" in text
    assert "public, max-age=300" in text and "immutable" in text
    assert 'rel="hub"' in text.replace("\\", "") and 'rel="self"' in text.replace("\\", "")
    assert "/feeds/sea/rss.xml" in text


def test_static_twins_are_named_where_they_are_made() -> None:
    assert "gzip_static on;" in snippet("nginx", settings(TWINS))
    assert "gzip_static" not in snippet("nginx", settings())
    assert "precompressed gzip br" in snippet("caddy", settings(TWINS))


def test_another_server_is_not_known() -> None:
    with pytest.raises(ConfigError, match="Known are nginx, apache, caddy"):
        snippet("iis", settings())


def nginx_parts(text: str) -> tuple[str, str]:
    in_http, _, in_server = text.removeprefix(IN_HTTP).partition(IN_SERVER)
    return in_http, in_server


def told_nginx(folder: Path, told: Settings) -> Iterator[Server]:
    in_http, in_server = nginx_parts(snippet("nginx", told))
    with nginx_dav(folder, in_http=in_http, in_server=in_server) as server:
        yield server


def told_apache(folder: Path, told: Settings) -> Iterator[Server]:
    with apache_dav(folder, more=snippet("apache", told)) as server:
        yield server


def looked_at(server: Server, workshop: Workshop) -> dict[str, Verdict]:
    """Publishes to `server` by copying, with its own address as that of the site."""
    config = CONFIG.replace("https://example.org/feeds/", server.public) + MORE
    workshop.start(config, a_txt="A title\n\n" + "A text that is long enough. " * 60)
    workshop.build()
    shutil.copytree(workshop.root / "feeds", server.root / "feeds")
    with make_client() as client:
        verdicts = list(verify_all(client, read_settings(config, workshop.root / "config.toml")))
    return {verdict.url.removeprefix(server.public): verdict for verdict in verdicts}


def wrong(verdict: Verdict) -> list[str]:
    return [each.what for each in verdict.findings if each.weight is Weight.WRONG]


def remarks(verdict: Verdict) -> list[str]:
    return [each.what for each in verdict.findings if each.weight is Weight.REMARK]


@pytest.mark.real
@pytest.mark.parametrize("told", [told_nginx, told_apache])
def test_a_real_server_that_was_told_serves_every_feed_without_fault(
    told: object, tmp_path: Path
) -> None:
    site = settings(url="http://127.0.0.1/feeds/")
    for server in told(tmp_path / "server", site):  # type: ignore[operator]
        # The Link headers carry the address of the config: no port is known when it is printed.
        verdicts = looked_at(server, Workshop(tmp_path / "desk"))
    assert sorted(verdicts) == ["atom.xml", "rss.xml", "sea/atom.xml", "sea/rss.xml"]
    for verdict in verdicts.values():
        assert (wrong(verdict), remarks(verdict)) == ([], [])


@pytest.mark.real
@pytest.mark.parametrize("make", [nginx_dav, apache_dav])
def test_a_server_that_was_told_nothing_gets_remarks(make: object, tmp_path: Path) -> None:
    with make(tmp_path / "server") as server:  # type: ignore[operator]
        verdicts = looked_at(server, Workshop(tmp_path / "desk"))
    for verdict in verdicts.values():
        assert wrong(verdict) == []
        assert "has no Cache-Control" in remarks(verdict)
        assert "is not compressed" in remarks(verdict)
        assert any("Link header" in remark for remark in remarks(verdict))
