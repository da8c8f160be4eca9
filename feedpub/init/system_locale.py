"""The time zone and the language that the system is set to."""

from __future__ import annotations

import os
from collections.abc import Mapping


def system_timezone(environ: Mapping[str, str]) -> str:
    """The name of the time zone, such as Europe/Lisbon, empty where it has no such name."""
    stated = environ.get("TZ", "").removeprefix(":")
    linked = os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2]
    for name in (stated, linked):
        if "/" in name and not name.startswith("/"):
            return name
    return ""


def system_language(environ: Mapping[str, str]) -> str:
    """The language of the messages (ISO 639), "en" where the locale names none."""
    stated = (environ.get(key) for key in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = next(filter(None, stated), "").partition("_")[0].partition(".")[0]
    return language if language.isalpha() and len(language) in (2, 3) else "en"
