"""Reads the tables `[output]` and `[[feed]]`: which feeds there are, and in which formats."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..formats import FORMATS
from ..metadata import read_amount
from ..model import Amount
from ..parsing.values import Values
from ..settings import MAIN, FeedSettings, Site
from ..text.wording import listed, shown
from .feed_names import read_feed_names, reject_shared_paths

_FEED_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")

# Entries. More than most readers keep of a feed, and still a file of some hundred kilobytes.
_DEFAULT_LIMIT = 50


def read_formats(output: Values) -> tuple[str, ...]:
    """The formats that the table `[output]` names, all of them if it names none."""
    names = output.text_list("formats")
    if names is None:
        return tuple(FORMATS)
    for name in names:
        if name not in FORMATS:
            problem, remedy = f"has {shown(name)}", f"Known are {listed(FORMATS)}."
            output.error("formats", "value-not-allowed", problem, remedy)
    if not names:
        remedy = f"Name at least one of {listed(FORMATS)}."
        output.error("formats", "value-empty", "is empty", remedy)
    return tuple(name for name in names if name in FORMATS)


def read_feeds(
    values: Values, output: Values, formats: Iterable[str], site: Site
) -> tuple[FeedSettings, ...]:
    """The main feed, then one for each `[[feed]]` of `values`.

    `output` is the table `[output]`, whose `limit` and `content` hold where a feed states none, and
    `formats` those that it names.
    """
    main = FeedSettings(
        name="",
        title=site.title,
        description=site.description,
        limit=_read_limit(output, _DEFAULT_LIMIT),
        content=read_amount(output) or Amount.FULL,
        paths=read_feed_names(output),
    )
    feeds: dict[str, FeedSettings] = {}
    for table in values.tables("feed"):
        feed = _read_feed(table, main)
        if feed.name in feeds:
            table.error("name", "name-duplicate", f"{shown(feed.name)} is taken by another feed")
        feeds[feed.name] = feed
    reject_shared_paths(output, (main, *(each for each in feeds.values() if each.name)), formats)
    return (main, *feeds.values())


def _read_feed(table: Values, main: FeedSettings) -> FeedSettings:
    name = table.required("name")
    if name and (name == MAIN or not _FEED_NAME.fullmatch(name)):
        table.error(
            "name",
            "name-invalid",
            f"can't be {shown(name)}",
            f'It becomes part of an address: small letters, digits, "-" and "_", and not "{MAIN}".',
        )
    tags = table.text_list("tags")
    feed = FeedSettings(
        name=name,
        title=table.text("title") or f"{main.title}: {name}",
        description=table.text("description") or main.description,
        limit=_read_limit(table, main.limit),
        content=read_amount(table) or main.content,
        tags=frozenset(tag.casefold() for tag in tags or ()),
        paths=read_feed_names(table),
    )
    table.reject_unknown_keys(("name", "title", "description", "tags", "limit", "content", "names"))
    return feed


def _read_limit(values: Values, default: int) -> int:
    limit = values.count("limit")
    return default if limit is None else limit
