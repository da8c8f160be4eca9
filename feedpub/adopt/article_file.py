"""An old entry to an article file: HTML, with its metadata between +++ at the head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo
from html import escape
from pathlib import Path
from urllib.parse import unquote

from ..entries.tag_uri import slugify
from ..errors import OutputError
from ..files import file_diagnostic
from ..html import plain_text
from ..metadata import ABSOLUTE_URI, EMAIL
from ..model import Enclosure, Person
from ..parsing.dates import in_utc
from ..parsing.toml import quoted
from ..text.excerpt import shorten
from .old_feed import OldEntry

LONGEST_SLUG = 50
"""Characters, at most 4 bytes each in UTF-8: with day, number and ending within 255 bytes, which is
the limit of most file systems."""

LONGEST_MADE_TITLE = 80
"""Characters of a title that is made of the text: one line in most readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticleFile:
    """An article file, not written yet: the name that it should have, and its text.

    `suffix` is the ending of the name, with its dot.
    """

    stem: str
    suffix: str
    text: str


def imported_article(entry: OldEntry, *, zone: tzinfo) -> NewArticleFile:
    """The article file of `entry`; the day in its name is that in `zone`."""
    title = entry.title or shorten(" ".join(plain_text(entry.content).split()), LONGEST_MADE_TITLE)
    day = entry.published.astimezone(zone).date() if entry.published else None
    head = "\n".join(_head(entry, title))
    text = f"+++\n{head}\n+++\n{_body(entry)}\n"
    return NewArticleFile(stem=article_stem(title, day), suffix=".html", text=text)


def article_stem(title: str, day: date | None) -> str:
    """The name of an article file without its ending: the day, if it is known, and the title."""
    slug = unquote(slugify(title))[:LONGEST_SLUG].strip("-")
    return f"{day.isoformat()}-{slug}" if day else slug


def write_article(folder: Path, article: NewArticleFile) -> str:
    """Writes a new file, numbered if another has its name; gives its name. Raises OutputError."""
    number = 1
    try:
        folder.mkdir(parents=True, exist_ok=True)
        while True:
            name = f"{article.stem}{f'-{number}' if number > 1 else ''}{article.suffix}"
            try:
                with (folder / name).open("x", encoding="utf-8") as stream:
                    stream.write(article.text)
                return name
            except FileExistsError:
                number += 1
    except OSError as error:
        raise OutputError(file_diagnostic(folder / article.stem, "written", error)) from None


def _body(entry: OldEntry) -> str:
    if entry.content or not entry.link:
        return entry.content
    return f'<p><a href="{escape(entry.link)}">{escape(entry.name, quote=False)}</a></p>'


def _head(entry: OldEntry, title: str) -> Iterator[str]:
    # What is no URI can stand in the ledger only.
    if ABSOLUTE_URI.fullmatch(entry.id):
        yield f"id = {quoted(entry.id)}"
    if title:
        yield f"title = {quoted(title)}"
    if entry.published:
        yield f"published = {in_utc(entry.published)}"
        if entry.updated and entry.updated > entry.published:
            yield f"updated = {in_utc(entry.updated)}"
    if entry.link:
        yield f"link = {quoted(entry.link)}"
    if entry.authors:
        yield f"authors = [{', '.join(map(_person, entry.authors))}]"
    if entry.tags:
        yield f"tags = [{', '.join(map(quoted, entry.tags))}]"
    if entry.enclosures:
        yield f"enclosure = [{', '.join(map(_enclosure, entry.enclosures))}]"


def _person(person: Person) -> str:
    parts = {"name": person.name, "uri": person.uri}
    if EMAIL.fullmatch(person.email):
        parts["email"] = person.email
    return _table(parts)


def _enclosure(enclosure: Enclosure) -> str:
    length = f", length = {enclosure.length}" if enclosure.length else ""
    return f"{_table({'url': enclosure.url, 'type': enclosure.type})[:-2]}{length} }}"


def _table(parts: dict[str, str]) -> str:
    return f"{{ {', '.join(f'{key} = {quoted(value)}' for key, value in parts.items() if value)} }}"
