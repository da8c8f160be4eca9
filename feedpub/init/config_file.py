"""The config.toml of a new folder, which explains its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..config import read_settings
from ..errors import ConfigError, Diagnostic
from ..parsing.toml import quoted
from ..text.urls import is_web
from .system_locale import system_language, system_timezone
from .template import fill_template

COMMAND = "feedpub init"
"""The place of errors, as there is no file yet."""

COMMENT_COLUMN = 40
"""Characters before the comments that follow a value in the template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What only the curator knows of a new feed; `author` may be empty."""

    title: str
    url: str
    author: str = ""


def is_folder_address(text: str) -> bool:
    """Whether feeds can be served below `text`: a web address without query and fragment."""
    return is_web(text) and not set(text) & set("?#")


def compose_config(answers: Answers, environ: Mapping[str, str]) -> str:
    """The text of config.toml, with the time zone and language of the system.

    Raises ConfigError for answers that config.toml can't have.
    """
    author, zone = answers.author, system_timezone(environ)
    language = f"language = {quoted(system_language(environ))}"
    config = fill_template(
        "config.toml",
        title=quoted(answers.title),
        url=quoted(answers.url),
        author=f"author = {quoted(author)}" if author else '# author = "Ada Lovelace"',
        language=language.ljust(COMMENT_COLUMN) + "# of the articles",
        timezone=f"timezone = {quoted(zone)}" if zone else '# timezone = "Europe/Lisbon"',
    )
    _check(config)
    return config


def _check(config: str) -> None:
    try:
        read_settings(config, Path("config.toml"))
    except ConfigError as error:
        raise ConfigError(
            *(replace(each, place=COMMAND, line=0) for each in error.diagnostics)
        ) from None
    try:
        config.encode()
    except UnicodeEncodeError:
        raise ConfigError(
            Diagnostic(
                code="text-not-utf-8",
                place=COMMAND,
                problem="what was typed in is not UTF-8",
                remedy="Set the terminal to UTF-8, or name the feed in plain letters for now.",
            )
        ) from None
