"""newsboat, subscribed to the feeds over HTTP, sees every article as new once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ..workshop import Workshop

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not shutil.which("newsboat") and os.environ.get("CI") != "true",
        reason="newsboat is not installed: apt-get install newsboat",
    ),
]

FERRY = """---
title: "Ferries & <Bridges>"
published: 2026-05-01T10:00:00Z
author: Grace Example
link: https://news.example/ferries
---
The ferry **sails** again.

It sails at night.
"""
TOWER = """The tower leans

0 1,200

The tower leans a little more than it did last year.

- Advertisement -

Nobody minds.
"""


class Silent(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


class Newsboat:
    """One subscriber, with a database of its own."""

    def __init__(self, home: Path, url: str) -> None:
        home.mkdir()
        self.home = home
        (home / "urls").write_text(url + "\n")
        (home / "config").write_text("auto-reload no\nreload-threads 1\n")

    def reload(self) -> None:
        """Fetches the feed; the exit code says nothing, so the log must."""
        subprocess.run(
            ["newsboat", "-u", "urls", "-c", "cache.db", "-C", "config", "-d", "log", "-l", "4",
             "-x", "reload"],
            cwd=self.home,
            env={**os.environ, "HOME": str(self.home)},
            check=True,
            timeout=60,
            capture_output=True,
        )  # fmt: skip
        assert "USERERROR" not in (self.home / "log").read_text()

    def rows(self) -> list[dict[str, Any]]:
        """What it has, oldest first."""
        with sqlite3.connect(self.home / "cache.db") as database:
            database.row_factory = sqlite3.Row
            found = database.execute("select * from rss_item order by pubDate").fetchall()
        database.close()
        return [dict(row) for row in found]

    def read_all(self) -> None:
        """Marks everything as read."""
        with sqlite3.connect(self.home / "cache.db") as database:
            database.execute("update rss_item set unread = 0")
        database.close()


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    workshop = Workshop(tmp_path / "folder").start(ferry_md=FERRY, tower_txt=TOWER)
    workshop.build()
    return workshop


@pytest.fixture
def address(workshop: Workshop) -> Iterator[str]:
    handler = partial(Silent, directory=str(workshop.root / "feeds"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["atom.xml", "rss.xml"])
def newsboat(request: pytest.FixtureRequest, tmp_path: Path, address: str) -> Newsboat:
    return Newsboat(tmp_path / "home", f"{address}/{request.param}")


def test_titles_dates_authors_and_content_are_right(newsboat: Newsboat) -> None:
    newsboat.reload()
    ferry, tower = newsboat.rows()
    assert ferry["title"] == "Ferries & <Bridges>"
    assert ferry["author"] == "Grace Example"
    assert ferry["url"] == "https://news.example/ferries"
    assert ferry["pubDate"] == 1777629600
    assert "<strong>sails</strong>" in ferry["content"]
    assert tower["title"] == "The tower leans"
    assert tower["author"] == "Ada Example"
    assert tower["pubDate"] == 1781517600
    assert "Nobody minds." in tower["content"]
    assert "Advertisement" not in tower["content"]
    assert "1,200" not in tower["content"]


def test_an_edit_and_a_rename_make_no_new_row(newsboat: Newsboat, workshop: Workshop) -> None:
    newsboat.reload()
    before = newsboat.rows()
    newsboat.read_all()
    workshop.later(days=1)
    workshop.article("ferry.md", FERRY.replace("at night", "at noon"))
    articles = workshop.root / "articles"
    (articles / "tower.txt").rename(articles / "2026-leaning.txt")
    workshop.build()
    newsboat.reload()
    after = newsboat.rows()
    assert [row["guid"] for row in after] == [row["guid"] for row in before]
    assert [row["pubDate"] for row in after] == [row["pubDate"] for row in before]
    assert [row["unread"] for row in after] == [0, 0]
    assert "at noon" in after[0]["content"]


def test_a_new_article_is_the_one_new_row(newsboat: Newsboat, workshop: Workshop) -> None:
    newsboat.reload()
    newsboat.read_all()
    workshop.later(days=1)
    workshop.article("third.md", "# A third\n\nWith a text of its own.\n")
    workshop.build()
    newsboat.reload()
    assert [row["title"] for row in newsboat.rows() if row["unread"]] == ["A third"]
