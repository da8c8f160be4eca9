"""A canary stands in every place where a secret can stand, every failure of a push is provoked with
all logs on, and the canary is in no output, log, manifest or ledger."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import keyring
import pytest

from feedpub.http.client import make_client

from ..canary import CANARY, IN_THE_HEADER, USER, answer, is_silent
from ..servers.scripted import Answer, Asked, host
from ..workshop import CONFIG, Workshop

pytestmark = pytest.mark.usefixtures("quick")

ENVIRONMENT = {
    "FEEDPUB_USER": USER,
    "FEEDPUB_PASSWORD": CANARY,
    "FEEDPUB_S_AWS_ACCESS_KEY_ID": "AKEXAMPLE",
    "FEEDPUB_S_AWS_SECRET_ACCESS_KEY": CANARY,
    "FEEDPUB_S_AWS_SESSION_TOKEN": f"{CANARY}-token",
}


TIMEOUT = 0.03
"""Seconds that a client waits for the one failure that comes later."""


def much_later(_: Asked) -> Answer:
    time.sleep(3 * TIMEOUT)
    return Answer()


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
    answer(200, **{"Content-Length": "-1"}),
    answer(200, **{"Content-Encoding": "gzip"}),
    much_later,
]


@pytest.mark.parametrize("failure", FAILURES)
def test_no_failure_of_a_push_lets_it_out(
    failure: Callable[[Asked], Answer],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    everything: io.StringIO,
) -> None:
    hide(tmp_path, monkeypatch)
    # Only who comes too late is not waited for: the others may take their time on a busy machine.
    timeout = TIMEOUT if failure is much_later else 5
    corpus = tmp_path / "desk"
    with host(failure) as server:
        bare = server.url.removeprefix("http://")
        url = f'url = "{server.url}"\n'
        workshop = Workshop(corpus, clients=partial(make_client, timeout=timeout)).start(
            CONFIG
            + f'[push]\ntarget = "webdav+http://{bare}"\npublic = ""\nauth = "digest"\n'
            + f'[[target]]\nname = "ring"\nuser = "{USER}"\n{url}'
            + f'[[target]]\nname = "net"\nnetrc = true\n{url}'
            + f'[[target]]\nname = "file"\nuser = "{USER}"\n{url}'
            + f'[[target]]\nname = "s"\nurl = "s3://b/c"\nendpoint = "http://{bare}"\n'
            + '[[target]]\nname = "away"\nurl = "http://127.0.0.1:9/"\n',
            a_txt="A\n\nText of it.\n",
        )
        workshop.build()
        results = [workshop.run("push", verbosity) for verbosity in ("-v", "--json")]
        logins = [each.headers.get("authorization") for each in server.asked]
    assert {each.code for each in results} <= {1, 2, 75}
    assert logins.count(f"Basic {IN_THE_HEADER}") >= 3 * len(results), "the canary must be at work"
    printed = [text for each in results for text in (each.stdout, each.stderr)]
    is_silent(*printed, everything.getvalue(), *files_in(corpus))


def hide(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the canary wherever a secret can stand."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(
        keyring, "get_password", lambda service, _: CANARY if service == "feedpub:ring" else None
    )
    monkeypatch.setenv("HOME", str(folder))
    netrc = folder / ".netrc"
    netrc.write_text(f"machine 127.0.0.1 login {USER} password {CANARY}\n", encoding="utf-8")
    netrc.chmod(0o600)
    (folder / "secret").write_text(f"{CANARY}\n", encoding="utf-8")
    monkeypatch.setenv("FEEDPUB_FILE_PASSWORD_FILE", str(folder / "secret"))


def files_in(folder: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in folder.rglob("*") if file.is_file()]


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
        result = workshop.run("publish", "--log-file", "publish.log")
        assert result.code == 0, result.stderr
    assert any(path.endswith("manifest.json") for path in files)
    objects = [zlib.decompress(content) for path, content in files.items() if "/objects/" in path]
    assert any(b"a.txt" in each for each in objects), "the ledger goes along"
    sent = [content.decode(errors="replace") for content in (*files.values(), *objects)]
    is_silent(result.stdout, result.stderr, everything.getvalue(), *files_in(tmp_path), *sent)


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
    result = Workshop(tmp_path).start(CONFIG + config, a_txt="A\n\nText.\n").run("build")
    assert result.code == 2
    is_silent(result.stdout, result.stderr)
