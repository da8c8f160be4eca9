"""The links of articles that state none, made from the pattern in config.toml."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from ..errors import Diagnostic
from ..model import Article, Record
from ..parsing.article_name import article_name
from ..parsing.dates import stem_without_date
from ..text.link_pattern import filled, placeholders
from ..text.urls import absolute
from .decision import Published

# The endings of web pages; what else follows a dot, as in `version-1.2`, is part of the name.
_PAGE_ENDING = re.compile(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedEntries:
    """Entries with their links; `diagnostics` name those that are left out, as another has the
    link that they would get."""

    published: tuple[Published, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def link_entries(
    published: Sequence[Published], known: Mapping[str, Record], pattern: str, zone: tzinfo
) -> LinkedEntries:
    """Gives a link to each entry that states none.

    `pattern` is in the normal form, "" to make no links; days are those of `zone`. Of several
    entries that would get one link, that which stands in the feeds already keeps it, if it is the
    only such one; `known` are the records by path.
    """
    if not pattern:
        return LinkedEntries(published=tuple(published))
    linked = tuple(_with_link(each, pattern, zone) for each in published)
    made: dict[str, list[str]] = defaultdict(list)
    for before, after in zip(published, linked, strict=True):
        if after is not before:
            made[after.article.metadata.link or ""].append(after.article.path)
    refused = {
        path: _duplicate(link, path, paths)
        for link, paths in made.items()
        for path in _losers(paths, known)
    }
    return LinkedEntries(
        published=tuple(each for each in linked if each.article.path not in refused),
        diagnostics=tuple(refused[path] for path in sorted(refused)),
    )


def _with_link(entry: Published, pattern: str, zone: tzinfo) -> Published:
    article = entry.article
    link = article.metadata.link or made_link(article, entry.record.published, pattern, zone)
    if not link or link == article.metadata.link:
        return entry
    return replace(entry, article=replace(article, metadata=replace(article.metadata, link=link)))


def _losers(paths: Sequence[str], known: Mapping[str, Record]) -> Sequence[str]:
    if len(paths) == 1:
        return ()
    standing = [path for path in paths if path in known and known[path].left_at is None]
    return [path for path in paths if len(standing) != 1 or path not in standing]


def _duplicate(link: str, path: str, paths: Iterable[str]) -> Diagnostic:
    others = " and ".join(each for each in paths if each != path)
    return Diagnostic(
        code="link-duplicate",
        place=path,
        problem=f"would get the link {link}, and so would {others}",
        remedy="Rename one of them, or give it a `slug` or a `link` of its own.",
    )


def made_link(article: Article, published: datetime, pattern: str, zone: tzinfo) -> str | None:
    """The link that `pattern` makes for `article`, None if it lacks what the pattern asks for."""
    day = published.astimezone(zone).date()
    path = PurePosixPath(article.path)
    values = {
        "year": f"{day.year:04}",
        "month": f"{day.month:02}",
        "day": f"{day.day:02}",
        "slug": _quoted(_slug(article)),
        "path": _quoted(path_of_page(article.path)),
        "permalink": _path_of(article.metadata.permalink or "").lstrip("/"),
        "section": _quoted(path.parts[0] if len(path.parts) > 1 else ""),
    }
    if "permalink" in placeholders(pattern) and not values["permalink"]:
        return None
    return absolute("", filled(pattern, values))


def _slug(article: Article) -> str:
    metadata = article.metadata
    if metadata.slug:
        return metadata.slug.strip("/")
    last = PurePosixPath(_path_of(metadata.permalink or "")).name
    return unquote(_PAGE_ENDING.sub("", last)) or slug_of_path(article.path)


def slug_of_path(path: str) -> str:
    """The name of the article at `path` without date and ending, such as `lavrov`."""
    name = article_name(path)
    return stem_without_date(name) or name


def path_of_page(path: str) -> str:
    """The path of an article without ending; `a/index.md`, beside its pictures, is `a`."""
    page = PurePosixPath(path).with_suffix("")
    return (page.parent if page.name == "index" and page.parent.name else page).as_posix()


def _path_of(permalink: str) -> str:
    # Hugo's and Jekyll's is a path, that of some others a whole address.
    return urlsplit(permalink).path if "://" in permalink else permalink


def _quoted(text: str) -> str:
    return quote("-".join(text.split()), safe="/!$&'()*+,;=:@~")
