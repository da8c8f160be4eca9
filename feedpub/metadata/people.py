"""Who wrote something."""

from __future__ import annotations

import re

from ..model import Person
from ..parsing.values import Values
from ..text.wording import shown, type_name
from .fields import web_address

EMAIL = re.compile(r"[A-Za-z0-9_.+%'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
NAME_AND_EMAIL = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<email>[^<>]+)>")


def people(values: Values) -> tuple[Person, ...]:
    """The people under `author` or `authors`: a name, a table, or a list of either."""
    if values.said("author") and values.said("authors"):
        values.fault("authors", "and `author` are both there", "Keep one.")
    key = "author" if values.said("author") else "authors"
    said = {name: values.take(name) for name in ("author", "authors")}
    value = said[key]
    if value is None or value == "":
        return ()
    listed = value if isinstance(value, list) else [value]
    found = (_person(values, key, item) for item in listed)
    return tuple(dict.fromkeys(person for person in found if person is not None))


def _person(values: Values, key: str, value: object) -> Person | None:
    if isinstance(value, dict):
        inner = values.inner(key, value)
        name, email = inner.text("name"), inner.text("email")
        uri = web_address(inner, "uri") or web_address(inner, "url")
        inner.refuse_the_rest(("name", "email", "uri"), {"mail": "email", "link": "uri"})
    elif isinstance(value, str):
        inner = values.inner(key, {"name": value, "email": ""})
        text, uri = inner.text("name") or "", None
        written = NAME_AND_EMAIL.fullmatch(text)
        name, email = (written["name"], written["email"]) if written else (text, None)
    else:
        values.fault(key, f"must be a name or a table with a name, not {type_name(value)}")
        return None
    return _checked_person(values, key, name or "", email or "", uri or "")


def _checked_person(values: Values, key: str, name: str, email: str, uri: str) -> Person | None:
    if not email and EMAIL.fullmatch(name):
        values.fault(
            key, f"{shown(name)} is an e-mail address without a name", 'Write "Name <a@b.org>".'
        )
        return None
    if not name:
        values.fault(key, "has no name", 'Write a name: author = "Ada Lovelace".')
        return None
    if email and not EMAIL.fullmatch(email):
        values.fault(key, f"{shown(email)} is not an e-mail address")
        return None
    return Person(name=name, email=email, uri=uri)
