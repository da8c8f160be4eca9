"""Pages of a list are fetched several at once, each host one at a time, and none twice."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedpub.add.polite import get_politely
from feedpub.errors import Diagnostic, PageError

from ..workshop import Workshop
from .pages import json_ld, page
from .site import Reply, Site, html, redirect, site

HOSTS = 4
EACH = 3


def addresses() -> list[str]:
    return [f"https://h{n}.example/{m}" for n in range(HOSTS) for m in range(EACH)]


def test_hosts_are_asked_at_once_and_each_only_once_at_a_time() -> None:
    lock = threading.Lock()
    running: list[str] = []
    most = 0

    def get(url: str) -> str:
        nonlocal most
        name = url.split("/")[2]
        with lock:
            assert name not in running
            running.append(name)
            most = max(most, len(running))
        time.sleep(0.05)
        with lock:
            running.remove(name)
        return url

    got = list(get_politely(addresses(), get, pause=0.01))
    assert sorted(url for url, _ in got) == sorted(addresses())
    assert most > 1


def test_there_is_a_pause_between_two_requests_to_a_host() -> None:
    times: list[float] = []
    urls = [f"https://h.example/{n}" for n in range(3)]
    list(get_politely(urls, lambda _: times.append(time.monotonic()), pause=0.1))
    assert all(later - earlier >= 0.1 for earlier, later in itertools.pairwise(times))


def test_what_can_not_be_had_is_given_with_its_reason() -> None:
    def get(url: str) -> str:
        raise PageError(Diagnostic(code="address-refused", place=url, problem="is gone"))

    ((url, error),) = get_politely(["https://h.example/"], get)
    assert isinstance(error, PageError) and url == "https://h.example/"


def test_an_error_of_the_program_is_not_swallowed() -> None:
    def get(_: str) -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(get_politely(["https://h.example/"], get))


def test_whoever_stops_early_has_nobody_asked_any_more() -> None:
    asked: list[str] = []
    results = get_politely([f"https://h.example/{n}" for n in range(9)], asked.append, pause=0.05)
    next(results)
    results.close()  # type: ignore[attr-defined]
    count = len(asked)
    time.sleep(0.2)
    assert len(asked) == count < 9


@pytest.fixture
def news() -> Iterator[Site]:
    titles = ("lamp", "ferry", "gull")
    pages = {f"/{each}": html(page(json_ld(headline=each), title=each)) for each in titles}
    with site({**pages, "/gone": lambda: Reply(status=404)}) as running:
        yield running


def bookmarks(workshop: Workshop, news: Site, *names: str) -> str:
    rows = "".join(f"Title of {n},{news.url}/{n},1714633200,tag,unread\n" for n in names)
    text = f"title,url,time_added,tags,status\n{rows}"
    (workshop.root / "list.csv").write_text(text, encoding="utf-8")
    return "list.csv"


def test_a_list_is_taken_in_with_its_pages(tmp_path: Path, news: Site) -> None:
    workshop = Workshop(tmp_path).start()
    name = bookmarks(workshop, news, "lamp", "ferry", "gone")
    said = workshop.run("add", name, "--fetch", "--allow-private")
    assert said.code == 1
    assert f"left out: {news.url}/gone: answers 404 Not Found" in said.stderr
    assert said.stdout.splitlines()[-1] == "3 links: 2 added, 1 left out"
    text = (tmp_path / "articles" / "2026-03-04-lamp.md").read_text()
    assert 'title: "lamp"\npublished: 2026-03-04T09:30:00Z\n' in text
    assert 'tags: ["tag"]\n' in text and "harbour" in text


def test_a_second_run_takes_up_where_the_first_has_ended(tmp_path: Path, news: Site) -> None:
    workshop = Workshop(tmp_path).start()
    workshop.run("add", bookmarks(workshop, news, "lamp"), "--fetch", "--allow-private")
    before = len(news.visits)
    name = bookmarks(workshop, news, "lamp", "ferry", "gull")
    said = workshop.run("add", name, "--fetch", "--allow-private")
    assert said.stdout.splitlines()[-1] == "3 links: 2 added, 1 there already"
    assert sorted(visit.path for visit in news.visits[before:]) == ["/ferry", "/gull"]


def test_two_links_that_lead_to_one_page_are_one_article(tmp_path: Path, news: Site) -> None:
    workshop = Workshop(tmp_path).start()
    news.pages["/short"] = redirect("/lamp")
    name = bookmarks(workshop, news, "lamp", "short")
    said = workshop.run("add", name, "--fetch", "--allow-private")
    assert said.stdout.splitlines()[-1] == "2 links: 1 added, 1 there already"


def test_the_address_of_a_feed_gives_the_links_in_it(tmp_path: Path, news: Site) -> None:
    workshop = Workshop(tmp_path).start()
    item = f"<item><title>A lamp</title><link>{news.url}/lamp</link></item>"
    feed = f'<rss version="2.0"><channel><title>Starred</title>{item}</channel></rss>'
    news.pages["/feed"] = html(feed, Content_Type="application/rss+xml")
    said = workshop.run("add", f"{news.url}/feed", "--allow-private")
    assert said.code == 0, said.stderr
    assert [file.name for file in (tmp_path / "articles").iterdir()] == ["2026-06-15-a-lamp.md"]
