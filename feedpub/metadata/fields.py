"""Reads single values of articles and feeds: addresses, dates, ids, languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from ..errors import DateError
from ..model import Amount, Day
from ..parsing.dates import as_moment, read_date
from ..parsing.values import Values
from ..settings import Site
from ..text.urls import absolute, is_web
from ..text.wording import shown, type_name

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A language tag that begins with a code of ISO 639 (BCP 47, RFC 5646 §2.1)."""

ABSOLUTE_URI = re.compile(r"[a-z][a-z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Z_a-z~-]+")
"""A scheme in lower case and the characters of RFC 3986 §2, without brackets."""

# RFC 4151 §2.1: an authority, a date, and a specific part.
_TAG_URI = re.compile(r"tag:[a-z0-9.@_-]+,\d{4}(-\d\d){0,2}:\S*", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?:[/?#]|$)", re.I)
# Names of files that look like a host: .md is Moldova.
_FILE_NAME = re.compile(r"[^/]*\.(?:md|markdown|txt|html?|php|aspx?)$", re.IGNORECASE)
_DATE_REMEDY = "Write it as 2019-05-02 or 2019-05-02T17:00:00+02:00."


def read_web_address(values: Values, key: str) -> str | None:
    """The absolute http or https URL under `key`, in its normal form."""
    return check_web_address(values, key, values.text(key))


def with_scheme(text: str) -> str:
    """`text`, with https:// before it where it begins with the name of a host."""
    if _WITHOUT_SCHEME.match(text) and not _FILE_NAME.match(text):
        return f"https://{text}"
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Permalink:
    """Where another tool publishes an article: a path, or an address in full; at most one."""

    path: str | None = None
    address: str | None = None


def read_permalink(values: Values) -> Permalink:
    """The path or the address under `permalink`."""
    text = values.text("permalink")
    if text is not None and "://" in text:
        return Permalink(address=check_web_address(values, "permalink", text))
    return Permalink(path=text)


def check_web_address(values: Values, key: str, text: str | None) -> str | None:
    """`text`, the value of `key`, as an absolute http or https URL in its normal form.

    An error of `key` and None where it is not one, or holds a user or a password.
    """
    if text is None:
        return None
    url = absolute("https://invalid/", text) if "://" in text else None
    if "@" in text.partition("://")[2].partition("/")[0]:
        problem = "must hold no user and no password"
        values.error(key, "secret-in-address", problem, "Everybody will read it.")
        return None
    if url is None or not is_web(url):
        problem = f"must be a web address, not {shown(text)}"
        remedy = "Write it in full, such as https://example.org/page."
        values.error(key, "address-invalid", problem, remedy)
        return None
    return url


def read_media_address(values: Values, key: str, base: str) -> str | None:
    """The absolute http or https URL of a file; under `key` it may be relative to `base`."""
    text = values.text(key)
    if text is None:
        return None
    url = absolute(base, text)
    if url is None or not is_web(url):
        problem = f"must be the address of a file on the web, not {shown(text)}"
        values.error(key, "address-invalid", problem)
        return None
    return url


def read_moment(values: Values, key: str, site: Site) -> datetime | Day | None:
    """The date under `key`, as TOML or YAML types it or as `read_date` reads it from a text.

    A moment in UTC; without a zone of its own it is read in that of `site`.
    """
    value = values.pop(key)
    if value is None or value == "":
        return None
    try:
        if isinstance(value, date):
            return as_moment(value, site.zone)
        if isinstance(value, str):
            return read_date(value, zone=site.zone, date_order=site.date_order)
    except DateError as error:
        values.error(key, "date-unreadable", f"can't be read: {error}")
        return None
    problem = f"must be a date, not {type_name(value)}"
    values.error(key, "value-wrong-type", problem, _DATE_REMEDY)
    return None


def read_id(values: Values) -> str | None:
    """The permanent id of an entry (RFC 4287 §4.2.6) under `id`: an absolute URI."""
    text = values.text("id")
    if text is None:
        return None
    if not ABSOLUTE_URI.fullmatch(text) or (
        text.startswith("tag:") and not _TAG_URI.fullmatch(text)
    ):
        values.error(
            "id",
            "id-invalid",
            f"must be an absolute URI in ASCII, not {shown(text)}",
            "Write a tag: or urn:uuid: URI or an https address, or leave the key out: "
            "feedpub makes ids by itself.",
        )
        return None
    return text


def read_language(values: Values) -> str | None:
    """The language tag (BCP 47) under `language`."""
    text = values.text("language")
    if text is None or LANGUAGE.fullmatch(text):
        return text
    problem = f"must be a language tag, not {shown(text)}"
    values.error("language", "language-invalid", problem, 'Write "en", "de" or "pt-BR".')
    return None


def read_amount(values: Values) -> Amount | None:
    """How much of an article is published, under `content`."""
    return values.member("content", Amount)
