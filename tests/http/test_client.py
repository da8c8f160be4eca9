"""How a client is made: what can't be used for it is said, and without a password."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from feedpub.errors import TargetError
from feedpub.http.client import USER_AGENT, make_client

from ..servers.scripted import Answer, host


def test_it_says_who_asks_and_follows_no_redirect_by_itself() -> None:
    with host(lambda _: Answer(status=302, headers={"Location": "/b"})) as server:
        with make_client() as client:
            assert client.get(server.url).status_code == 302
        (asked,) = server.asked
    assert asked.headers["user-agent"] == USER_AGENT


def test_a_ca_file_that_can_not_be_used_is_said(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="can't be used as `ca_file`: No such file"):
        make_client(ca_file=tmp_path / "gone.pem")
    (tmp_path / "text.pem").write_text("no certificate", encoding="utf-8")
    with pytest.raises(TargetError, match="can't be used as `ca_file`: it holds no certificate"):
        make_client(ca_file=tmp_path / "text.pem")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ALL_PROXY", "ftp://ada:canary@127.0.0.1", "can't be used. Correct HTTP_PROXY"),
        ("HTTP_PROXY", "http://ada:can:ary@[::1", "can't be used. Correct HTTP_PROXY"),
        ("NO_PROXY", "[::1]:80", "can't be used. Correct HTTP_PROXY"),
        ("ALL_PROXY", "socks5://ada:canary@127.0.0.1", "library is missing. Install it"),
    ],
)
def test_a_proxy_that_can_not_be_used_is_said_without_its_password(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    for other in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(other, raising=False)
        monkeypatch.delenv(other.lower(), raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(TargetError, match=words) as caught:
        make_client()
    assert "ada" not in str(caught.value)
    assert caught.value.__context__ is None
