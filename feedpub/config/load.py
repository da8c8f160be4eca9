"""config.toml to Settings; gathers every fault before it speaks."""

from __future__ import annotations

from pathlib import Path

from ..errors import ConfigError, Diagnostic
from ..files import file_diagnostic
from ..metadata import web_address
from ..parsing.toml import TomlError, read_toml
from ..parsing.values import Place, Values
from ..settings import Settings
from ..text.urls import host, is_web
from ..text.wording import shown
from .article_tables import article_tables
from .cleaning import cleaning_rules
from .feeds import read_feeds, read_formats
from .site import read_site
from .targets import read_targets

SECTIONS = ("site articles output cleaning article feed push target publish").split()


def load_settings(file: Path) -> Settings:
    """Reads and checks config.toml; raises ConfigError with every fault in it."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        problem = "there is no such file"
        remedy = "Run `feedpub init` to start a folder, or name the file with --config."
        raise ConfigError(Diagnostic(place=str(file), problem=problem, remedy=remedy)) from None
    except OSError as error:
        raise ConfigError(file_diagnostic(file, "read", error)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problem, remedy = "this is not UTF-8 text", "Save the file as UTF-8."
        raise ConfigError(
            Diagnostic(place=str(file), line=line, problem=problem, remedy=remedy)
        ) from None
    return read_settings(text, file)


def read_settings(text: str, file: Path) -> Settings:
    """Checks `text`, which stands in `file`; raises ConfigError."""
    try:
        toml = read_toml(text.replace("\r\n", "\n"))
    except TomlError as error:
        problem = f"this is not TOML: {error}"
        raise ConfigError(Diagnostic(place=str(file), line=error.line, problem=problem)) from None
    values = Values(toml.table, Place(name=str(file), line_of=toml.line_of))
    settings = _settings(values, file.absolute())
    if values.faults:
        raise ConfigError(*sorted(values.faults, key=lambda fault: fault.line))
    return settings


def _settings(values: Values, file: Path) -> Settings:
    site = read_site(values)
    articles = values.table("articles") or values.inner("articles", {})
    output = values.table("output") or values.inner("output", {})
    push = values.table("push") or values.inner("push", {})
    article_path, output_path = articles.text("path"), output.text("path")
    formats = read_formats(output)
    rules, disabled = cleaning_rules(values)
    settings = Settings(
        file=file,
        site=site,
        articles=file.parent / (article_path or "articles"),
        output=file.parent / (output_path or "feeds"),
        formats=formats,
        feeds=read_feeds(values, output, site),
        tables=article_tables(values, site),
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


def _hubs(push: Values) -> tuple[str, ...]:
    hubs = push.texts("hubs") or ()
    for hub in hubs:
        if not is_web(hub) or not host(hub):
            push.fault("hubs", f"has {shown(hub)}, which is not a web address")
    return hubs


def _heartbeat(values: Values) -> str:
    publish = values.table("publish")
    if publish is None:
        return ""
    url = web_address(publish, "heartbeat") or ""
    publish.refuse_the_rest(("heartbeat",), {"ping": "heartbeat", "healthcheck": "heartbeat"})
    return url
