"""Atom, under the schema of RFC 4287 and what validators add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from .document import (
    complaints_about_blanks,
    complaints_about_document,
    complaints_about_entry_links,
    complaints_about_links,
)
from .html import complaints_about_html, plain
from .names import ATOM, XML, repeated, text, texts
from .texts import EMAIL, LANGUAGE, complaints_about_id, complaints_about_time

MEDIA_TYPE = "application/atom+xml"
DATES = f"{ATOM}updated", f"{ATOM}published"
UTC_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).parent.parent / "schema" / "atom.rng"))


def complaints_about_atom(content: bytes, url: str, now: datetime | None = None) -> list[str]:
    """What is wrong with an Atom feed that stands at `url`; `now` is for dates of the future."""
    root = etree.fromstring(content)
    entries = root.findall(f"{ATOM}entry")
    said = list(complaints_about_document(content, root))
    schema = _schema()
    if not schema.validate(root):
        said += [str(error) for error in schema.error_log]
    said += complaints_about_blanks(root)
    said += complaints_about_links(root, url, MEDIA_TYPE)
    said += _about_head(root, entries)
    said += repeated("id", (text(entry, f"{ATOM}id") for entry in entries))
    said += repeated("updated", (text(entry, f"{ATOM}updated") for entry in entries))
    for entry in entries:
        name = text(entry, f"{ATOM}id")
        said += (f"{name}: {each}" for each in _about_entry(entry, now))
    return said


def _about_head(root: Any, entries: list[Any]) -> Iterator[str]:
    for uri in texts(root, f"{ATOM}id") + texts(root, f"{ATOM}logo") + texts(root, f"{ATOM}icon"):
        yield from complaints_about_id(uri)
    if root.find(f"{ATOM}author") is None and (
        not entries or any(entry.find(f"{ATOM}author") is None for entry in entries)
    ):
        yield "no author"
    if not LANGUAGE.fullmatch(root.get(f"{XML}lang", "")):
        yield "no language"
    if any(child.tag != f"{ATOM}entry" for child in root[len(root) - len(entries) :]):
        yield "metadata after entries"
    if any(text(entry, f"{ATOM}updated") > text(root, f"{ATOM}updated") for entry in entries):
        yield "an entry is newer than its feed"
    published = [text(entry, f"{ATOM}published") for entry in entries]
    if published != sorted(published, reverse=True):
        yield "not newest first"
    for name in texts(root, f".//{ATOM}author/{ATOM}name"):
        if EMAIL.search(name):
            yield f"the name {name!r} holds an e-mail address"


def _about_entry(entry: Any, now: datetime | None) -> Iterator[str]:
    yield from complaints_about_id(text(entry, f"{ATOM}id"))
    yield from complaints_about_entry_links(entry)
    yield from _about_texts(entry)
    if text(entry, f"{ATOM}updated") < text(entry, f"{ATOM}published"):
        yield "updated before it was published"
    for moment in (text(entry, tag) for tag in DATES):
        if (read := _utc(moment)) is None:
            yield f"{moment} is not a date in UTC"
        else:
            yield from complaints_about_time(read, now)
    for source in entry.findall(f"{ATOM}source"):
        for part in ("id", "title", "updated"):
            if not text(source, f"{ATOM}{part}"):
                yield f"source without {part}"
        yield from complaints_about_id(text(source, f"{ATOM}id"))


def _utc(moment: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(moment) if UTC_DATE.fullmatch(moment) else None
    return None


def _about_texts(entry: Any) -> Iterator[str]:
    tags = [child.tag for child in entry]
    has_summary, has_content = f"{ATOM}summary" in tags, f"{ATOM}content" in tags
    html = text(entry, f"{ATOM}content")
    if has_summary and has_content:
        if tags.index(f"{ATOM}summary") > tags.index(f"{ATOM}content"):
            yield "summary after content"
        if " ".join(text(entry, f"{ATOM}summary").split()) == plain(html):
            yield "summary is the content"
    if not has_summary and not has_content:
        yield "neither summary nor content"
    if not has_content and entry.find(f"{ATOM}link[@rel='alternate']") is None:
        yield "neither content nor alternate link"
    yield from complaints_about_html(html)
