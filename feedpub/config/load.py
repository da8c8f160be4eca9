"""Reads config.toml as a whole; every error in it is reported at once."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

from ..errors import ConfigError, Diagnostic
from ..files import file_diagnostic
from ..parsing.toml import TomlError, read_toml
from ..parsing.values import Place, Values
from ..settings import Settings
from ..text.urls import host, is_web
from ..text.wording import shown
from .article_links import read_link_pattern
from .article_tables import read_article_tables
from .cleaning import read_cleaning
from .feeds import read_feeds, read_formats
from .publish import read_publish
from .site import read_site
from .sources import read_sources
from .targets import read_targets

_SECTIONS = ("site articles output cleaning article feed source push target publish").split()


def load_settings(file: Path) -> Settings:
    """Reads and checks `file`, a config.toml in UTF-8; raises ConfigError with all its errors."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        problem = "there is no such file"
        remedy = "Run `feedpub init` to start a folder, or name the file with --config."
        raise _error(file, "config-missing", problem, remedy) from None
    except OSError as error:
        raise ConfigError(file_diagnostic(file, "read", error)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem, remedy = "this is not UTF-8 text", "Save the file as UTF-8."
        raise _error(file, "encoding-not-utf-8", problem, remedy, line=line) from None
    return read_settings(text, file)


def read_settings(text: str, file: Path) -> Settings:
    """Checks `text`, the content of `file`; raises ConfigError with all errors, sorted by line.

    Folders that it names are relative to that of `file`.
    """
    try:
        toml = read_toml(text.replace("\r\n", "\n"))
    except TomlError as error:
        problem = f"this is not TOML: {error}"
        raise _error(file, "toml-invalid", problem, error.remedy, error.line) from None
    values = Values(toml.table, Place(name=str(file), line_of=toml.line_of))
    settings = _read_values(values, file.absolute())
    if values.diagnostics:
        raise ConfigError(*sorted(values.diagnostics, key=lambda each: each.line))
    return settings


def _error(file: Path, code: str, problem: str, remedy: str = "", line: int = 0) -> ConfigError:
    return ConfigError(
        Diagnostic(code=code, place=str(file), line=line, problem=problem, remedy=remedy)
    )


def _read_values(values: Values, file: Path) -> Settings:
    site = read_site(values)
    articles = values.table("articles") or values.nested("articles", {})
    output = values.table("output") or values.nested("output", {})
    push = values.table("push") or values.nested("push", {})
    article_path, output_path = articles.text("path"), output.text("path")
    formats = read_formats(output)
    rules, disabled = read_cleaning(values)
    sources = read_sources(values)
    publish = read_publish(values, sources)
    settings = Settings(
        file=file,
        site=site,
        articles=file.parent / (article_path or "articles"),
        output=file.parent / (output_path or "feeds"),
        formats=formats,
        feeds=read_feeds(values, output, formats, site),
        link_pattern=read_link_pattern(articles, site),
        git_dates=articles.choice("dates", ("git",)) is not None,
        tables=read_article_tables(values, site),
        include=_read_globs(articles, "include"),
        exclude=_read_globs(articles, "exclude"),
        cleaning_rules=rules,
        cleaning_disabled=disabled,
        hubs=_read_hubs(push),
        tombstones=output.boolean("tombstones") is not False,
        heartbeat=publish.heartbeat,
        install=publish.install,
        sources=sources,
        publish_sources=publish.sources,
        targets=read_targets(values, push, public=site.url, folder=file.parent),
    )
    articles.reject_unknown_keys(
        ("path", "include", "exclude", "link", "dates"),
        {"permalink": "link", "permalinks": "link"},
    )
    output.reject_unknown_keys(("path", "formats", "names", "limit", "content", "tombstones"))
    values.reject_unknown_keys(_SECTIONS, {"feeds": "feed", "sources": "source", "hubs": "push"})
    return settings


def _read_globs(articles: Values, key: str) -> tuple[str, ...]:
    return tuple(normalize("NFC", glob) for glob in articles.text_list(key) or ())


def _read_hubs(push: Values) -> tuple[str, ...]:
    hubs = push.text_list("hubs") or ()
    for hub in hubs:
        if not is_web(hub) or not host(hub):
            problem = f"has {shown(hub)}, which is not a web address"
            push.error("hubs", "address-invalid", problem)
    return hubs
