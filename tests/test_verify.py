"""`feedpub verify` finds what a host does wrong with a feed, and says what to change there."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import stamina

from feedpub.destinations.client import make_client
from feedpub.verify import Finding, Weight, verify

from .workshop import CONFIG, Workshop

HUB = "https://hub.example/"


@dataclass
class Host:
    """How a server answers: what it sends, and how far it forgets its manners."""

    content: bytes = b""
    headers: dict[str, str] = field(
        default_factory=lambda: {
            "Content-Type": "application/xml; charset=utf-8",
            "Cache-Control": "max-age=300",
            "ETag": '"1"',
        }
    )
    status: int = 200
    heeds_conditions: bool = True
    refuses: str = ""
    redirects: int = 0
    head_status: int = 200
    url: str = ""


@pytest.fixture
def host() -> Iterator[Host]:
    state = Host()

    class Answers(BaseHTTPRequestHandler):
        server_version = "nginx/1.22"
        sys_version = ""

        def do_GET(self) -> None:
            if state.redirects:
                state.redirects -= 1
                self.answer(301, b"", {"Location": state.url})
            elif state.refuses and state.refuses in self.headers.get("User-Agent", ""):
                self.answer(403, b"", {})
            elif state.heeds_conditions and self.headers.get("If-None-Match") == '"1"':
                self.answer(304, b"", {})
            else:
                self.answer(state.status, state.content, state.headers)

        def do_HEAD(self) -> None:
            self.answer(state.head_status, b"", state.headers)

        def answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}/atom.xml"
    state.content = (
        f'<feed><link href="{state.url}" rel="self"/><link rel="hub" href="{HUB}"/></feed>'
    ).encode()
    yield state
    server.shutdown()
    server.server_close()


def findings(host: Host, local: bytes | None = None) -> tuple[Finding, ...]:
    with make_client() as client:
        return verify(client, host.url, hubs=(HUB,), local=local).findings


def wrong(host: Host, local: bytes | None = None) -> list[str]:
    return [each.what for each in findings(host, local) if each.weight is Weight.WRONG]


def test_a_host_that_does_it_well_gets_no_more_than_remarks(host: Host) -> None:
    found = findings(host, host.content)
    assert {each.weight for each in found} == {Weight.WELL, Weight.REMARK}
    remarks = [each.what for each in found if each.weight is Weight.REMARK]
    assert remarks == [
        "is not compressed",
        f"names the hub {HUB} in itself, but not in a Link header",
    ]


def forget(name: str) -> Callable[[Host], object]:
    return lambda host: host.headers.pop(name)


def say(name: str, value: str) -> Callable[[Host], object]:
    return lambda host: host.headers.update({name: value})


def put(**changes: object) -> Callable[[Host], object]:
    def spoil(host: Host) -> None:
        for name, value in changes.items():
            setattr(host, name, value)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (put(status=404), "the server says 404 Not Found"),
        (say("Content-Type", "text/plain"), "is served as text/plain, not as application/xml"),
        (say("Content-Type", "text/html"), "is served as text/html"),
        (say("Content-Type", "text/xml; charset=iso-8859-1"), "charset=iso-8859-1"),
        (say("Cache-Control", "max-age=86400"), "may be cached for 1440 minutes"),
        (forget("ETag"), "has neither ETag nor Last-Modified"),
        (put(heeds_conditions=False), "If-None-Match is answered with 200, not with 304"),
        (put(refuses="curl"), "turns readers away that call themselves curl/8.5.0"),
        (put(content=b"<feed/>"), "does not name its own address"),
        (put(content=b'<link rel="self" href="https://a.example/"/>'), "names https://a.example/"),
        (put(content=b"<feed/>"), "does not name the hub"),
    ],
)
def test_what_is_wrong_is_found_and_comes_with_a_remedy(
    host: Host, spoil: Callable[[Host], object], words: str
) -> None:
    spoil(host)
    assert any(words in each for each in wrong(host))


def test_the_remedy_is_in_the_words_of_the_host(host: Host) -> None:
    host.headers["Content-Type"] = "text/plain"
    (finding,) = [each for each in findings(host) if each.weight is Weight.WRONG]
    assert "--print-config nginx" in finding.remedy


def test_other_bytes_than_those_in_the_output_folder_are_found(host: Host) -> None:
    assert wrong(host, b"newer") == ["is not what stands in the output folder"]
    host.content += b"\n\n"
    assert wrong(host, host.content.rstrip()) == []


def test_a_redirect_is_followed_and_said(host: Host) -> None:
    host.redirects = 1
    assert any(each.what == f"is moved to {host.url}" for each in findings(host))
    host.redirects = 3
    assert any("is moved 3 times" in each.what for each in findings(host))


def test_a_head_request_that_fails_is_a_remark(host: Host) -> None:
    host.head_status = 405
    assert any(each.what.startswith("HEAD is answered with 405") for each in findings(host))


def test_the_command_marks_each_finding_and_tells_a_program_the_same(
    host: Host, tmp_path_factory: pytest.TempPathFactory
) -> None:
    workshop = Workshop(tmp_path_factory.mktemp("desk")).start(CONFIG)
    said = workshop.run("verify", host.url)
    assert said.code == 0, said.stdout
    assert said.stdout.startswith(f"{host.url}\n  ✓ can be read\n")
    host.headers["Content-Type"] = "text/plain"
    assert workshop.run("verify", host.url).code == 1
    (verdict,) = json.loads(workshop.run("verify", host.url, "--json").stdout)
    assert {"weight": "well", "what": "can be read", "remedy": ""} in verdict["findings"]


def test_without_an_address_all_feeds_of_the_folder_are_looked_at(
    host: Host, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = host.url.removesuffix("atom.xml")
    config = CONFIG.replace("https://example.org/feeds/", home)
    workshop = Workshop(tmp_path_factory.mktemp("desk")).start(config, a_txt="A\n\nText of it.\n")
    workshop.build()
    said = workshop.run("verify")
    assert said.code == 1
    assert f"{home}rss.xml\n" in said.stdout
    assert "✗ is not what stands in the output folder. Run `feedpub push`." in said.stdout


def test_nothing_that_answers_is_for_later(tmp_path_factory: pytest.TempPathFactory) -> None:
    workshop = Workshop(tmp_path_factory.mktemp("desk"))
    with stamina.set_testing(True):
        said = workshop.run("verify", "http://127.0.0.1:9/atom.xml")
    assert said.code == 75
    assert "can't be reached" in said.stderr
    assert workshop.run("verify").code == 2
