"""The templates of the files that a new folder gets."""

from __future__ import annotations

from pathlib import Path
from string import Template


def fill_template(name: str, **values: str) -> str:
    """The text of the file `name` with `values` in place of its `$` placeholders."""
    file = Path(__file__).parent / "templates" / f"{name}.template"
    return Template(file.read_text(encoding="utf-8")).substitute(values)
