"""[push] and [[target]] of config.toml: where documents may go, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.config import read_settings
from feedpub.errors import ConfigError
from feedpub.settings import Target

from ..workshop import CONFIG

SECRET = "secret-in-config"


def targets(text: str) -> tuple[Target, ...]:
    return read_settings(CONFIG + text, Path("/somewhere/config.toml")).targets


def errors(text: str) -> dict[str, str]:
    """The messages about config.toml with `text` in it, by their codes."""
    with pytest.raises(ConfigError) as caught:
        targets(text)
    return {error.code: str(error) for error in caught.value.diagnostics}


def test_without_a_table_there_is_no_target() -> None:
    assert targets("") == ()
    assert targets('[push]\nhubs = ["https://hub.example/"]\n') == ()


def test_the_target_of_push_is_read_back_at_the_address_of_the_site() -> None:
    (target,) = targets('[push]\ntarget = "https://dav.example.org/x"\n')
    assert (target.name, target.url) == ("", "https://dav.example.org/x/")
    assert target.public == "https://example.org/feeds/"


def test_several_targets_have_names_and_addresses_to_be_read_back_at() -> None:
    first, second, third = targets(
        '[push]\ntarget = "webdav+https://dav.example.org/"\npublic = ""\n'
        '[[target]]\nname = "mirror"\nurl = "s3://bucket/a/b"\n'
        '[[target]]\nname = "folder"\nurl = "file:///srv/my feeds"\npublic = "https://m.example/f"\n'
    )
    assert (first.public, second.public, third.public) == ("", "", "https://m.example/f/")
    assert (second.url, third.url) == ("s3://bucket/a/b/", "file:///srv/my feeds/")


def test_the_case_of_a_scheme_makes_no_difference() -> None:
    (target,) = targets('[push]\ntarget = "WebDAV+HTTPS://DAV.example.org/A"\n')
    assert target.url == "webdav+https://DAV.example.org/A/"


def test_all_keys_of_a_target() -> None:
    (target,) = targets(
        '[push]\ntarget = "s3://bucket"\nendpoint = "https://s3.example.net"\nregion = "eu-1"\n'
        'single_writer = true\nmax_delete = 7\nparallel = 0\ncompress = ["gzip"]\n'
        'auth = "digest"\nuser = "ada"\nnetrc = true\nca_file = "ca.pem"\nput_mode = "move"\n'
    )
    assert target == Target(
        name="",
        url="s3://bucket/",
        public="https://example.org/feeds/",
        user="ada",
        digest=True,
        netrc=True,
        ca_file=Path("/somewhere/ca.pem"),
        single_writer=True,
        put_by_move=True,
        max_delete=7,
        parallel=1,
        precompressed=("gzip",),
        region="eu-1",
        endpoint="https://s3.example.net",
        path_style=True,
    )


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        (
            'target = "dav.example.org"',
            'must be an address, not "dav.example.org"',
            "address-invalid",
        ),
        ('target = "ftp://example.org/"', 'begins with "ftp:"', "address-invalid"),
        ('target = "https://"', "must be the address of a folder", "address-invalid"),
        ('target = "https://example.org/?x"', "must be the address of a folder", "address-invalid"),
        ('target = "http://example.org/"', "unencrypted", "address-unencrypted"),
        ('target = "HTTP://example.org/"', "unencrypted", "address-unencrypted"),
        ('target = "WebDAV+HTTP://example.org/"', "unencrypted", "address-unencrypted"),
        ('target = "s3:///prefix"', "names no bucket", "address-invalid"),
        ('target = "file://host/x"', "must be an absolute path", "address-invalid"),
        ('target = "file:///"', "must be an absolute path", "address-invalid"),
        ("netrc = true", "`push.target` is missing", "key-missing"),
        ('target = "file:///x"\nurl = "y"', "Did you mean `target`?", "key-unknown"),
        ('target = "file:///x"\ncompress = ["zip"]', 'has "zip"', "value-not-allowed"),
        ('target = "file:///x"\nput_mode = "copy"', 'must be "put" or "move"', "value-not-allowed"),
    ],
)
def test_a_target_that_can_not_be(text: str, words: str, code: str) -> None:
    assert words in errors(f"[push]\n{text}\n")[code]


@pytest.mark.parametrize(
    "key", ["password", "Passwort_or_password", "secret_access_key", "token", "api_key"]
)
def test_a_secret_in_the_config_is_refused_and_not_repeated(key: str) -> None:
    message = errors(f'[push]\ntarget = "https://example.org/"\n{key} = "hunter2"\n')[SECRET]
    assert "does not belong in config.toml" in message
    assert "FEEDPUB_PASSWORD" in message
    assert "hunter2" not in message
    assert "does not belong" in errors(f'[push]\n{key} = "hunter2"\n')[SECRET]


def test_a_user_and_password_in_the_address_are_refused_and_not_repeated() -> None:
    message = errors('[push]\ntarget = "https://ada:hunter2@example.org/"\n')[SECRET]
    assert "must not hold a user or a password" in message
    assert "hunter2" not in message


def test_names_of_targets_are_there_and_differ() -> None:
    unnamed = '[[target]]\nurl = "file:///x"\n'
    assert "`target[1].name` is missing" in errors(unnamed)["key-missing"]
    assert "can't be" in errors(unnamed + 'name = "Not Good"\n')["name-invalid"]
    two = '[[target]]\nname = "a"\nurl = "file:///x"\n' * 2
    assert '"a" is taken by another target' in errors(two)["name-duplicate"]
