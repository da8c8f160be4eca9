"""The files of a new folder; none that is there is ever overwritten."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from ..errors import ConfigError, Diagnostic
from ..files import file_diagnostic
from .example import FILE_NAME, example_article
from .template import fill_template

MERGE_RULE = ".feedpub/ledger.jsonl merge=union"
"""The line of .gitattributes by which git merges two ledgers: it keeps the lines of both."""


def refuse_to_overwrite(folder: Path) -> None:
    """Raises ConfigError where `folder` has a config.toml."""
    config = folder / "config.toml"
    if os.path.lexists(config):
        raise ConfigError(
            Diagnostic(
                code="file-exists",
                place=str(config),
                problem="is there already, and was left as it is",
                remedy="Run `feedpub build`, or name another folder.",
            )
        )


def make_folder(folder: Path, config: str, *, today: date) -> tuple[Path, ...]:
    """Makes the files of a new folder, config.toml last; raises ConfigError.

    Gives config.toml, and the example article if it was made: only where there are no articles.
    """
    articles, attributes = folder / "articles", folder / ".gitattributes"
    made = [folder / "config.toml"]
    try:
        articles.mkdir(parents=True, exist_ok=True)
        if not any(articles.iterdir()):
            example = articles / FILE_NAME
            example.write_text(example_article(today), encoding="utf-8")
            made.append(example)
        if not os.path.lexists(attributes):
            text = fill_template("gitattributes", merge_rule=MERGE_RULE)
            attributes.write_text(text, encoding="utf-8")
        with made[0].open("x", encoding="utf-8") as stream:
            stream.write(config)
    except OSError as error:
        place = str(error.filename or folder)
        raise ConfigError(file_diagnostic(place, "made", error)) from None
    return tuple(made)


def lacks_merge_rule(folder: Path) -> bool:
    """Whether .gitattributes does not hold MERGE_RULE, or can't be read."""
    try:
        text = (folder / ".gitattributes").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True
    return MERGE_RULE not in text
