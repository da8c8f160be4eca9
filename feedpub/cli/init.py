"""`feedpub init`: starts a folder, with a config.toml that explains itself."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import ConfigError, Diagnostic
from . import clock
from .console import reporting_errors

if TYPE_CHECKING:
    from ..init.config_file import Answers


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder to start.")] = Path(),
    title: Annotated[str, typer.Option(help="What the feed is called.")] = "",
    url: Annotated[str, typer.Option(help="Where the feeds will be served.")] = "",
    author: Annotated[str, typer.Option(help="Who writes or collects the articles.")] = "",
) -> None:
    """Start a folder: a commented config.toml, and articles/ with one example.

    Asks for what it can't know, unless options say it. Never overwrites anything.
    """
    from ..init.config_file import compose_config
    from ..init.folder import MERGE_RULE, lacks_merge_rule, make_folder, refuse_to_overwrite

    now = clock.now()
    with reporting_errors():
        refuse_to_overwrite(folder)
        answers = _answers(folder, title, url, author)
        made = make_folder(folder, compose_config(answers, os.environ), today=now.date())
    typer.echo(f"Made {' and '.join(str(path) for path in made)}.")
    if lacks_merge_rule(folder):
        typer.echo(f"note: add this line to {folder / '.gitattributes'}: {MERGE_RULE}", err=True)
    there = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    typer.echo(f"Put your articles into {folder / 'articles'}, then run: {there}feedpub build")


def _answers(folder: Path, title: str, url: str, author: str) -> Answers:
    from ..init.config_file import Answers

    if title and url:
        return Answers(title=title, url=url, author=author)
    if not sys.stdin.isatty():
        missing = [name for name, value in (("--title", title), ("--url", url)) if not value]
        raise ConfigError(
            Diagnostic(
                code="terminal-missing",
                place="feedpub init",
                problem=f"there is no terminal to ask for {' and '.join(missing)}",
                remedy='Write: feedpub init --title "My feed" --url https://example.org/feeds/',
            )
        )
    title = title or typer.prompt("What is the feed called", default=folder.resolve().name)
    place = "Where will it be served (the address of a folder)"
    url = url or typer.prompt(place, value_proc=_folder_address)
    author = author or typer.prompt("Who writes or collects it (may stay empty)", default="")
    return Answers(title=title, url=url, author=author)


def _folder_address(text: str) -> str:
    from ..init.config_file import is_folder_address

    if is_folder_address(text):
        return text
    raise typer.BadParameter("Write it in full, such as https://example.org/feeds/.")
