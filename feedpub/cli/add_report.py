"""The report of `feedpub add`: what was added, what was there already, what was not found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..text.wording import counted, first_lines
from .console import SHOWN, Verbosity, print_json

if TYPE_CHECKING:
    from ..add.add import AddResult
    from ..add.adder import Addition
    from ..settings import Settings


def print_additions(settings: Settings, result: AddResult, verbosity: Verbosity) -> None:
    """Prints what became of each page, link or text."""
    if verbosity is Verbosity.JSON:
        print_json(_as_json(result))
        return
    for error in result.errors:
        typer.echo(f"left out: {error}", err=True)
    if verbosity is Verbosity.QUIET:
        return
    for note in (*result.notes, *(note for each in result.additions for note in each.diagnostics)):
        typer.echo(f"note: {note}", err=True)
    lines = [_line(settings, each) for each in result.additions]
    for line in first_lines(lines, SHOWN):
        typer.echo(line)
    if len(result.additions) == 1:
        _print_missing(result.additions[0])
    else:
        typer.echo(_total(result))


def _line(settings: Settings, each: Addition) -> str:
    place = _shown_path(settings.articles / each.path)
    if each.outcome.value == "known":
        return f"is there already: {place}"
    return f"{each.outcome} {place}: {each.title}"


def _print_missing(each: Addition) -> None:
    if each.missing:
        typer.echo(f"not found: {', '.join(each.missing)}")


def _total(result: AddResult) -> str:
    counts = {
        "added": sum(each.outcome.value == "added" for each in result.additions),
        "taken again": sum(each.outcome.value == "updated" for each in result.additions),
        "there already": sum(each.outcome.value == "known" for each in result.additions),
        "left out": len(result.errors),
    }
    parts = [f"{number:,} {what}" for what, number in counts.items() if number]
    links = counted(len(result.additions) + len(result.errors), "link")
    return f"{links}: {', '.join(parts)}" if parts else "There is nothing to add."


def _shown_path(file: Path) -> str:
    """The path as one would type it here, unless the file is far away."""
    here = os.path.relpath(file)
    return str(file) if here.startswith("..") else here


def _as_json(result: AddResult) -> object:
    return {
        "articles": [
            {
                "outcome": each.outcome,
                "path": each.path,
                "title": each.title,
                "not_found": each.missing,
            }
            for each in result.additions
        ],
        "errors": result.errors,
        "notes": [
            *result.notes,
            *(note for each in result.additions for note in each.diagnostics),
        ],
    }
