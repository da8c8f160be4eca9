"""Entries whose article is there, but left out at the moment, so that it can't be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ..articles.folder import ArticleFile
from ..entries.links import slug_of_path
from ..entries.tag_uri import slugify
from ..errors import Diagnostic, Severity
from .old_feed import OldEntry
from .scoring import DISTINCTIVE_TITLE
from .shingles import words_of


def left_out_articles(
    entries: Sequence[OldEntry], files: Iterable[ArticleFile]
) -> Mapping[str, str]:
    """The path of the file that each of `entries` may be, by the id of the entry.

    `files` can't be read as articles. One is taken for that of an entry whose link or title is its
    name, or of which an address or a distinctive title is in its text.
    """
    found: dict[str, str] = {}
    for file in files:
        text = _text(file)
        words = f" {' '.join(words_of(text))} "
        name = slugify(slug_of_path(file.path))
        for entry in entries:
            if name in _names(entry) or _is_in(entry, text, words):
                found.setdefault(entry.id, file.path)
    return found


def left_out_notes(
    entries: Iterable[OldEntry], left_out: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """A warning for each entry that is not imported, as its article is left out."""
    for entry in entries:
        if path := left_out.get(entry.id):
            yield Diagnostic(
                code="entry-of-article-left-out",
                severity=Severity.WARNING,
                place=path,
                problem=f"is left out, and seems to be the article of “{entry.name}”, which is "
                "not imported",
                remedy="Correct the file, then adopt again.",
            )


def _text(file: ArticleFile) -> str:
    try:
        return file.file.read_bytes().decode(errors="replace")
    except OSError:
        return ""


def _names(entry: OldEntry) -> set[str]:
    last = PurePosixPath(unquote(urlsplit(entry.link).path)).stem
    return {slugify(each) for each in (last, entry.title) if each}


def _is_in(entry: OldEntry, text: str, words: str) -> bool:
    title = words_of(entry.title)
    if len(title) >= DISTINCTIVE_TITLE and f" {' '.join(title)} " in words:
        return True
    return any(
        re.search(rf"{re.escape(each)}(?!\w)", text)
        for each in (entry.id, entry.link)
        if _names_a_page(each)
    )


def _names_a_page(address: str) -> bool:
    # The home page, or an id that is only a number, is in many texts.
    parts = urlsplit(address)
    return bool(parts.netloc and (parts.path.strip("/") or parts.query))
