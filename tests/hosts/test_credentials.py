"""Who logs in: the environment first, then the keyring, then ~/.netrc where it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.errors import TargetError
from feedpub.hosts.credentials import AwsKeys, Credentials, Login, Secret
from feedpub.settings import Target

PUSH = Target(name="", url="https://dav.example.org/feeds/")
MIRROR = Target(name="my-mirror", url="https://mirror.example.org/")


@pytest.fixture(autouse=True)
def without_a_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


def shown(login: Login | None) -> tuple[str, str] | None:
    return (login.user, login.password.reveal()) if login else None


def test_without_anything_nobody_logs_in() -> None:
    assert Credentials({}).login(PUSH) is None


def test_each_target_has_variables_of_its_own() -> None:
    environ = {
        "FEEDPUB_USER": "ada",
        "FEEDPUB_PASSWORD": "one",
        "FEEDPUB_MY_MIRROR_USER": "grace",
        "FEEDPUB_MY_MIRROR_PASSWORD": "two",
    }
    assert shown(Credentials(environ).login(PUSH)) == ("ada", "one")
    assert shown(Credentials(environ).login(MIRROR)) == ("grace", "two")


def test_a_password_may_stand_in_a_file_and_the_user_in_the_config(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n", encoding="utf-8")
    target = Target(name="", url="https://dav.example.org/", user="ada")
    environ = {"FEEDPUB_PASSWORD_FILE": str(tmp_path / "secret")}
    assert shown(Credentials(environ).login(target)) == ("ada", "from a file")


def test_half_a_login_is_said_with_the_half_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=r"has a user but no password.*FEEDPUB_PASSWORD"):
        Credentials({"FEEDPUB_USER": "ada"}).login(PUSH)
    with pytest.raises(TargetError, match=r"has a password but no user.*FEEDPUB_USER"):
        Credentials({"FEEDPUB_PASSWORD": "x"}).login(PUSH)
    with pytest.raises(TargetError, match="can't be read"):
        Credentials({"FEEDPUB_PASSWORD_FILE": str(tmp_path / "none")}).login(PUSH)


def test_netrc_is_looked_into_only_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    asking = Target(name="", url="webdav+https://dav.example.org/feeds/", netrc=True)
    with pytest.raises(TargetError, match="netrc"):
        Credentials({}).login(asking)
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine dav.example.org login ada password three\n", encoding="utf-8")
    netrc.chmod(0o600)
    assert shown(Credentials({}).login(asking)) == ("ada", "three")
    assert Credentials({}).login(PUSH) is None


def test_s3_has_the_keys_that_its_own_tools_read_or_those_of_the_target() -> None:
    environ = {"AWS_ACCESS_KEY_ID": "AK", "AWS_SECRET_ACCESS_KEY": "SK"}
    keys = Credentials(environ).aws_keys(MIRROR)
    assert (keys.key_id, keys.secret.reveal(), keys.token) == ("AK", "SK", None)
    environ |= {
        "FEEDPUB_MY_MIRROR_AWS_ACCESS_KEY_ID": "AK2",
        "FEEDPUB_MY_MIRROR_AWS_SECRET_ACCESS_KEY": "SK2",
        "FEEDPUB_MY_MIRROR_AWS_SESSION_TOKEN": "lent",
    }
    own = Credentials(environ).aws_keys(MIRROR)
    assert (own.key_id, own.secret.reveal()) == ("AK2", "SK2")
    assert own.token is not None and own.token.reveal() == "lent"
    with pytest.raises(TargetError, match="AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"):
        Credentials({}).aws_keys(PUSH)


def test_a_secret_shows_itself_nowhere() -> None:
    secret = Secret("hunter2")
    holders = (
        secret,
        Login(user="ada", password=secret),
        AwsKeys(key_id="AK", secret=secret, token=secret),
        Credentials({"FEEDPUB_PASSWORD": "hunter2"}),
    )
    for holder in holders:
        assert "hunter2" not in f"{holder} {holder!r}"
