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
# A link of Markdown, and what may stand between several.
_LINK = re.compile(r"\[(?P<name>[^\[\]]+)\]\(<?(?P<uri>[^\s()<>]+)>?(?:\s+\"[^\"]*\")?\)")
_BETWEEN = re.compile(r"(?:[\s,;&]|\band\b|\bby\b)*", re.IGNORECASE)


def read_people(values: Values) -> tuple[Person, ...]:
    """The people under `author` or `authors`: a name, a table, or a list of either.

    A name may be a link of Markdown, whose target is then the address of the person.
    """
    if values.has("author") and values.has("authors"):
        values.error("authors", "key-duplicate", "and `author` are both there", "Keep one.")
    key = "author" if values.has("author") else "authors"
    by_key = {name: values.pop(name) for name in ("author", "authors")}
    value = by_key[key]
    if value is None or value == "":
        return ()
    items = value if isinstance(value, list) else [value]
    names = [name for item in items for name in _split(item)]
    people = (_read_person(values, key, name) for name in names)
    return tuple(dict.fromkeys(person for person in people if person is not None))


def _split(item: object) -> list[object]:
    """The people that a text names by links; else `item` itself, with the texts of its links."""
    if not isinstance(item, str) or "](" not in item:
        return [item]
    if _BETWEEN.fullmatch(_LINK.sub("", item)):
        return [_linked(link["name"], link["uri"]) for link in _LINK.finditer(item)]
    return [_LINK.sub(r"\g<name>", item)]


def _linked(name: str, uri: str) -> object:
    is_mail = uri.startswith("mailto:")
    return {"name": name, ("email" if is_mail else "uri"): uri.removeprefix("mailto:")}


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
