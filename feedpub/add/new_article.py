"""An article to its file: metadata as YAML between --- and the text below it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from urllib.parse import urlsplit

from ..adopt.article_file import NewArticleFile, article_stem
from ..model import Day, Enclosure, Metadata, Person, Source
from ..parsing.dates import in_utc

_SCALARS = (
    "id title published updated expires draft link language rights image content clean minor "
    "summary"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article that is to be written; `body` is what stands below its metadata.

    `name` is what the file is named after where the metadata has no title. `suffix` is the ending
    of the file's name, with its dot.
    """

    metadata: Metadata
    body: str = ""
    name: str = ""
    suffix: str = ".md"

    @property
    def title(self) -> str:
        """The title, or what stands for it; never empty."""
        link = self.metadata.link or ""
        return self.metadata.title or self.name or _without_scheme(link) or "article"


def article_file(article: NewArticle, *, zone: tzinfo, today: date | None) -> NewArticleFile:
    """The file of `article`; its name begins with the day of its publication in `zone`, else with
    `today`, if that is given."""
    day = _day(article.metadata.published, zone) or today
    return NewArticleFile(
        stem=article_stem(article.title, day), suffix=article.suffix, text=article_text(article)
    )


def article_text(article: NewArticle) -> str:
    """The text of the file: a block of metadata, if there is any, and the body."""
    head = "".join(f"{line}\n" for line in _lines(article.metadata))
    return (f"---\n{head}---\n" if head else "") + article.body


def _lines(metadata: Metadata) -> Iterator[str]:
    for key in _SCALARS:
        value = getattr(metadata, key)
        if value is not None:
            yield f"{key}: {_scalar(value)}"
    if metadata.authors:
        yield f"authors: [{', '.join(map(_person, metadata.authors))}]"
    if metadata.tags is not None:
        yield f"tags: [{', '.join(map(_quoted, metadata.tags))}]"
    if metadata.source is not None:
        yield f"source: {_source(metadata.source)}"
    if metadata.enclosures:
        yield f"enclosure: [{', '.join(map(_enclosure, metadata.enclosures))}]"
    if metadata.note is not None:
        yield f"note: {_paragraphs(metadata.note)}"


def _scalar(value: str | bool | datetime | Day) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return in_utc(value)
    # As text, so that the zone of the site is not taken for one of its own.
    return value.date.isoformat() if isinstance(value, Day) else _quoted(value)


def _quoted(text: str) -> str:
    # A JSON string is a double-quoted scalar (YAML 1.2 §1.3).
    return json.dumps(text, ensure_ascii=False)


def _paragraphs(text: str) -> str:
    """A text of several lines as a block that is good to edit, where YAML keeps it as it is."""
    lines = text.split("\n")
    if len(lines) == 1 or lines[0] != lines[0].lstrip() or not all(map(_is_plain, lines)):
        return _quoted(text)
    return "|-\n" + "\n".join(f"  {line}" if line else "" for line in lines)


def _is_plain(line: str) -> bool:
    return not line or (line.isprintable() and line == line.rstrip())


def _person(person: Person) -> str:
    if not (person.email or person.uri) and "<" not in person.name:
        return _quoted(person.name)
    return _table({"name": person.name, "email": person.email, "uri": person.uri})


def _source(source: Source) -> str:
    updated = in_utc(source.updated) if source.updated else ""
    parts = {"title": source.title, "link": source.link, "id": source.id, "updated": updated}
    return _table(parts)


def _enclosure(enclosure: Enclosure) -> str:
    table = _table({"url": enclosure.url, "type": enclosure.type})
    return f"{table[:-2]}, length: {enclosure.length} }}" if enclosure.length else table


def _table(parts: dict[str, str]) -> str:
    return f"{{ {', '.join(f'{key}: {_quoted(value)}' for key, value in parts.items() if value)} }}"


def _day(when: datetime | Day | None, zone: tzinfo) -> date | None:
    if when is None:
        return None
    return when.date if isinstance(when, Day) else when.astimezone(zone).date()


def _without_scheme(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/")
