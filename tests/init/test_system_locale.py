"""The time zone and the language that a new config.toml states."""

from __future__ import annotations

import pytest

from feedpub.init.system_locale import system_language, system_timezone


@pytest.mark.parametrize("stated", ["Europe/Lisbon", ":Europe/Lisbon"])
def test_the_time_zone_is_that_of_tz(stated: str) -> None:
    assert system_timezone({"TZ": stated}) == "Europe/Lisbon"


@pytest.mark.parametrize("stated", ["UTC", "CET-1CEST", "/usr/share/zoneinfo/Europe/Lisbon"])
def test_a_tz_that_names_no_zone_is_passed_over(stated: str) -> None:
    assert system_timezone({"TZ": stated}) == system_timezone({})


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "pt_PT"}, "pt"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "fr.UTF-8"}, "fr"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, "de"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_messages(environ: dict[str, str], language: str) -> None:
    assert system_language(environ) == language
