"""What a web server should be told, and that the real ones take it and serve feeds well by it."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
import pytest

from feedpub.config import read_settings
from feedpub.errors import ConfigError
from feedpub.hosts.server_config import SERVERS, snippet
from feedpub.hosts.server_config.served import cache_rules, media_types
from feedpub.hosts.serving import cache_control, media_type
from feedpub.hosts.verify import Verdict, Weight, live_feeds, verify_all
from feedpub.http.client import make_client
from feedpub.settings import Settings

from ..servers import apache_dav, free_ports, nginx_dav
from ..servers.running import PASSWORD, USER
from ..servers.static import (
    Start,
    apache_as_it_comes,
    apache_told,
    caddy_told,
    nginx_as_it_comes,
    nginx_parts,
    nginx_told,
    nginx_without_types,
)
from ..workshop import CONFIG, Workshop

MORE = '[push]\nhubs = ["https://hub.example/?a=%20b"]\n[[feed]]\nname = "sea"\n'
COMPRESSED = '[push]\ntarget = "file:///srv/x"\ncompress = ["gzip", "brotli"]\n'
ELSEWHERE = '[push]\ntarget = "https://dav.example/feeds/"\n'
HERE = '[push]\ntarget = "webdav+https://example.org/feeds/"\n'
FOLDERS = ("feeds/", "", "~ada/my%20feeds+more/v1.0/")


def config(more: str = MORE, url: str = "https://example.org/feeds/") -> str:
    return CONFIG.replace("https://example.org/feeds/", url) + more


def settings(more: str = MORE, url: str = "https://example.org/feeds/") -> Settings:
    return read_settings(config(more, url), Path("/somewhere/config.toml"))


@pytest.mark.parametrize("server", SERVERS)
def test_every_server_is_told_of_types_caching_and_hubs(server: str) -> None:
    text = snippet(server, settings())
    assert "application/xml" in text
    assert "public, max-age=300" in text and "immutable" in text
    assert 'rel="hub"' in text.replace("\\", "") and 'rel="self"' in text.replace("\\", "")
    assert "/feeds/sea/rss.xml" in text


@pytest.mark.parametrize(
    "path",
    [
        "", "atom.xml", "sea/rss.xml", "index.html", "sea/", "about.html", "old-atom.xml",
        "archive/1.xml", "archive/atom.xml", "sea/archive/", "style.0a1b2c3d4e5f6a7b.css",
        "notes-20190502.html", ".feedpub/manifest.json",
        ".feedpub/objects/ab-0123456789abcdef.json",
    ],
)  # fmt: skip
def test_the_server_lets_cache_what_a_push_would(path: str) -> None:
    (first, *_) = [rule for rule in cache_rules() if re.match(rule.pattern, path)]
    folder = path == "" or path.endswith("/")
    assert first.cache_control == cache_control(f"{path}index.html" if folder else path)


def test_the_server_gives_the_types_that_a_push_would() -> None:
    for ending, kind in media_types().items():
        name = f"feed{ending}"
        assert media_type(name) in (kind, "application/octet-stream", "image/vnd.microsoft.icon")


def test_static_twins_are_named_where_they_are_made() -> None:
    assert "gzip_static on;" in snippet("nginx", settings(COMPRESSED))
    assert "gzip_static" not in snippet("nginx", settings())
    assert "precompressed gzip br" in snippet("caddy", settings(COMPRESSED))


@pytest.mark.parametrize("server", SERVERS)
def test_what_feedpub_remembers_is_hidden_only_where_no_push_goes_through(server: str) -> None:
    hiding = {
        "nginx": "if ($feedpub_hidden) { return 404; }",
        "apache": "Require all denied",
        "caddy": "respond `/feeds/.feedpub/*` 404",
    }[server]
    assert f"\n{hiding}" in re.sub(r"\n +", "\n", snippet(server, settings(ELSEWHERE)))
    for pushed_here in (settings(HERE), settings()):
        assert f"\n{hiding}" not in re.sub(r"\n +", "\n", snippet(server, pushed_here))


def test_another_server_is_not_known() -> None:
    with pytest.raises(ConfigError, match="Known are nginx, apache, caddy"):
        snippet("iis", settings())


class Site:
    """A folder whose feeds are at a port of 127.0.0.1, served by a server that knows of it."""

    def __init__(self, tmp_path: Path, folder: str = "feeds/", more: str = MORE) -> None:
        (self.port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{self.port}/{folder}"
        self.server = tmp_path / "server"
        self.config = config(more, self.url)
        self.workshop = Workshop(tmp_path / "desk").start(
            self.config, a_txt="A title\n\n" + "A text that is long enough. " * 60
        )
        self.workshop.build()
        self.settings = read_settings(self.config, self.workshop.root / "config.toml")

    def copy_to(self, root: Path) -> Path:
        """Publishes by copying; gives the folder that is served."""
        place = root / unquote(urlsplit(self.url).path).strip("/")
        return Path(shutil.copytree(self.workshop.root / "feeds", place, dirs_exist_ok=True))

    def verdicts(self) -> list[Verdict]:
        """What a stranger finds."""
        with make_client() as client:
            return list(verify_all(client, live_feeds(self.settings)))


def found(weight: Weight, verdict: Verdict) -> list[str]:
    return [each.what for each in verdict.findings if each.weight is weight]


@pytest.mark.real
@pytest.mark.parametrize("start", [nginx_told, apache_told, caddy_told])
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_real_server_that_was_told_serves_every_feed_without_fault(
    start: Start, folder: str, tmp_path: Path
) -> None:
    site = Site(tmp_path, folder)
    with start(site.server, site.port, site.settings) as root:
        served = site.copy_to(root)
        (served / "archive").mkdir()
        for path in ("archive/1.xml", "about.html", "feed.json"):
            (served / path).write_text("{}", encoding="utf-8")
        verdicts = site.verdicts()
        for path in ("archive/1.xml", "about.html", "atom.xml", "sea/rss.xml", "feed.json"):
            headers = httpx.get(site.url + path).headers
            assert headers.get_list("cache-control") == [cache_control(path)], path
            assert headers["content-type"] == media_type(path)
    names = [verdict.url.removeprefix(site.url) for verdict in verdicts]
    assert names == ["atom.xml", "rss.xml", "sea/atom.xml", "sea/rss.xml"]
    for verdict in verdicts:
        assert found(Weight.ERROR, verdict) == []
        assert found(Weight.NOTE, verdict) == []


@pytest.mark.real
@pytest.mark.parametrize("start", [nginx_as_it_comes, apache_as_it_comes])
def test_a_server_that_was_told_nothing_gets_remarks(start: Start, tmp_path: Path) -> None:
    site = Site(tmp_path)
    with start(site.server, site.port, site.settings) as root:
        site.copy_to(root)
        verdicts = site.verdicts()
    for verdict in verdicts:
        assert found(Weight.ERROR, verdict) == []
        remarks = found(Weight.NOTE, verdict)
        assert "has no Cache-Control" in remarks
        assert "is not compressed" in remarks
        assert any("Link header" in remark for remark in remarks)
        assert any("text/xml" in remark for remark in remarks) is (start is nginx_as_it_comes)


@pytest.mark.real
def test_a_server_that_knows_no_types_has_it_wrong(tmp_path: Path) -> None:
    site = Site(tmp_path)
    with nginx_without_types(site.server, site.port, site.settings) as root:
        site.copy_to(root)
        (verdict, *_) = site.verdicts()
    (what,) = found(Weight.ERROR, verdict)
    assert what == "is served as text/plain, not as application/xml"


@pytest.mark.real
def test_nginx_sends_the_twin_that_was_pushed(tmp_path: Path) -> None:
    site = Site(tmp_path, more=COMPRESSED)
    with nginx_told(site.server, site.port, site.settings) as root:
        feeds = site.copy_to(root)
        twin = gzip.compress((feeds / "atom.xml").read_bytes(), 1, mtime=0) + b"\0" * 7
        (feeds / "atom.xml.gz").write_bytes(twin)
        with httpx.stream("GET", f"{site.url}atom.xml", headers={"Accept-Encoding": "gzip"}) as it:
            assert b"".join(it.iter_raw()) == twin
            assert it.headers["content-type"] == "application/xml; charset=utf-8"


@pytest.mark.real
@pytest.mark.parametrize("start", [nginx_told, apache_told, caddy_told])
def test_what_feedpub_remembers_can_be_kept_from_everybody(start: Start, tmp_path: Path) -> None:
    site = Site(tmp_path, more=ELSEWHERE)
    with start(site.server, site.port, site.settings) as root:
        feeds = site.copy_to(root)
        (feeds / ".feedpub").mkdir()
        (feeds / ".feedpub" / "manifest.json").write_text("{}", encoding="utf-8")
        assert httpx.get(f"{site.url}.feedpub/manifest.json").status_code in (403, 404)
        assert httpx.get(f"{site.url}atom.xml").status_code == 200


@pytest.mark.real
@pytest.mark.parametrize("name", ["nginx", "apache"])
def test_what_feedpub_remembers_can_be_kept_from_strangers_while_it_pushes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (port,) = free_ports(1)
    url = f"http://127.0.0.1:{port}/feeds/"
    site = Site(tmp_path, more="")
    told = config(f'[push]\ntarget = "webdav+{url}"\n', url)
    text = snippet(name, read_settings(told, tmp_path / "config.toml"))
    users = str(site.server / "users")
    text = text.replace("/etc/nginx/feedpub.users", users)
    # As its comment says: what is only offered is taken.
    text = re.sub(r"^# (auth_basic|<Location|    Require|</Location)", r"\1", text, flags=re.M)
    if name == "nginx":
        in_http, in_server = nginx_parts(text)
        start = nginx_dav(site.server, in_http=in_http, in_server=in_server, port=port)
    else:
        start = apache_dav(site.server, more=f"Listen 127.0.0.1:{port}\n{text}")
    site.workshop.config(told)
    with start as server:
        for variable, value in server.environ.items():
            monkeypatch.setenv(variable, value)
        for _ in range(2):
            said = site.workshop.run("publish")
            assert (said.code, said.stderr) == (0, "")
        manifest = f"{url}.feedpub/manifest.json"
        assert httpx.get(manifest).status_code == 401
        assert httpx.get(manifest, auth=(USER, PASSWORD)).status_code == 200
        assert httpx.get(f"{url}atom.xml").status_code == 200
