"""No error of a destination tells the canary: not in words, tracebacks, logs, or to a debugger."""

from __future__ import annotations

import base64
import contextlib
import io
import ssl
import subprocess
import threading
import traceback
from dataclasses import replace
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from feedpub.errors import FeedpubError, UnreachableError
from feedpub.hosts.credentials import Credentials
from feedpub.hosts.destinations import ANYHOW, Upload, connect
from feedpub.http.client import make_client
from feedpub.http.retries import send
from feedpub.settings import Target

from ..canary import AWS, CANARY, LOGIN, USER, answer, is_silent, shown_by
from ..servers import free_ports, nginx_dav
from ..servers.scripted import host

pytestmark = pytest.mark.usefixtures("quick")


def test_no_traceback_tells_it(everything: io.StringIO) -> None:
    away = Target(name="", url="http://127.0.0.1:9/")
    store = Target(name="", url="s3://b/", endpoint="http://127.0.0.1:9", path_style=True)
    with host(answer(403)) as server:
        grumpy = Target(name="", url=server.url)
        texts = [shown_by(away, LOGIN), shown_by(store, AWS), shown_by(grumpy, LOGIN)]
    is_silent(*texts, everything.getvalue())


@pytest.mark.parametrize(
    "environ",
    [
        {"AWS_SECRET_ACCESS_KEY": f"{CANARY}\udcff"},
        {"AWS_SESSION_TOKEN": f"{CANARY}\nand more"},
        {"AWS_SESSION_TOKEN": f"{CANARY}é"},
        {"FEEDPUB_PASSWORD": f"{CANARY}\udcff"},
        {"FEEDPUB_PASSWORD": f"{CANARY}\x00"},
    ],
)
def test_a_secret_that_can_not_be_sent_is_refused_without_a_word_of_it(
    environ: dict[str, str], everything: io.StringIO
) -> None:
    (name,) = environ
    url = "s3://b/" if name.startswith("AWS") else "http://127.0.0.1:9/"
    target = Target(name="", url=url, endpoint="http://127.0.0.1:9", path_style=True)
    told = shown_by(target, {"FEEDPUB_USER": USER} | AWS | environ)
    assert f"{name}: holds characters that can't be part of it" in told
    is_silent(told, everything.getvalue())


def test_an_error_does_not_repeat_the_header_that_http_can_not_carry() -> None:
    with host() as server, make_client() as client:
        token = {"X-Token": f"{CANARY}\n"}
        with pytest.raises(UnreachableError, match="can't be asked") as raised:
            send(client, "GET", server.url, headers=token)
    is_silent(*traceback.format_exception(raised.value), repr(raised.value.__context__))


def test_the_line_break_at_the_end_of_a_variable_is_no_part_of_it(
    everything: io.StringIO,
) -> None:
    with host(answer(403)) as server:
        store = Target(name="", url="s3://b/", endpoint=server.url.rstrip("/"), path_style=True)
        told = shown_by(store, {name: f"{value}\r\n" for name, value in AWS.items()})
        assert server.asked[0].headers["x-amz-security-token"] == CANARY
    is_silent(told, everything.getvalue())


@pytest.mark.parametrize(
    "content", [f"machine x password y {CANARY}".encode(), CANARY.encode() + b"\xff"]
)
def test_a_file_that_makes_no_sense_is_not_repeated(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    netrc = tmp_path / ".netrc"
    netrc.write_bytes(content)
    netrc.chmod(0o600)
    asking = Target(name="", url="http://127.0.0.1:9/", netrc=True)
    told = [shown_by(asking, {})]
    if not content.isascii():
        by_file = {"FEEDPUB_USER": USER, "FEEDPUB_PASSWORD_FILE": str(netrc)}
        told.append(shown_by(Target(name="", url="http://127.0.0.1:9/"), by_file))
    assert all("can't be read" in each for each in told)
    is_silent(*told)


def test_another_host_that_is_pointed_to_never_gets_it() -> None:
    with host() as elsewhere, host(answer(307, Location=elsewhere.url)) as server:
        told = shown_by(Target(name="", url=server.url), LOGIN)
        opened = connect(Target(name="", url=server.url), Credentials(LOGIN), make_client)
        with contextlib.closing(opened), pytest.raises(FeedpubError, match="points to"):
            opened.read("a.xml")
        assert elsewhere.asked == []
    is_silent(told)


@pytest.mark.parametrize("status", [0, 407])
def test_the_password_of_a_proxy_is_not_told(
    status: int, monkeypatch: pytest.MonkeyPatch, everything: io.StringIO
) -> None:
    with host(answer(status)) as proxy:
        place = proxy.url.removeprefix("http://") if status else "127.0.0.1:9/"
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://{USER}:{CANARY}@{place}")
        told = [shown_by(Target(name="", url=f"{s}://dav.example/"), {}) for s in ("http", "https")]
        assert bool(proxy.asked) == bool(status), "the proxy must be at work"
    is_silent(*told, everything.getvalue())


@pytest.mark.real
def test_what_http_2_does_with_headers_is_not_logged(
    tmp_path: Path, everything: io.StringIO
) -> None:
    (port,) = free_ports(1)
    certificate, key = certified(tmp_path)
    more = f"listen 127.0.0.1:{port} ssl http2; ssl_certificate {certificate}; "
    more += f"ssl_certificate_key {key};"
    with nginx_dav(tmp_path / "nginx", in_server=more) as server:
        url = f"https://localhost:{port}/feeds/"
        target = Target(name="", url=f"webdav+{url}", ca_file=certificate)
        with contextlib.closing(
            connect(target, Credentials(server.environ), make_client)
        ) as destination:
            destination.write(Upload.of("a.xml", b"x"), ANYHOW)
        store = replace(target, url="s3://b/", endpoint=url.rstrip("/"), path_style=True)
        told = shown_by(store, AWS)
        assert '"PUT /feeds/a.xml HTTP/2.0" 201' in (server.log.parent / "access.log").read_text()
    user, password = server.environ["FEEDPUB_USER"], server.environ["FEEDPUB_PASSWORD"]
    assert "PUT" in everything.getvalue(), "there must be a log"
    assert base64.b64encode(f"{user}:{password}".encode()).decode() not in everything.getvalue()
    is_silent(told, everything.getvalue())


def certified(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost, and its key."""
    key, certificate = folder / "key.pem", folder / "cert.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", str(key), "-out", str(certificate), *subject],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return certificate, key


class Silent(SimpleHTTPRequestHandler):
    """Knows no PUT, and logs nothing."""

    def log_message(self, *_: object) -> None:
        pass


def test_a_certificate_that_nobody_knows_is_refused_and_a_ca_file_helps(
    tmp_path: Path, everything: io.StringIO
) -> None:
    certificate, key = certified(tmp_path)
    server = HTTPServer(("127.0.0.1", 0), Silent)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    target = Target(name="", url=f"https://localhost:{server.server_address[1]}/")
    unknown = shown_by(target, LOGIN)
    known = shown_by(Target(name="", url=target.url, ca_file=certificate), LOGIN)
    broken = shown_by(Target(name="", url=target.url, ca_file=key), LOGIN)
    server.shutdown()
    server.server_close()
    assert "CERTIFICATE_VERIFY_FAILED" in unknown
    assert "501" in known
    assert "can't be used as `ca_file`" in broken
    is_silent(unknown, known, broken, everything.getvalue())
