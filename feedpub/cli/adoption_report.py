"""What an adoption says: what is which article, what is in doubt, what will be new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

import typer

from ..text.wording import counted, first_lines
from .console import SHOWN, Verbosity, print_json

if TYPE_CHECKING:
    from rich.console import Console

    from ..adopt.adoption import Adopted, Adoption
    from ..adopt.old_feed import OldEntry
    from ..settings import Settings

WIDE = 160
"""Columns where no terminal says how many it has."""

SETTLE = (
    "To settle a doubt, write the link of the entry into the metadata of its article, and adopt "
    "again."
)
NOTHING = "There is nothing to write: what is clear stands in the ledger."


def tell(
    settings: Settings,
    adoption: Adoption,
    imports: Sequence[OldEntry],
    adopted: Adopted | None,
    verbosity: Verbosity,
) -> None:
    """Says what was found; `adopted` is what was done, None where nothing was to be."""
    if verbosity is Verbosity.JSON:
        print_json(_as_json(adoption, adopted))
        return
    for fault in (*adoption.faults, *(adopted.faults if adopted else ())):
        typer.echo(f"left out: {fault}", err=True)
    for remark in adoption.remarks:
        typer.echo(f"note: {remark}", err=True)
    _tell_tables(adoption, settings.site.zone)
    if adoption.matching.doubts:
        typer.echo(SETTLE)
    if adopted is None:
        _tell_what_is_next(adoption, imports)
    else:
        _tell_adopted(adopted)


def _tell_tables(adoption: Adoption, zone: tzinfo) -> None:
    feed, matching = adoption.feed, adoption.matching
    entries = counted(len(feed.entries), "entry", "entries")
    typer.echo(f"{feed.title or feed.place}: {feed.form}, {entries}")
    dates = (each.record.published for each in adoption.takeovers)
    _table(
        f"{len(matching.matches)} found among the articles",
        ("article", "entry", "published", "why"),
        (
            (
                each.article.path,
                _named(each.entry),
                _day(day, zone),
                _reasons(each.certainty, each.why),
            )
            for each, day in zip(matching.matches, dates, strict=True)
        ),
    )
    _table(
        f"{len(matching.doubts)} in doubt, left as they are",
        ("entry", "published", "may be", "why"),
        (
            (_named(doubt.entry), _day(doubt.entry.published, zone), each.path, ", ".join(each.why))
            for doubt in matching.doubts
            for each in doubt.candidates
        ),
    )
    _table(
        f"{len(matching.without_article)} without an article",
        ("entry", "published", "link"),
        ((each.name, _day(each.published, zone), each.link) for each in matching.without_article),
    )
    _tell_new([each.path for each in matching.without_entry])


def _tell_new(paths: Sequence[str]) -> None:
    if paths:
        typer.echo(f"{counted(len(paths), 'article')} not in the feed, new to its subscribers:")
    for line in first_lines(paths, SHOWN, "--json names them"):
        typer.echo(f"  {line}")


def _tell_what_is_next(adoption: Adoption, imports: Sequence[OldEntry]) -> None:
    if imports:
        typer.echo(f"{counted(len(imports), 'article file')} would be made.")
    elif adoption.importable:
        typer.echo("--import makes article files of the entries without an article.")
    if adoption.events or imports:
        typer.echo("Nothing is written yet: say --yes if all is right.")
    else:
        typer.echo(NOTHING)


def _tell_adopted(adopted: Adopted) -> None:
    for path in adopted.imported:
        typer.echo(f"made: {path}")
    if adopted.lines:
        typer.echo(f"{counted(adopted.lines, 'line')} written into the ledger.")
        typer.echo("Run `feedpub build` next.")
    else:
        typer.echo(NOTHING)


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    if table.row_count:
        _console().print(table)


def _console() -> Console:
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=WIDE)


def _named(entry: OldEntry) -> str:
    return f"{entry.title}\n{entry.id}" if entry.title else entry.id


def _reasons(certainty: str, why: Iterable[str]) -> str:
    return f"{certainty}: {', '.join(why)}"


def _day(moment: datetime | None, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "no date"


def _as_json(adoption: Adoption, adopted: Adopted | None) -> dict[str, object]:
    feed, matching = adoption.feed, adoption.matching
    return {
        "feed": {"place": feed.place, "form": feed.form, "title": feed.title, "id": feed.id},
        "matches": [
            {
                "path": each.article.path,
                "certainty": each.certainty,
                "why": each.why,
                **_entry_as_json(each.entry),
                "published": taken.record.published,
                "updated": taken.record.updated,
                "replaces": taken.replaced.id if taken.replaced else None,
                "new": taken.is_new,
            }
            for each, taken in zip(matching.matches, adoption.takeovers, strict=True)
        ],
        "doubts": [
            {**_entry_as_json(each.entry), "candidates": each.candidates}
            for each in matching.doubts
        ],
        "without_article": [_entry_as_json(each) for each in matching.without_article],
        "without_entry": [each.path for each in matching.without_entry],
        "left_out": (*adoption.faults, *(adopted.faults if adopted else ())),
        "notes": adoption.remarks,
        "written": adopted.lines if adopted else 0,
        "imported": adopted.imported if adopted else (),
    }


def _entry_as_json(entry: OldEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "title": entry.title,
        "link": entry.link,
        "published": entry.published,
        "updated": entry.updated,
    }
