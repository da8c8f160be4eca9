"""The report of an adoption: which entry is which article, what is in doubt, what will be new."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

import typer

from ..errors import Diagnostic, Severity, with_severity
from ..text.wording import counted, first_lines
from .console import SHOWN, Verbosity, print_json, terminal

if TYPE_CHECKING:
    from ..adopt.adoption import AdoptionPlan, AdoptionResult
    from ..adopt.old_feed import OldEntry
    from ..settings import Settings

HOW_TO_SETTLE = (
    "To settle a doubt, write the link of the entry into the metadata of its article, and adopt "
    "again."
)
NOTHING_MATCHED = "Nothing matched: no entry was found among the articles."
NOTHING_TO_WRITE = "There is nothing to write: what is clear stands in the ledger."


def print_plan(settings: Settings, plan: AdoptionPlan, verbosity: Verbosity) -> None:
    """Prints what was found, before anything is written; `--json` prints all at the end."""
    if verbosity is Verbosity.JSON:
        return
    for error in with_severity(plan.diagnostics, Severity.ERROR):
        typer.echo(f"left out: {error}", err=True)
    for warning in with_severity(plan.diagnostics, Severity.WARNING):
        typer.echo(f"warning: {warning}", err=True)
    for note in with_severity(plan.diagnostics, Severity.NOTE):
        typer.echo(f"note: {note}", err=True)
    _print_tables(plan, settings.site.zone)
    if plan.matching.doubts:
        typer.echo(HOW_TO_SETTLE)


def print_adoption(
    plan: AdoptionPlan,
    imports: Sequence[OldEntry],
    result: AdoptionResult | None,
    verbosity: Verbosity,
) -> None:
    """Prints what was written, or what to do next; `result` is None without --yes."""
    if verbosity is Verbosity.JSON:
        print_json(_as_json(plan, result))
    elif result is None:
        _print_next_step(plan, imports)
    else:
        for error in with_severity(result.diagnostics, Severity.ERROR):
            typer.echo(f"left out: {error}", err=True)
        _print_result(result)


def _errors(plan: AdoptionPlan, result: AdoptionResult | None) -> tuple[Diagnostic, ...]:
    diagnostics = (*plan.diagnostics, *(result.diagnostics if result else ()))
    return with_severity(diagnostics, Severity.ERROR)


def _print_tables(plan: AdoptionPlan, zone: tzinfo) -> None:
    feed, matching = plan.feed, plan.matching
    entries = counted(len(feed.entries), "entry", "entries")
    typer.echo(f"{feed.title or feed.place}: {feed.form}, {entries}")
    dates = (each.record.published for each in plan.adopted)
    if not (matching.matches or matching.doubts):
        typer.echo(NOTHING_MATCHED)
    _print_table(
        "match",
        f"{len(matching.matches)} found among the articles",
        ("article", "entry", "published", "why"),
        (
            (
                each.article.path,
                _title_and_id(each.entry),
                _day(day, zone),
                _certainty(each.certainty, each.why),
            )
            for each, day in zip(matching.matches, dates, strict=True)
        ),
    )
    _print_table(
        "doubt",
        f"{len(matching.doubts)} in doubt, left as they are",
        ("entry", "published", "may be", "why"),
        (
            (
                _title_and_id(doubt.entry),
                _day(doubt.entry.published, zone),
                each.path,
                ", ".join(each.why),
            )
            for doubt in matching.doubts
            for each in doubt.candidates
        ),
    )
    _print_table(
        "no article",
        f"{len(matching.without_article)} without an article",
        ("entry", "published", "link"),
        ((each.name, _day(each.published, zone), each.link) for each in matching.without_article),
    )
    _print_new_articles([each.path for each in matching.without_entry])


def _print_new_articles(paths: Sequence[str]) -> None:
    if not sys.stdout.isatty():
        for path in paths:
            typer.echo(f"not in the feed\t{path}")
        return
    if paths:
        typer.echo(f"{counted(len(paths), 'article')} not in the feed, new to its subscribers:")
    for line in first_lines(paths, SHOWN, "--json names them"):
        typer.echo(f"  {line}")


def _print_next_step(plan: AdoptionPlan, imports: Sequence[OldEntry]) -> None:
    if imports:
        typer.echo(f"{counted(len(imports), 'article file')} would be made.")
    elif plan.importable:
        typer.echo("--import makes article files of the entries without an article.")
    if plan.events or imports:
        typer.echo("Nothing is written yet: say --yes if all is right.")
    else:
        typer.echo(NOTHING_TO_WRITE)


def _print_result(result: AdoptionResult) -> None:
    for path in result.imported:
        typer.echo(f"made: {path}")
    if result.lines:
        typer.echo(f"{counted(result.lines, 'line')} written into the ledger.")
        typer.echo("Run `feedpub build` next.")
    else:
        typer.echo(NOTHING_TO_WRITE)


def _print_table(
    kind: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """A table on a terminal; else a line for each row, as `feedpub status` has them."""
    if not sys.stdout.isatty():
        for row in rows:
            typer.echo("\t".join(" ".join(cell.split()) for cell in (kind, *row)))
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    if table.row_count:
        terminal().print(table)


def _title_and_id(entry: OldEntry) -> str:
    return f"{entry.title}\n{entry.id}" if entry.title else entry.id


def _certainty(certainty: str, why: Iterable[str]) -> str:
    return f"{certainty}: {', '.join(why)}"


def _day(moment: datetime | None, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "no date"


def _as_json(plan: AdoptionPlan, result: AdoptionResult | None) -> dict[str, object]:
    feed, matching = plan.feed, plan.matching
    return {
        "feed": {"place": feed.place, "form": feed.form, "title": feed.title, "id": feed.id},
        "matches": [
            {
                "path": each.article.path,
                "certainty": each.certainty,
                "why": each.why,
                **_entry_as_json(each.entry),
                "published": adopted.record.published,
                "updated": adopted.record.updated,
                "replaces": adopted.replaced.id if adopted.replaced else None,
                "new": adopted.is_new,
            }
            for each, adopted in zip(matching.matches, plan.adopted, strict=True)
        ],
        "doubts": [
            {**_entry_as_json(each.entry), "candidates": each.candidates}
            for each in matching.doubts
        ],
        "without_article": [_entry_as_json(each) for each in matching.without_article],
        "without_entry": [each.path for each in matching.without_entry],
        "left_out": _errors(plan, result),
        "warnings": with_severity(plan.diagnostics, Severity.WARNING),
        "notes": with_severity(plan.diagnostics, Severity.NOTE),
        "written": result.lines if result else 0,
        "imported": result.imported if result else (),
    }


def _entry_as_json(entry: OldEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "title": entry.title,
        "link": entry.link,
        "published": entry.published,
        "updated": entry.updated,
    }
