"""`feedpub add ADDRESS`: each page of a site gives the right article or the right sentence."""

from __future__ import annotations

import contextlib
import gzip
import ipaddress
import itertools
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feedpub.add.connections import any_address, is_public
from feedpub.add.fetch import MAX_PAGE_BYTES, PageFetcher
from feedpub.errors import PageError, UnreachableError
from feedpub.http.client import make_client

from ..servers.scripted import Answer, Asked, host
from ..workshop import Said, Workshop
from .pages import LOGIN, MARKDOWN, OPEN_GRAPH, SPA_SHELL, json_ld, page
from .site import Reply, Site, html, redirect, site

MEGABYTE = b"x" * 1_000_000
BOMB = gzip.compress(b"\0" * 100_000_000)
CYRILLIC = page().replace("The tide", "Прилив").replace("utf-8", "windows-1251").encode("cp1251")
DATED = '<time datetime="2026-03-04T10:30:00+01:00">4 March</time>'


def packed() -> Reply:
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    return Reply(headers=headers, body=[gzip.compress(page(json_ld()).encode())])


def drip() -> Reply:
    def body() -> Iterator[bytes]:
        for _ in range(600):
            yield b"<p>"
            time.sleep(0.05)

    return Reply(body=body())


def pages() -> dict[str, Callable[[], Reply]]:
    bomb = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    return {
        "/json-ld": html(page(json_ld())),
        "/open-graph": html(page(OPEN_GRAPH)),
        "/neither": html(page(above=f"<p>By Ada Example</p>{DATED}")),
        "/canonical": html(page(json_ld() + '<link rel="canonical" href="/json-ld">')),
        "/paywall": html(page(json_ld(isAccessibleForFree=False))),
        "/shell": html(SPA_SHELL),
        "/login": html(LOGIN),
        "/wrong-charset": lambda: Reply(
            headers={"Content-Type": "text/html; charset=iso-8859-1"},
            body=[page(title="Прилив").encode()],
        ),
        "/old-charset": lambda: Reply(
            headers={"Content-Type": "text/html; charset=windows-1251"}, body=[CYRILLIC]
        ),
        "/gone": lambda: Reply(status=410),
        "/forbidden": lambda: Reply(status=403),
        "/busy": lambda: Reply(status=503),
        "/large": lambda: Reply(body=itertools.repeat(MEGABYTE, 100)),
        "/bomb": lambda: Reply(headers=bomb, body=[BOMB]),
        "/packed": packed,
        "/no-gzip": lambda: Reply(headers=bomb, body=[b"plain"]),
        "/loop": redirect("/loop-2"),
        "/loop-2": redirect("/loop"),
        "/moved": redirect("/json-ld", 301),
        "/to-file": redirect("file:///etc/passwd"),
        "/document.pdf": lambda: Reply(
            headers={"Content-Type": "application/pdf"}, body=[b"%PDF-1.7"]
        ),
        "/picture": lambda: Reply(headers={"Content-Type": "image/png"}, body=[b"\x89PNG"]),
        "/noarchive": html(page(OPEN_GRAPH), X_Robots_Tag="googlebot: noarchive, nofollow"),
        "/reserved": html(page(OPEN_GRAPH), TDM_Reservation="1"),
        "/drip": drip,
    }


@pytest.fixture(scope="module")
def news() -> Iterator[Site]:
    with site(pages()) as running:
        yield running


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path).start()


def add(workshop: Workshop, *arguments: str) -> Said:
    return workshop.run("add", *arguments, "--allow-private")


def only_article(workshop: Workshop) -> str:
    (file,) = (workshop.root / "articles").iterdir()
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["json-ld", "open-graph", "neither", "packed", "moved"])
def test_a_page_becomes_an_article(workshop: Workshop, news: Site, name: str) -> None:
    said = add(workshop, f"{news.url}/{name}")
    assert said.code == 0, said.stderr
    text = only_article(workshop)
    assert "published: 2026-03-04T09:30:00Z\n" in text
    assert f'link: "{news.url}/{"json-ld" if name == "moved" else name}"\n' in text
    assert 'authors: ["Ada Example"]\n' in text
    assert text.endswith("---\n" + MARKDOWN.replace("https://news.example", news.url))
    assert "1 article published" in workshop.build().stdout


@pytest.mark.parametrize("name", ["wrong-charset", "old-charset"])
def test_the_encoding_is_found_whatever_the_server_says(
    workshop: Workshop, news: Site, name: str
) -> None:
    add(workshop, f"{news.url}/{name}")
    assert 'title: "Прилив"\n' in only_article(workshop)


@pytest.mark.parametrize("name", ["noarchive", "reserved"])
def test_headers_may_reserve_a_text(workshop: Workshop, news: Site, name: str) -> None:
    said = add(workshop, f"{news.url}/{name}")
    assert "only a summary is taken" in said.stderr
    text = only_article(workshop)
    assert text.endswith("---\n")
    assert 'summary: "Twice a day, and nobody minds."\n' in text


def test_a_page_that_is_not_free_is_noted(workshop: Workshop, news: Site) -> None:
    said = add(workshop, f"{news.url}/paywall")
    assert (said.code, "not all of it is free to read" in said.stderr) == (0, True)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "shell",
            "has no text that can be found without running its scripts. Open it in a browser",
        ),
        ("login", "asks for a login. Open it in a browser, save it as a file, and add that."),
        ("nothing", "answers 404 Not Found. Open it in a browser"),
        ("gone", "answers 410 Gone"),
        ("forbidden", "answers 403 Forbidden. Open it in a browser"),
        ("large", "is larger than 10 MB, too much for a page"),
        ("bomb", "is larger than 10 MB, too much for a page"),
        ("no-gzip", "says that it is gzip, and is not"),
        ("loop", "redirects more than 5 times"),
        ("to-file", "redirects to nowhere"),
        ("document.pdf", "is a PDF document. Add its text"),
        ("picture", "is no web page, but image/png"),
    ],
)
def test_what_is_no_article_is_said_in_a_sentence(
    workshop: Workshop, news: Site, name: str, sentence: str
) -> None:
    said = add(workshop, f"{news.url}/{name}")
    assert (said.code, said.stdout) == (2, "")
    assert said.stderr.startswith(f"{news.url}/{name}: ")
    assert sentence in said.stderr
    assert list((workshop.root / "articles").iterdir()) == []


def test_a_busy_host_and_one_where_nobody_answers_are_for_later(
    workshop: Workshop, news: Site
) -> None:
    said = add(workshop, f"{news.url}/busy")
    assert (said.code, "answers 503 Service Unavailable. Try again later." in said.stderr) == (
        75,
        True,
    )
    with site({}) as gone:
        pass
    said = add(workshop, f"{gone.url}/page")
    assert (said.code, "can't be reached: Connection refused" in said.stderr) == (75, True)


def test_the_same_address_twice_says_so_and_asks_nobody(workshop: Workshop, news: Site) -> None:
    add(workshop, f"{news.url}/json-ld")
    before = len(news.visits)
    said = add(workshop, f"{news.url}/json-ld")
    assert said.stdout.startswith("is there already: articles/2026-03-04-")
    assert len(news.visits) == before
    # Another address of the same page is known by its canonical link.
    assert "is there already" in add(workshop, f"{news.url}/canonical").stdout


def test_an_update_fetches_the_page_again(workshop: Workshop) -> None:
    with site({"/page": html(page(json_ld()))}) as changing:
        add(workshop, f"{changing.url}/page", "--note", "Mine.")
        changing.pages["/page"] = html(page(json_ld()).replace("twice", "thrice"))
        assert add(workshop, f"{changing.url}/page", "--update").stdout.startswith("updated ")
    assert "*thrice*" in only_article(workshop)
    assert 'note: "Mine."' in only_article(workshop)


def test_an_address_may_be_piped_in(workshop: Workshop, news: Site) -> None:
    said = workshop.run("add", "-", "--allow-private", stdin=f" {news.url}/json-ld\n".encode())
    assert said.code == 0
    assert MARKDOWN[-40:] in only_article(workshop)


def test_what_is_too_large_is_never_in_memory(news: Site) -> None:
    before = news.sent
    tracemalloc.start()
    for name in ("large", "bomb"):
        with pytest.raises(PageError, match="too much"):
            fetcher().get(f"{news.url}/{name}")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3 * MAX_PAGE_BYTES
    assert news.sent - before < 100_000_000


@pytest.mark.parametrize("in_head", [False, True])
def test_time_is_limited_however_slowly_a_host_answers(news: Site, in_head: bool) -> None:
    def ask(url: str) -> None:
        started = time.monotonic()
        with pytest.raises(UnreachableError, match=r"takes longer than 0\.5 seconds"):
            fetcher(max_seconds=0.5).get(url)
        assert time.monotonic() - started < 3

    if in_head:
        with slow_head() as url:
            ask(url)
    else:
        ask(f"{news.url}/drip")


def fetcher(**options: float) -> PageFetcher:
    return PageFetcher(make_client, allowed=any_address, **options)


@contextlib.contextmanager
def slow_head() -> Iterator[str]:
    """A server that sends the head of its answer a letter at a time; gives its address."""

    def answer(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                for letter in b"HTTP/1.1 200 OK\r\n" + b"X-Letters: " + b"x" * 1000:
                    connection.send(bytes([letter]))
                    time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=answer, args=(listener,), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


def test_private_networks_are_not_reached_unless_that_is_meant(
    workshop: Workshop, news: Site
) -> None:
    for name in ("127.0.0.1", "localhost"):
        url = f"{news.url.replace('127.0.0.1', name)}/json-ld"
        before = len(news.visits)
        said = workshop.run("add", url)
        assert said.code == 2
        assert "leads into a network of your own" in said.stderr
        assert "say --allow-private" in said.stderr
        assert len(news.visits) == before


def test_a_redirect_may_not_lead_where_an_address_may_not(news: Site) -> None:
    with site({"/": redirect(f"{news.url}/json-ld")}, address="127.0.0.2") as outside:
        before = len(news.visits)
        allowed = PageFetcher(make_client, allowed=lambda ip: str(ip) == "127.0.0.2")
        with pytest.raises(PageError, match="network of your own"):
            allowed.get(f"{outside.url}/")
        assert [visit.path for visit in outside.visits] == ["/"]
        assert len(news.visits) == before


def test_behind_a_proxy_the_name_is_looked_up_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_: Asked) -> Answer:
        return Answer(content=page().encode(), headers={"Content-Type": "text/html"})

    with host(answer) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        strict = PageFetcher(make_client)
        assert strict.get("http://192.0.9.1/page").content == page().encode()
        with pytest.raises(PageError, match="network of your own"):
            strict.get("http://10.1.2.3/page")
        assert [asked.path for asked in proxy.asked] == ["http://192.0.9.1/page"]


@pytest.mark.parametrize(
    "address",
    (
        "127.0.0.1 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 ::1"
        " fe80::1 fd00::1 ::ffff:10.0.0.1 2002:0a00:0001:: :: 64:ff9b::10.0.0.1 ff02::1"
    ).split(),
)
def test_addresses_of_networks_of_ones_own(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:220:1::1", "::ffff:93.184.215.14"])
def test_addresses_on_the_internet(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
