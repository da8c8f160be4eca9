"""Reads the people who wrote an article, or all articles of a site (RFC 4287 §3.2)."""

from __future__ import annotations

import re

from ..model import Person
from ..parsing.values import Values
from ..text.wording import shown, type_name
from .fields import read_web_address

EMAIL = re.compile(r"[A-Za-z0-9_.+%'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""An address that mail programs take: part of what RFC 5322 §3.4.1 allows, without quotes."""

_NAME_AND_EMAIL = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<email>[^<>]+)>")


def read_people(values: Values) -> tuple[Person, ...]:
    """The people under `author` or `authors`: a name, a table, or a list of either."""
    if values.has("author") and values.has("authors"):
        values.error("authors", "key-duplicate", "and `author` are both there", "Keep one.")
    key = "author" if values.has("author") else "authors"
    by_key = {name: values.pop(name) for name in ("author", "authors")}
    value = by_key[key]
    if value is None or value == "":
        return ()
    items = value if isinstance(value, list) else [value]
    people = (_read_person(values, key, item) for item in items)
    return tuple(dict.fromkeys(person for person in people if person is not None))


def _read_person(values: Values, key: str, value: object) -> Person | None:
    if isinstance(value, dict):
        person = values.nested(key, value)
        name, email = person.text("name"), person.text("email")
        uri = read_web_address(person, "uri") or read_web_address(person, "url")
        person.reject_unknown_keys(("name", "email", "uri"), {"mail": "email", "link": "uri"})
    elif isinstance(value, str):
        text, uri = values.nested(key, {"name": value}).text("name") or "", None
        match = _NAME_AND_EMAIL.fullmatch(text)
        name, email = (match["name"], match["email"]) if match else (text, None)
    else:
        problem = f"must be a name or a table with a name, not {type_name(value)}"
        values.error(key, "value-wrong-type", problem)
        return None
    return _check_person(values, key, name or "", email or "", uri or "")


def _check_person(values: Values, key: str, name: str, email: str, uri: str) -> Person | None:
    if not email and EMAIL.fullmatch(name):
        problem = f"{shown(name)} is an e-mail address without a name"
        values.error(key, "person-without-name", problem, 'Write "Name <a@b.org>".')
        return None
    if not name:
        remedy = 'Write a name: author = "Ada Lovelace".'
        values.error(key, "person-without-name", "has no name", remedy)
        return None
    if email and not EMAIL.fullmatch(email):
        values.error(key, "email-invalid", f"{shown(email)} is not an e-mail address")
        return None
    return Person(name=name, email=email, uri=uri)
