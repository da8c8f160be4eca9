"""One value of an article or of a feed: its type and its form."""

from __future__ import annotations

import re
from datetime import date, datetime

from ..errors import DateError
from ..model import Amount, Day
from ..parsing.dates import as_moment, read_date
from ..parsing.values import Values
from ..settings import Site
from ..text.urls import absolute, is_web
from ..text.wording import shown, type_name

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
ABSOLUTE_URI = re.compile(r"[a-z][a-z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]+")
TAG_URI = re.compile(r"tag:[a-z0-9.@_-]+,\d{4}(-\d\d){0,2}:\S*", re.IGNORECASE)
EXAMPLE_DATE = "Write it as 2019-05-02 or 2019-05-02T17:00:00+02:00."


def web_address(values: Values, key: str) -> str | None:
    """An absolute http(s) address, normalised."""
    return checked_address(values, key, values.text(key))


def checked_address(values: Values, key: str, text: str | None) -> str | None:
    """`text`, which stands under `key`, as `web_address` has it."""
    if text is None:
        return None
    url = absolute("https://invalid/", text) if "://" in text else None
    if "@" in text.partition("://")[2].partition("/")[0]:
        values.fault(key, "must hold no user and no password", "Everybody will read it.")
        return None
    if url is None or not is_web(url):
        values.fault(
            key,
            f"must be a web address, not {shown(text)}",
            "Write it in full, such as https://example.org/page.",
        )
        return None
    return url


def media_address(values: Values, key: str, base: str) -> str | None:
    """The address of a file on the web; it may be relative to `base`."""
    text = values.text(key)
    if text is None:
        return None
    url = absolute(base, text)
    if url is None or not is_web(url):
        values.fault(key, f"must be the address of a file on the web, not {shown(text)}")
        return None
    return url


def read_moment(values: Values, key: str, site: Site) -> datetime | Day | None:
    """A date that TOML or YAML has typed, or one in any writing that means one thing only."""
    value = values.take(key)
    if value is None or value == "":
        return None
    try:
        if isinstance(value, date):
            return as_moment(value, site.zone)
        if isinstance(value, str):
            return read_date(value, zone=site.zone, date_order=site.date_order)
    except DateError as error:
        values.fault(key, f"can't be read: {error}")
        return None
    values.fault(key, f"must be a date, not {type_name(value)}", EXAMPLE_DATE)
    return None


def identifier(values: Values) -> str | None:
    """An IRI that an entry may have for ever (RFC 4287 §4.2.6), in ASCII."""
    text = values.text("id")
    if text is None:
        return None
    if not ABSOLUTE_URI.fullmatch(text) or (
        text.startswith("tag:") and not TAG_URI.fullmatch(text)
    ):
        values.fault(
            "id",
            f"must be an absolute URI in ASCII, not {shown(text)}",
            "Write a tag: or urn:uuid: URI or an https address, or leave the key out: "
            "feedpub makes ids by itself.",
        )
        return None
    return text


def language(values: Values) -> str | None:
    """A language tag (BCP 47)."""
    text = values.text("language")
    if text is None or LANGUAGE.fullmatch(text):
        return text
    values.fault(
        "language", f"must be a language tag, not {shown(text)}", 'Write "en", "de" or "pt-BR".'
    )
    return None


def amount(values: Values) -> Amount | None:
    """How much of the articles is published."""
    word = values.choice("content", [each.value for each in Amount])
    return Amount(word) if word else None
