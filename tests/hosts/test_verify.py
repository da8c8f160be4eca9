"""`feedpub verify` finds what a host does wrong with a feed, and says what to change there."""

from __future__ import annotations

import gzip
import json
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
import stamina

from feedpub.formats import FeedMetadata
from feedpub.hosts.verify import Finding, LiveFeed, Matter, Weight, verify_all
from feedpub.hosts.verify.feed_metadata import NotAFeed, read_feed_metadata
from feedpub.hosts.verify.judge import judge
from feedpub.hosts.verify.probe import ProbeResult
from feedpub.hosts.verify.remedies import HOSTS, REMEDIES, remedy
from feedpub.http.client import make_client
from feedpub.http.reply import Reply

from ..servers.running import program
from ..workshop import CONFIG, Workshop

HUB = "https://hub.example/"
HEADERS = {
    "Content-Type": "application/xml; charset=utf-8",
    "Cache-Control": "max-age=300",
    "Last-Modified": "Mon, 15 Jun 2026 10:00:00 GMT",
    "Vary": "Accept-Encoding",
}


def feed(url: str, more: str = "") -> bytes:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><link href="{url}" rel="self"/>'
        f'<link rel="hub" href="{HUB}"/>{more}</feed>'
    ).encode()


@dataclass
class Host:
    """How a server answers: what it sends, and how far it forgets its manners."""

    content: bytes = b""
    headers: dict[str, str] = field(default_factory=HEADERS.copy)
    status: int = 200
    etag: str = '"1"'
    heeds: tuple[str, ...] = ("If-None-Match", "If-Modified-Since")
    always_304: bool = False
    pack: Callable[[bytes], bytes] | None = gzip.compress
    packed_etag: str = '"1-gzip"'
    refuses: str | None = None
    refusal: int = 403
    redirects: int = 0
    head_status: int = 200
    url: str = ""
    port: int = 0


class Answers(BaseHTTPRequestHandler):
    """Answers as its Host says."""

    server_version = "nginx/1.22"
    sys_version = ""
    host: Host

    def do_GET(self) -> None:
        host, asked = self.host, self.headers
        packs = host.pack and asked.get("Accept-Encoding") == "gzip"
        etag = host.packed_etag if packs else host.etag
        known = {"If-None-Match": etag, "If-Modified-Since": host.headers.get("Last-Modified")}
        if host.redirects:
            host.redirects -= 1
            self.answer(301, b"", {"Location": host.url})
        elif host.refuses is not None and asked.get("User-Agent") == host.refuses:
            self.answer(host.refusal, b"", {"Retry-After": "0"})
        elif any(
            asked.get(name) and (host.always_304 or asked[name] == known[name])
            for name in host.heeds
        ):
            self.answer(304, b"", {})
        elif packs and host.pack:
            more = {"Content-Encoding": "gzip", "ETag": etag}
            self.answer(host.status, host.pack(host.content), host.headers | more)
        else:
            more = {"ETag": etag} if etag else {}
            self.answer(host.status, host.content, host.headers | more)

    def do_HEAD(self) -> None:
        self.answer(self.host.head_status, b"", self.host.headers)

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


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Host]:
    host = Host()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Answers,), {"host": host}))
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    host.port = server.server_port
    host.url = f"{'https' if certificate else 'http'}://127.0.0.1:{host.port}/atom.xml"
    host.content = feed(host.url)
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def host() -> Iterator[Host]:
    with serving() as host:
        yield host


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path / "desk")


def findings(host: Host, *, file: Path | None = None) -> tuple[Finding, ...]:
    with make_client() as client, stamina.set_testing(True, attempts=1):
        (verdict,) = verify_all(client, (LiveFeed(url=host.url, hubs=(HUB,), file=file),))
    return verdict.findings


def said(findings: tuple[Finding, ...], weight: Weight) -> list[str]:
    return [each.what for each in findings if each.weight is weight]


def test_a_host_that_does_it_well_is_told_of_the_link_header_only(host: Host) -> None:
    found = findings(host)
    assert said(found, Weight.ERROR) == []
    in_itself = f"names the hub {HUB} in itself, but not in a Link header"
    assert said(found, Weight.NOTE) == [in_itself]
    host.headers["Link"] = f'<{host.url}>; rel="self", <{HUB}>; rel=hub'
    found = findings(host)
    assert {each.weight for each in found} == {Weight.OK}
    assert {each.matter for each in found} == set(Matter) - {
        Matter.CERTIFICATE, Matter.CONTENT, Matter.HEAD
    }  # fmt: skip


def forget(name: str) -> Callable[[Host], object]:
    return lambda host: host.headers.pop(name)


def say(name: str, value: str) -> Callable[[Host], object]:
    return lambda host: host.headers.update({name: value})


def put(**changes: object) -> Callable[[Host], object]:
    def spoil(host: Host) -> None:
        for name, value in changes.items():
            setattr(host, name, value)

    return spoil


ANOTHER = feed("https://a.example/")
NAMELESS = b'<feed xmlns="http://www.w3.org/2005/Atom"/>'
PAGE = b"<!doctype html><title>Nothing here</title><br>"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (put(status=404), "can't be read: 404 Not Found"),
        (put(status=401), "can't be read: 401 Unauthorized"),
        (put(redirects=9), "is moved on and on"),
        (put(content=PAGE), "shows a web page, not a feed"),
        (put(content=b"<feed><b></feed>"), "is broken XML: mismatched tag: line 1, column 11"),
        (say("Content-Type", "text/plain"), "is served as text/plain, not as application/xml"),
        (say("Content-Type", "text/html"), "is served as text/html"),
        (say("Content-Type", "application/rss+xml"), "is served as application/rss+xml"),
        (say("Content-Type", "text/xml; charset=iso-8859-1"), "charset=iso-8859-1, but is UTF-8"),
        (say("Cache-Control", "max-age=86400"), "may be cached for 1440 minutes"),
        (say("Cache-Control", "max-age=60, s-maxage=7200"), "may be cached for 120 minutes"),
        (say("Cache-Control", "max-age=60, immutable"), "is said to be immutable"),
        (put(heeds=()), "answers If-None-Match with 200 OK, not with 304"),
        (put(always_304=True), "says 304 even to a reader that has another text"),
        (put(packed_etag='W/"other"', heeds=("If-Modified-Since",)), "whole each time when it is"),
        (put(pack=lambda text: gzip.compress(text[:-1])), "is another text when it is compressed"),
        (put(pack=lambda _: b"no gzip"), "is another text when it is compressed (gzip)"),
        (put(refuses="curl/8.5.0"), "turns readers away that call themselves curl/8.5.0"),
        (put(refuses="Mozilla/5.0", refusal=503), "turns readers away that call themselves Moz"),
        (put(refuses="", refusal=429), "turns readers away that call themselves nothing at all"),
        (put(refuses="newsboat/2.30.1", refusal=200), "turns readers away that call themselves n"),
        (put(content=NAMELESS), "does not name its own address"),
        (put(content=ANOTHER), "names https://a.example/ as its own address"),
        (say("Link", '<https://a.example/>; rel="self"'), "a Link header that names https://a.ex"),
        (put(content=NAMELESS), f"does not name the hub {HUB}"),
    ],
)
def test_what_is_wrong_is_found_and_comes_with_a_remedy(
    host: Host, spoil: Callable[[Host], object], words: str
) -> None:
    spoil(host)
    wrong = [each for each in findings(host) if each.weight is Weight.ERROR]
    (found, *_) = [each for each in wrong if words in each.what]
    assert found.remedy


def test_a_feed_without_etag_and_date_is_sent_whole_each_time(host: Host) -> None:
    host.etag = ""
    del host.headers["Last-Modified"]
    (what,) = said(findings(host), Weight.ERROR)
    assert what == "has neither ETag nor Last-Modified: it is sent whole each time"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (put(redirects=1), "is moved to http"),
        (put(redirects=3), "is moved 3 times, in the end to http"),
        (say("Content-Type", "text/xml"), "is served as text/xml without a charset"),
        (forget("Cache-Control"), "has no Cache-Control"),
        (say("Cache-Control", "no-store"), "must not be kept"),
        (put(heeds=("If-None-Match",)), "answers If-Modified-Since with 200 OK"),
        (forget("Vary"), "is compressed (gzip) without Vary"),
        (put(head_status=405), "answers HEAD with 405 Method Not Allowed"),
    ],
)
def test_what_readers_can_live_with_is_a_remark(
    host: Host, spoil: Callable[[Host], object], words: str
) -> None:
    spoil(host)
    found = findings(host)
    assert said(found, Weight.ERROR) == []
    (remark,) = [each for each in found if each.what.startswith(words)]
    assert remark.weight is Weight.NOTE and remark.remedy


def test_only_what_is_long_needs_compression(host: Host) -> None:
    host.pack = None
    assert "is not compressed" not in said(findings(host), Weight.NOTE)
    host.content = feed(host.url, "<title>" + "news " * 400 + "</title>")
    assert "is not compressed" in said(findings(host), Weight.NOTE)


def test_other_bytes_than_those_in_the_output_folder_are_found(host: Host, tmp_path: Path) -> None:
    file = tmp_path / "atom.xml"
    file.write_bytes(b"newer")
    assert said(findings(host, file=file), Weight.ERROR) == [
        "is not what stands in the output folder"
    ]
    file.write_bytes(host.content)
    # The length that a push to Apache keeps.
    host.content += b"\n\n"
    assert "is what stands in the output folder" in said(findings(host, file=file), Weight.OK)


def result(url: str, *redirects: str, **headers: str) -> ProbeResult:
    reply = Reply(
        status=200,
        headers=httpx.Headers(headers | {"content-type": "text/xml"}),
        content=feed(url),
        attempts=1,
    )
    return ProbeResult(url=url, redirects=redirects, reply=reply)


def test_a_way_from_https_to_http_is_wrong_and_the_other_way_a_remark() -> None:
    plain, safe = "http://a.example/atom.xml", "https://a.example/atom.xml"
    assert judge(result(plain, safe))[0].weight is Weight.NOTE
    assert judge(result(safe, plain))[0].weight is Weight.ERROR
    assert judge(result(plain, safe, plain))[0].weight is Weight.ERROR


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({"server": "nginx"}, "types { application/xml xml; }"),
        ({"server": "Apache/2.4"}, "AddType application/xml .xml"),
        ({"server": "Caddy"}, "header /atom.xml Content-Type"),
        ({"server": "AmazonS3"}, "Push with feedpub"),
        ({"server": "cloudflare", "x-amz-request-id": "1"}, "Push with feedpub"),
        ({"server": "GitHub.com"}, "The ending of the name decides"),
    ],
)
def test_the_remedy_is_in_the_words_of_the_host(headers: dict[str, str], words: str) -> None:
    found = {each.matter: each for each in judge(result("https://a.example/atom.xml", **headers))}
    assert found[Matter.MEDIA_TYPE].remedy.startswith((words, f"Set `{words}"))


def test_where_the_host_is_not_known_each_is_named() -> None:
    for matter in REMEDIES:
        if "" not in REMEDIES[matter]:
            assert all(f"{name}: " in remedy(matter, "") for name in HOSTS.values())
            assert all(remedy(matter, host) for host in HOSTS)


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (
            b'<?xml version="1.0" encoding="ISO-8859-1"?><rss xmlns:x="http://www.w3.org/2005/Atom">'
            b'<channel><x:link href="https://a.example/?a=1&amp;b" rel="self"/><item><x:link '
            b'rel="hub" href="https://not.example/"/></item></channel></rss>',
            "rss",
            FeedMetadata(encoding="iso-8859-1", self_link="https://a.example/?a=1&b", hubs=()),
        ),
        (
            b'{"version": "https://jsonfeed.org/version/1.1", "feed_url": "https://a.example/j",'
            b' "hubs": [{"type": "WebSub", "url": "https://hub.example/"}]}',
            "json",
            FeedMetadata(encoding="utf-8", self_link="https://a.example/j", hubs=(HUB,)),
        ),
        (
            b'\xef\xbb\xbf<feed xmlns="http://www.w3.org/2005/Atom"/>',
            "atom",
            FeedMetadata(encoding="utf-8", self_link="", hubs=()),
        ),
    ],
)
def test_a_feed_says_of_itself_where_it_is_and_which_hubs_it_has(
    content: bytes, name: str, expected: FeedMetadata
) -> None:
    feed_type, metadata = read_feed_metadata(content)
    assert (feed_type.name, metadata) == (name, expected)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "broken XML: no element found"),
        (b"{", "broken JSON"),
        (b'{"a": 1}', "no JSON Feed"),
        (b'<?xml version="1.0" encoding="klingon"?><feed/>', "broken XML: unknown encoding"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "shows a web page"),
        (b"<urlset/>", "neither Atom nor RSS: it begins with <urlset>"),
    ],
)
def test_what_is_no_feed_is_said(content: bytes, words: str) -> None:
    with pytest.raises(NotAFeed, match=words):
        read_feed_metadata(content)


@pytest.mark.real
def test_a_certificate_that_nobody_trusts_is_wrong_not_for_later(
    workshop: Workshop, tmp_path: Path
) -> None:
    certificate = tmp_path / "own.pem"
    subprocess.run(
        [program("openssl", "openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=127.0.0.1",
         "-keyout", certificate, "-out", tmp_path / "alone.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    with certificate.open("ab") as both:
        both.write((tmp_path / "alone.pem").read_bytes())
    with serving(certificate) as host, stamina.set_testing(True, attempts=1):
        result = workshop.start().run("verify", host.url)
    assert result.code == 1
    assert "✗ has a certificate nobody trusts: self-signed certificate. Renew it" in result.stdout


def test_the_command_marks_each_finding_and_tells_a_program_the_same(
    host: Host, workshop: Workshop
) -> None:
    result = workshop.start().run("verify", host.url)
    assert result.code == 0, result.stdout
    size = len(host.content)
    assert result.stdout.startswith(f"{host.url}\n  ✓ can be read (atom, {size} bytes)\n")
    host.headers["Content-Type"] = "text/plain"
    assert workshop.run("verify", host.url).code == 1
    report = json.loads(workshop.run("verify", host.url, "--json").stdout)
    (verdict,) = report["feeds"]
    assert report["errors"] == []
    assert {
        "matter": "media type",
        "weight": "wrong",
        "what": "is served as text/plain, not as application/xml",
        "remedy": remedy(Matter.MEDIA_TYPE, "nginx"),
    } in verdict["findings"]


def built(workshop: Workshop, host: Host) -> str:
    """Builds feeds for `host`, gives their home."""
    home = host.url.removesuffix("atom.xml")
    config = CONFIG.replace("https://example.org/feeds/", home)
    workshop.start(config, a_txt="A\n\nText of it.\n").build()
    return home


def test_without_an_address_all_feeds_of_the_folder_are_looked_at(
    host: Host, workshop: Workshop
) -> None:
    home = built(workshop, host)
    result = workshop.run("verify")
    assert result.code == 1
    assert f"{home}atom.xml\n" in result.stdout and f"{home}rss.xml\n" in result.stdout
    assert "✗ is not what stands in the output folder. Run `feedpub push`." in result.stdout
    assert "remove `.feedpub/manifest.json` there, and push again" in result.stdout


def test_what_to_do_is_said_once_and_for_each_host_where_it_is_not_known(
    host: Host, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(workshop, host)
    monkeypatch.setattr(Answers, "server_version", "Unheard/1.0")
    del host.headers["Cache-Control"]
    out = workshop.run("verify").stdout
    assert out.count("· has no Cache-Control\n") == 2
    lines = remedy(Matter.CACHING, "").splitlines()
    assert [line for line in lines if out.count(f"\n      {line}\n") == 1] == lines


def test_a_feed_of_the_folder_is_compared_when_it_is_named_too(
    host: Host, workshop: Workshop
) -> None:
    built(workshop, host)
    assert "is not what stands in the output folder" in workshop.run("verify", host.url).stdout


def test_nothing_that_answers_is_for_later(host: Host, workshop: Workshop) -> None:
    host.status = 503
    workshop.start()
    with stamina.set_testing(True, attempts=1):
        result = workshop.run("verify", host.url)
        report = json.loads(workshop.run("verify", host.url, "--json").stdout)
    assert result.code == 75
    assert "answers 503 Service Unavailable" in result.stderr
    assert report["feeds"] == [] and report["errors"][0]["place"] == host.url


def test_what_was_found_before_the_host_went_away_is_said(host: Host, workshop: Workshop) -> None:
    home = built(workshop, host)
    real = Answers.do_HEAD

    def go_away(self: Answers) -> None:
        self.host.status = 503
        real(self)

    with pytest.MonkeyPatch.context() as patch, stamina.set_testing(True, attempts=1):
        patch.setattr(Answers, "do_HEAD", go_away)
        result = workshop.run("verify")
    assert result.code == 75
    assert result.stdout.startswith(f"{home}atom.xml\n")
    assert f"{home}rss.xml: answers 503" in result.stderr


@pytest.mark.parametrize(
    "address", ["atom.xml", "example.org/atom.xml", "file:///etc/passwd", "http://["]
)
def test_what_is_no_address_is_a_wrong_call(address: str, workshop: Workshop) -> None:
    result = workshop.start().run("verify", address)
    assert result.code == 2
    assert f"{address}: is not the address of a feed. Write all of it" in result.stderr


def test_without_config_an_address_is_needed(workshop: Workshop) -> None:
    workshop.root.mkdir()
    assert workshop.run("verify").code == 2
