"""Pages behind nginx, packed and redirected as it does it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ..servers import nginx_dav
from ..workshop import Workshop
from .pages import LOGIN, MARKDOWN, json_ld, page

pytestmark = pytest.mark.real

IN_HTTP = "gzip on; gzip_min_length 1; charset utf-8;"
IN_SERVER = """
    location /old/ { return 301 /sea/tide.html; }
    location /loop/ { return 302 /loop/$msec; }
    location /members/ { return 403; }
"""


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("nginx")
    with nginx_dav(folder, in_http=IN_HTTP, in_server=IN_SERVER) as server:
        sea = server.root / "sea"
        sea.mkdir()
        (sea / "tide.html").write_text(page(json_ld()), encoding="utf-8")
        (sea / "login.html").write_text(LOGIN, encoding="utf-8")
        (sea / "chart.pdf").write_bytes(b"%PDF-1.7\n")
        (sea / "large.html").write_bytes(b"<p>" * 5_000_000)
        yield server.public.removesuffix("feeds/")


@pytest.mark.parametrize("path", ["sea/tide.html", "old/tide"])
def test_a_page_becomes_an_article(tmp_path: Path, nginx: str, path: str) -> None:
    workshop = Workshop(tmp_path).start()
    said = workshop.run("add", nginx + path, "--allow-private")
    assert said.code == 0, said.stderr
    (file,) = (tmp_path / "articles").iterdir()
    text = file.read_text(encoding="utf-8")
    assert f'link: "{nginx}sea/tide.html"\n' in text
    assert text.endswith(MARKDOWN.replace("https://news.example/", nginx))


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("sea/login.html", "asks for a login"),
        ("sea/chart.pdf", "is a PDF document"),
        ("sea/large.html", "is larger than 10 MB"),
        ("sea/none.html", "answers 404 Not Found"),
        ("loop/1", "redirects more than 5 times"),
        ("members/1", "answers 403 Forbidden"),
    ],
)
def test_what_is_no_article_is_said(tmp_path: Path, nginx: str, path: str, sentence: str) -> None:
    workshop = Workshop(tmp_path).start()
    said = workshop.run("add", nginx + path, "--allow-private")
    assert (said.code, sentence in said.stderr) == (2, True)
