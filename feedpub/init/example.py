"""The example article of a new folder, which is published only once it is edited."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .template import fill_template

FILE_NAME = "first-entry.md"
"""The name of the example in the articles folder."""

# What the template has in place of a date; a text that no file is likely to have.
_ANY_DAY = "\x00"


def example_article(today: date) -> str:
    """The text of the example."""
    return fill_template(FILE_NAME, today=today.isoformat())


def is_unedited_example(file: Path) -> bool:
    """Whether `file` is the example as it was made, on whatever day."""
    if file.name != FILE_NAME:
        return False
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    before, _, after = fill_template(FILE_NAME, today=_ANY_DAY).partition(_ANY_DAY)
    return text.startswith(before) and text.endswith(after)
