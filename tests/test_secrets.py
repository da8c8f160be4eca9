"""A canary stands in every place where a secret can stand, every failure is provoked with all logs
on, and the canary is in no output, log, error, traceback, manifest or ledger."""

from __future__ import annotations

import base64
import contextlib
import io
import logging
import ssl
import subprocess
import threading
import traceback
from collections.abc import Callable, Iterator
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import keyring
import pytest
import stamina

from feedpub.credentials import Credentials
from feedpub.destinations import ABSENT, Upload, connect
from feedpub.errors import FeedpubError
from feedpub.model import Target

from .moody import Answer, Asked, host
from .workshop import CONFIG, Workshop

CANARY = "canary-5f3a"
USER = "curator"
IN_THE_HEADER = base64.b64encode(f"{USER}:{CANARY}".encode()).decode()
ENVIRONMENT = {
    "FEEDPUB_USER": USER,
    "FEEDPUB_PASSWORD": CANARY,
    "FEEDPUB_S_AWS_ACCESS_KEY_ID": "AKEXAMPLE",
    "FEEDPUB_S_AWS_SECRET_ACCESS_KEY": CANARY,
    "FEEDPUB_S_AWS_SESSION_TOKEN": f"{CANARY}-token",
}


@pytest.fixture
def everything() -> Iterator[io.StringIO]:
    """All that any library logs, at the loudest."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield heard
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with stamina.set_testing(True, attempts=2):
        yield


def is_silent(*texts: str) -> None:
    for text in texts:
        assert CANARY not in text
        assert IN_THE_HEADER not in text


def answer(status: int, **headers: str) -> Callable[[Asked], Answer]:
    return lambda _: Answer(status=status, headers=headers, content=b"<Code>AccessDenied</Code>")


FAILURES = [
    answer(401, **{"WWW-Authenticate": 'Basic realm="x"'}),
    answer(401, **{"WWW-Authenticate": 'Digest realm="x", nonce="1", qop="auth"'}),
    answer(403),
    answer(404),
    answer(500),
    answer(503),
    answer(507),
    answer(302, Location="https://elsewhere.example/"),
    answer(200),
]


@pytest.mark.parametrize("failure", FAILURES)
def test_no_failure_of_a_push_lets_it_out(
    failure: Callable[[Asked], Answer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    everything: io.StringIO,
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with host(failure) as server:
        bare = server.url.removeprefix("http://")
        workshop = Workshop(tmp_path).start(
            CONFIG
            + f'[push]\ntarget = "webdav+http://{bare}"\npublic = ""\nauth = "digest"\n'
            + f'[[target]]\nname = "basic"\nurl = "http://{bare}"\nuser = "{USER}"\n'
            + f'[[target]]\nname = "s"\nurl = "s3://b/c"\nendpoint = "http://{bare}"\n'
            + '[[target]]\nname = "away"\nurl = "http://127.0.0.1:9/"\n',
            a_txt="A\n\nText of it.\n",
        )
        monkeypatch.setattr(keyring, "get_password", lambda *_: CANARY)
        workshop.build()
        said = workshop.run("push", "-v")
        assert said.code != 0
        asked = [header for each in server.asked for header in each.headers.values()]
    assert any(IN_THE_HEADER in header for header in asked), "the canary must be at work"
    written = [file.read_text() for file in tmp_path.rglob("*") if file.is_file()]
    is_silent(said.stdout, said.stderr, everything.getvalue(), *written)


def test_a_push_that_works_writes_it_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, everything: io.StringIO
) -> None:
    files: dict[str, bytes] = {}

    def store(asked: Asked) -> Answer:
        if asked.method == "PUT":
            files[asked.path] = asked.body
            return Answer(status=201)
        there = files.get(asked.path)
        return Answer(content=there) if there is not None else Answer(status=404)

    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with host(store) as server:
        workshop = Workshop(tmp_path).start(
            CONFIG + f'[push]\ntarget = "{server.url}"\npublic = ""\nsingle_writer = true\n',
            a_txt="A\n\nText of it.\n",
        )
        said = workshop.run("publish", "--log-file", "publish.log")
        assert said.code == 0, said.stderr
    assert any(path.endswith("manifest.json") for path in files)
    written = [file.read_text() for file in tmp_path.rglob("*") if file.is_file()]
    sent = [content.decode(errors="replace") for content in files.values()]
    is_silent(said.stdout, said.stderr, everything.getvalue(), *written, *sent)


@pytest.mark.parametrize(
    "config",
    [
        f'[push]\ntarget = "https://{USER}:{CANARY}@example.org/"\n',
        f'[push]\ntarget = "s3://{USER}:{CANARY}@bucket/"\n',
        f'[push]\ntarget = "https://example.org/"\npassword = "{CANARY}"\n',
        f'[[target]]\nname = "a"\nurl = "https://example.org/"\nsecret_key = "{CANARY}"\n',
        f'[push]\ntarget = "https://example.org/"\npublic = "https://a:{CANARY}@example.org/"\n',
        f'[push]\ntarget = "s3://b/"\nendpoint = "https://a:{CANARY}@example.org/"\n',
        f'[push]\nhubs = ["https://a:{CANARY}@hub.example/"]\n',
        f'[publish]\nheartbeat = "https://a:{CANARY}@hc.example/"\n',
    ],
)
def test_a_secret_in_the_config_is_refused_without_a_word_of_it(
    config: str, tmp_path: Path
) -> None:
    said = Workshop(tmp_path).start(CONFIG + config, a_txt="A\n\nText.\n").run("build")
    assert said.code == 2
    is_silent(said.stdout, said.stderr)


def shown_by(target: Target, environ: dict[str, str]) -> str:
    """All that an error tells, with the errors that it came from."""
    texts: list[str] = []
    try:
        destination = connect(target, Credentials(environ))
        texts += [repr(destination), repr(vars(destination))]
        destination.write(Upload.of("a.xml", b"x"), ABSENT)
    except FeedpubError as error:
        told = "".join(traceback.format_exception(error, chain=True))
        return "\n".join([told, str(error), repr(error), repr(error.__context__), *texts])
    raise AssertionError("it must fail")


def test_no_traceback_tells_it(tmp_path: Path, everything: io.StringIO) -> None:
    login = {"FEEDPUB_USER": USER, "FEEDPUB_PASSWORD": CANARY}
    aws = {"AWS_ACCESS_KEY_ID": "AK", "AWS_SECRET_ACCESS_KEY": CANARY, "AWS_SESSION_TOKEN": CANARY}
    away = Target(name="", url="http://127.0.0.1:9/")
    store = Target(name="", url="s3://b/", endpoint="http://127.0.0.1:9", path_style=True)
    with host(answer(403)) as server:
        grumpy = Target(name="", url=server.url)
        texts = [shown_by(away, login), shown_by(store, aws), shown_by(grumpy, login)]
    secret = tmp_path / "secret"
    secret.write_text(CANARY, encoding="utf-8")
    by_file = {"FEEDPUB_USER": USER, "FEEDPUB_PASSWORD_FILE": str(secret)}
    is_silent(*texts, shown_by(away, by_file), everything.getvalue())


def test_a_certificate_that_nobody_knows_is_refused_and_a_ca_file_helps(
    tmp_path: Path, everything: io.StringIO
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-keyout", str(key), "-out", str(certificate), *subject],
        check=True,
        capture_output=True,
    )  # fmt: skip
    server = HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.RequestHandlerClass.log_message = lambda *_: None  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    login = {"FEEDPUB_USER": USER, "FEEDPUB_PASSWORD": CANARY}
    target = Target(name="", url=f"https://localhost:{server.server_address[1]}/")
    unknown = shown_by(target, login)
    known = shown_by(Target(name="", url=target.url, ca_file=certificate), login)
    broken = shown_by(Target(name="", url=target.url, ca_file=key), login)
    with contextlib.suppress(OSError):
        server.shutdown()
        server.server_close()
    assert "CERTIFICATE_VERIFY_FAILED" in unknown
    assert "501" in known
    assert "can't be used as `ca_file`" in broken
    is_silent(unknown, known, broken, everything.getvalue())
