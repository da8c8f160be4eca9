"""config.toml to Settings; gathers every fault before it speaks."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from pathlib import Path

from .cleaning import compile_rule, rule_names
from .dates import DATE_ORDERS, find_zone
from .errors import ConfigError, DateError, Fault
from .formats import FORMATS
from .metadata import amount, language, people, read_metadata, web_address
from .model import (
    Amount,
    ArticleTable,
    CleaningRule,
    FeedSettings,
    Settings,
    Site,
)
from .targets import read_targets
from .toml import TomlError, key_path, read_toml
from .urls import host, is_web
from .values import Place, Values, listed, nearest, shown

FILE_NAME = "config.toml"
DEFAULT_LIMIT = 50
FEED_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
MAIN = "main"
ENDINGS = frozenset(("txt", "md", "markdown", "html"))

SECTIONS = ("site articles output cleaning article feed push target publish").split()
SITE_KEYS = (
    "title url description language timezone date_order author authors rights logo icon"
).split()
SITE_SYNONYMS = {
    "name": "title",
    "link": "url",
    "base_url": "url",
    "baseurl": "url",
    "subtitle": "description",
    "lang": "language",
    "tz": "timezone",
    "copyright": "rights",
    "image": "logo",
    "favicon": "icon",
}


def load_settings(file: Path) -> Settings:
    """Reads and checks config.toml; raises ConfigError with every fault in it."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        problem = "there is no such file"
        remedy = "Run `feedpub init` to start a folder, or name the file with --config."
        raise ConfigError(Fault(place=str(file), problem=problem, remedy=remedy)) from None
    except OSError as error:
        problem = f"can't be read: {error.strerror}"
        raise ConfigError(Fault(place=str(file), problem=problem)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem, remedy = "this is not UTF-8 text", "Save the file as UTF-8."
        raise ConfigError(
            Fault(place=str(file), line=line, problem=problem, remedy=remedy)
        ) from None
    return read_settings(text, file)


def read_settings(text: str, file: Path) -> Settings:
    """Checks `text`, which stands in `file`; raises ConfigError."""
    try:
        toml = read_toml(text.replace("\r\n", "\n"))
    except TomlError as error:
        problem = f"this is not TOML: {error}"
        raise ConfigError(Fault(place=str(file), line=error.line, problem=problem)) from None
    values = Values(toml.table, Place(name=str(file), line_of=toml.line_of))
    settings = _settings(values, file.absolute())
    if values.faults:
        raise ConfigError(*sorted(values.faults, key=lambda fault: fault.line))
    return settings


def _settings(values: Values, file: Path) -> Settings:
    site = _site(values)
    articles = values.table("articles") or values.inner("articles", {})
    output = values.table("output") or values.inner("output", {})
    push = values.table("push") or values.inner("push", {})
    article_path, output_path = articles.text("path"), output.text("path")
    formats = _formats(output)
    main = FeedSettings(
        name="",
        title=site.title,
        description=site.description,
        limit=_limit(output, DEFAULT_LIMIT),
        content=amount(output) or Amount.FULL,
    )
    rules, disabled = _cleaning(values)
    settings = Settings(
        file=file,
        site=site,
        articles=file.parent / (article_path or "articles"),
        output=file.parent / (output_path or "feeds"),
        formats=formats,
        feeds=(main, *_more_feeds(values, main)),
        tables=_article_tables(values, site),
        cleaning_rules=rules,
        cleaning_disabled=disabled,
        hubs=_hubs(push),
        tombstones=output.flag("tombstones") is not False,
        heartbeat=_heartbeat(values),
        targets=read_targets(values, push, public=site.url, folder=file.parent),
    )
    articles.refuse_the_rest(("path",))
    output.refuse_the_rest(("path", "formats", "limit", "content", "tombstones"))
    values.refuse_the_rest(SECTIONS, {"feeds": "feed", "hubs": "push"})
    return settings


def _site(values: Values) -> Site:
    if not values.said("site"):
        values.fault("site", "is missing", "Add a [site] table with a title and a url.")
    site = values.table("site") or values.inner("site", {"title": "?", "url": "https://invalid/"})
    result = Site(
        title=_required(site, "title"),
        url=_site_url(site),
        description=site.text("description") or "",
        language=language(site) or "",
        zone=_zone(site),
        date_order=site.choice("date_order", DATE_ORDERS) or "",
        authors=people(site),
        rights=site.text("rights") or "",
        logo=web_address(site, "logo") or "",
        icon=web_address(site, "icon") or "",
    )
    site.refuse_the_rest(SITE_KEYS, SITE_SYNONYMS)
    return result


def _required(values: Values, key: str) -> str:
    said = values.said(key)
    text = values.text(key)
    if not text and not (said and values.faults):
        values.fault(key, "is empty" if said else "is missing")
    return text or ""


def _site_url(site: Values) -> str:
    if not site.said("url"):
        site.fault(
            "url", "is missing", "Say where the contents of the output folder will be served."
        )
        return "https://invalid/"
    url = web_address(site, "url")
    if url is None:
        return "https://invalid/"
    if "?" in url or "#" in url:
        site.fault("url", "must not have a query or a fragment", "It is the address of a folder.")
    return url if url.endswith("/") else url + "/"


def _zone(site: Values) -> tzinfo:
    name = site.text("timezone")
    try:
        return find_zone(name) if name else UTC
    except DateError as error:
        site.fault("timezone", f"can't be used: {error}")
        return UTC


def _formats(output: Values) -> tuple[str, ...]:
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


def _more_feeds(values: Values, main: FeedSettings) -> tuple[FeedSettings, ...]:
    feeds: dict[str, FeedSettings] = {}
    for table in values.tables("feed"):
        feed = _feed(table, main)
        if feed.name in feeds:
            table.fault("name", f"{shown(feed.name)} is taken by another feed")
        feeds[feed.name] = feed
    return tuple(feeds.values())


def _feed(table: Values, main: FeedSettings) -> FeedSettings:
    name = _required(table, "name")
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


def _article_tables(values: Values, site: Site) -> tuple[ArticleTable, ...]:
    articles = values.take("article")
    if articles is None:
        return ()
    if not isinstance(articles, dict):
        values.fault("article", "must be tables", 'Write [article."name.txt"].')
        return ()
    return tuple(_article_table(values, site, name, each) for name, each in articles.items())


def _article_table(values: Values, site: Site, pattern: str, table: object) -> ArticleTable:
    path = key_path("article", pattern)
    if not isinstance(table, dict) or ENDINGS.intersection(table):
        ending = next(iter(ENDINGS.intersection(table)), "") if isinstance(table, dict) else ""
        values.fault(
            f"{path}.{ending}".rstrip("."),
            "must be a table of metadata",
            'A file name has a dot in it, so write it in quotes: [article."name.txt"].',
        )
        return ArticleTable(pattern=pattern, metadata=read_metadata({}, values.place, site)[0])
    line_of = values.place.line_of
    place = Place(name=values.place.name, line_of=lambda key: line_of(f"{path}.{key}"))
    metadata, faults = read_metadata(table, place, site)
    values.faults.extend(faults)
    return ArticleTable(pattern=pattern, metadata=metadata, line=line_of(path))


def _cleaning(values: Values) -> tuple[tuple[CleaningRule, ...], frozenset[str]]:
    cleaning = values.table("cleaning")
    if cleaning is None:
        return (), frozenset()
    rules = tuple(rule for table in cleaning.tables("rule") if (rule := _rule(table)))
    disabled = cleaning.texts("disable") or ()
    known = (*rule_names(), *(rule.name for rule in rules))
    for name in disabled:
        if name not in known:
            offer = nearest(name, known)
            remedy = f"Did you mean `{offer}`?" if offer else f"Known are {listed(known)}."
            cleaning.fault("disable", f"names {shown(name)}, which is not a rule", remedy)
    cleaning.refuse_the_rest(("disable", "rule"), {"rules": "rule"})
    return rules, frozenset(disabled)


def _rule(table: Values) -> CleaningRule | None:
    name, pattern = _required(table, "name"), table.take("pattern")
    where = table.text("where") or "anywhere"
    table.refuse_the_rest(("name", "pattern", "where"), {"regex": "pattern", "match": "pattern"})
    if not isinstance(pattern, str) or not pattern:
        table.fault("pattern", "is missing or not a text", "Write a regular expression in '…'.")
        return None
    rule = CleaningRule(name=name, pattern=pattern, where=where)
    try:
        compile_rule(rule)
    except ValueError as error:
        table.fault("pattern", str(error))
        return None
    return rule


def _heartbeat(values: Values) -> str:
    publish = values.table("publish")
    if publish is None:
        return ""
    url = web_address(publish, "heartbeat") or ""
    publish.refuse_the_rest(("heartbeat",), {"ping": "heartbeat", "healthcheck": "heartbeat"})
    return url


def _hubs(push: Values) -> tuple[str, ...]:
    hubs = push.texts("hubs") or ()
    for hub in hubs:
        if not is_web(hub) or not host(hub):
            push.fault("hubs", f"has {shown(hub)}, which is not a web address")
    return hubs
