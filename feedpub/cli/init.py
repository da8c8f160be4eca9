"""`feedpub init`: a folder to start in, with a config.toml that explains itself."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ..errors import ConfigError, Diagnostic
from ..files import file_diagnostic
from . import clock
from .console import reporting_errors

CONFIG = """\
# feedpub: what the feeds say about themselves. The keys that begin with `#` are optional.

[site]
title = {title}
url = {url}      # where the contents of feeds/ will be served
{author}
{timezone}
# description = "What we read this week"
{language}
# rights = "CC BY 4.0"
# logo = "https://example.org/logo.png"
# icon = "https://example.org/icon.png"
# date_order = "DMY"                    # how to read 02/05/2019; without it, that is an error

[articles]
path = "articles"

[output]
path = "feeds"
formats = ["atom", "rss"]
limit = 50                              # entries in a feed; 0 means all
content = "full"                        # or "summary": an excerpt only

# Metadata for files that carry none; a name, or a glob such as "2019-*.txt":
#
# [article."lavrov.txt"]
# title = "A coalition of nations"
# link = "https://news.example/2019/05/02/coalition"
# published = 2019-05-02T17:00:00+02:00
# author = "Ada Lovelace"
# tags = ["diplomacy"]

# More feeds beside the main one, each in a folder of its own:
#
# [[feed]]
# name = "diplomacy"
# tags = ["diplomacy"]

# Lines to cut from pasted texts, beside those that feedpub knows:
#
# [[cleaning.rule]]
# name = "support-us"
# pattern = "support our work.*"
"""

UNION = ".feedpub/ledger.jsonl merge=union"
ATTRIBUTES = f"""\
# Two branches may both have added to what feedpub remembers: git keeps the lines of both.
{UNION}
"""

EXAMPLE = """\
---
title: The first entry
published: {today}
tags: [example]
---
This file is `articles/first-entry.md`. Every **.txt**, **.md** or **.html** file beside it becomes
an entry of the feeds, and `feedpub build` writes them to `feeds/`.

Delete this file when your own first article is here.
"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder to start.")] = Path(),
    title: Annotated[str, typer.Option(help="What the feed is called.")] = "",
    url: Annotated[str, typer.Option(help="Where the feeds will be served.")] = "",
    author: Annotated[str, typer.Option(help="Who writes or collects the articles.")] = "",
) -> None:
    """Start a folder: a commented config.toml, and articles/ with one example.

    Asks for what it can't know, unless options say it. Never overwrites anything.
    """
    now = clock.now()
    with reporting_errors():
        _refuse_to_overwrite(folder)
        asked = _asked(folder, title, url, author)
        made = _make(folder, _config(*asked), now)
    typer.echo(f"Made {' and '.join(str(path) for path in made)}.")
    if _lacks_union(folder / ".gitattributes"):
        typer.echo(f"note: add this line to {folder / '.gitattributes'}: {UNION}", err=True)
    there = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    typer.echo(f"Put your articles into {folder / 'articles'}, then run: {there}feedpub build")


def _refuse_to_overwrite(folder: Path) -> None:
    config = folder / "config.toml"
    if os.path.lexists(config):
        raise ConfigError(
            Diagnostic(
                place=str(config),
                problem="is there already, and was left as it is",
                remedy="Run `feedpub build`, or name another folder.",
            )
        )


def _asked(folder: Path, title: str, url: str, author: str) -> tuple[str, str, str]:
    if title and url:
        return title, url, author
    if not sys.stdin.isatty():
        missing = [name for name, value in (("--title", title), ("--url", url)) if not value]
        raise ConfigError(
            Diagnostic(
                place="feedpub init",
                problem=f"there is no terminal to ask for {' and '.join(missing)}",
                remedy='Write: feedpub init --title "My feed" --url https://example.org/feeds/',
            )
        )
    title = title or typer.prompt("What is the feed called", default=folder.resolve().name)
    place = "Where will it be served (the address of a folder)"
    url = url or typer.prompt(place, value_proc=_address_of_a_folder)
    author = author or typer.prompt("Who writes or collects it (may stay empty)", default="")
    return title, url, author


def _address_of_a_folder(text: str) -> str:
    from ..text.urls import is_web

    if is_web(text) and not set(text) & set("?#"):
        return text
    raise typer.BadParameter("Write it in full, such as https://example.org/feeds/.")


def _config(title: str, url: str, author: str) -> str:
    from ..config import read_settings
    from ..parsing.toml import quoted

    zone = _system_zone()
    config = CONFIG.format(
        title=quoted(title),
        url=quoted(url),
        author=f"author = {quoted(author)}" if author else '# author = "Ada Lovelace"',
        language=f"language = {quoted(_system_language())}".ljust(40) + "# of the articles",
        timezone=f"timezone = {quoted(zone)}" if zone else '# timezone = "Europe/Lisbon"',
    )
    try:
        # What was typed in may be wrong: say so now rather than at the first build.
        read_settings(config, Path("config.toml"))
    except ConfigError as error:
        # There is no such file yet.
        raise ConfigError(
            *(replace(fault, place="feedpub init", line=0) for fault in error.diagnostics)
        ) from None
    _refuse_other_encodings(config)
    return config


def _refuse_other_encodings(config: str) -> None:
    try:
        config.encode()
    except UnicodeEncodeError:
        raise ConfigError(
            Diagnostic(
                place="feedpub init",
                problem="what was typed in is not UTF-8",
                remedy="Set the terminal to UTF-8, or name the feed in plain letters for now.",
            )
        ) from None


def _system_zone() -> str:
    named = os.environ.get("TZ", "").removeprefix(":")
    linked = os.path.realpath("/etc/localtime").rpartition("zoneinfo/")[2]
    for name in (named, linked):
        if "/" in name and not name.startswith("/"):
            return name
    return ""


def _system_language() -> str:
    named = (os.environ.get(key) for key in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = next(filter(None, named), "").partition("_")[0].partition(".")[0]
    return language if language.isalpha() and len(language) in (2, 3) else "en"


def _lacks_union(attributes: Path) -> bool:
    try:
        return UNION not in attributes.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True


def _make(folder: Path, config: str, now: datetime) -> list[Path]:
    articles = folder / "articles"
    made = [folder / "config.toml"]
    try:
        articles.mkdir(parents=True, exist_ok=True)
        if not any(articles.iterdir()):
            example = articles / "first-entry.md"
            example.write_text(EXAMPLE.format(today=now.date().isoformat()), encoding="utf-8")
            made.append(example)
        attributes = folder / ".gitattributes"
        if not os.path.lexists(attributes):
            attributes.write_text(ATTRIBUTES, encoding="utf-8")
        with made[0].open("x", encoding="utf-8") as stream:
            stream.write(config)
    except OSError as error:
        place = str(error.filename or folder)
        raise ConfigError(file_diagnostic(place, "made", error)) from None
    return made
