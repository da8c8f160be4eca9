"""The tables [output] and [[feed]]: which feeds there are, and in which formats."""

from __future__ import annotations

import re

from ..formats import FORMATS
from ..metadata import amount
from ..model import Amount
from ..parsing.values import Values
from ..settings import MAIN, FeedSettings, Site
from ..text.wording import listed, shown

FEED_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
DEFAULT_LIMIT = 50


def read_formats(output: Values) -> tuple[str, ...]:
    """The formats that `output` names, all where it names none."""
    names = output.texts("formats")
    if names is None:
        return tuple(FORMATS)
    for name in names:
        if name not in FORMATS:
            output.fault("formats", f"has {shown(name)}", f"Known are {listed(FORMATS)}.")
    if not names:
        output.fault("formats", "is empty", f"Name at least one of {listed(FORMATS)}.")
    return tuple(name for name in names if name in FORMATS)


def _limit(values: Values, default: int) -> int:
    number = values.number("limit")
    return default if number is None else number


def read_feeds(values: Values, output: Values, site: Site) -> tuple[FeedSettings, ...]:
    """The main feed, and one for each [[feed]] of `values`."""
    main = FeedSettings(
        name="",
        title=site.title,
        description=site.description,
        limit=_limit(output, DEFAULT_LIMIT),
        content=amount(output) or Amount.FULL,
    )
    feeds: dict[str, FeedSettings] = {}
    for table in values.tables("feed"):
        feed = _feed(table, main)
        if feed.name in feeds:
            table.fault("name", f"{shown(feed.name)} is taken by another feed")
        feeds[feed.name] = feed
    return (main, *feeds.values())


def _feed(table: Values, main: FeedSettings) -> FeedSettings:
    name = table.required("name")
    if name and (name == MAIN or not FEED_NAME.fullmatch(name)):
        table.fault(
            "name",
            f"can't be {shown(name)}",
            f'It becomes part of an address: small letters, digits, "-" and "_", and not "{MAIN}".',
        )
    tags = table.texts("tags")
    feed = FeedSettings(
        name=name,
        title=table.text("title") or f"{main.title}: {name}",
        description=table.text("description") or main.description,
        limit=_limit(table, main.limit),
        content=amount(table) or main.content,
        tags=frozenset(tag.casefold() for tag in tags or ()),
    )
    table.refuse_the_rest(("name", "title", "description", "tags", "limit", "content"))
    return feed
