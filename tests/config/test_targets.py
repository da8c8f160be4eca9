"""[push] and [[target]] of config.toml: where documents may go, and what must not stand there."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedpub.config import read_settings
from feedpub.errors import ConfigError
from feedpub.settings import Target

from ..workshop import CONFIG


def targets(text: str) -> tuple[Target, ...]:
    return read_settings(CONFIG + text, Path("/somewhere/config.toml")).targets


def faults(text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        targets(text)
    return str(caught.value)


def test_without_a_word_there_is_no_target() -> None:
    assert targets("") == ()
    assert targets('[push]\nhubs = ["https://hub.example/"]\n') == ()


def test_the_target_of_push_is_read_back_at_the_address_of_the_site() -> None:
    (target,) = targets('[push]\ntarget = "https://dav.example.org/x"\n')
    assert (target.name, target.url) == ("", "https://dav.example.org/x/")
    assert target.public == "https://example.org/feeds/"


def test_several_targets_have_names_and_are_read_back_where_they_say() -> None:
    first, second, third = targets(
        '[push]\ntarget = "webdav+https://dav.example.org/"\npublic = ""\n'
        '[[target]]\nname = "mirror"\nurl = "s3://bucket/a/b"\n'
        '[[target]]\nname = "folder"\nurl = "file:///srv/my feeds"\npublic = "https://m.example/f"\n'
    )
    assert (first.public, second.public, third.public) == ("", "", "https://m.example/f/")
    assert (second.url, third.url) == ("s3://bucket/a/b/", "file:///srv/my feeds/")


def test_everything_can_be_said() -> None:
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
    ("text", "words"),
    [
        ('target = "dav.example.org"', 'must be an address, not "dav.example.org"'),
        ('target = "ftp://example.org/"', 'begins with "ftp:"'),
        ('target = "https://"', "must be the address of a folder"),
        ('target = "https://example.org/?x"', "must be the address of a folder"),
        ('target = "http://example.org/"', "unencrypted"),
        ('target = "s3:///prefix"', "names no bucket"),
        ('target = "file://host/x"', "must be an absolute path"),
        ('target = "file:///"', "must be an absolute path"),
        ("netrc = true", "`push.target` is missing"),
        ('target = "file:///x"\nurl = "y"', "Did you mean `target`?"),
        ('target = "file:///x"\ncompress = ["zip"]', 'has "zip"'),
        ('target = "file:///x"\nput_mode = "copy"', 'must be "put" or "move"'),
    ],
)
def test_a_target_that_can_not_be(text: str, words: str) -> None:
    assert words in faults(f"[push]\n{text}\n")


@pytest.mark.parametrize(
    "key", ["password", "Passwort_or_password", "secret_access_key", "token", "api_key"]
)
def test_a_secret_in_the_config_is_refused_and_not_repeated(key: str) -> None:
    said = faults(f'[push]\ntarget = "https://example.org/"\n{key} = "hunter2"\n')
    assert "does not belong in config.toml" in said
    assert "FEEDPUB_PASSWORD" in said
    assert "hunter2" not in said
    assert "does not belong" in faults(f'[push]\n{key} = "hunter2"\n')


def test_a_user_and_password_in_the_address_are_refused_and_not_repeated() -> None:
    said = faults('[push]\ntarget = "https://ada:hunter2@example.org/"\n')
    assert "must not hold a user or a password" in said
    assert "hunter2" not in said


def test_names_of_targets_are_there_and_differ() -> None:
    assert "`target[1].name` is missing" in faults('[[target]]\nurl = "file:///x"\n')
    two = '[[target]]\nname = "a"\nurl = "file:///x"\n' * 2
    assert '"a" is taken by another target' in faults(two)
