"""What a build says: results to stdout, what a person should look at to stderr."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import tzinfo
from typing import TYPE_CHECKING

import typer

from ..text.wording import counted, first_lines
from .console import SHOWN, Verbosity, print_json

if TYPE_CHECKING:
    from ..build import Prepared
    from ..entries.decision import Decision, HeldBack
    from ..output.write import Written
    from ..settings import Settings


def print_report(
    settings: Settings,
    prepared: Prepared,
    written: Written,
    verbosity: Verbosity,
    *,
    dry_run: bool,
    refused: bool,
) -> None:
    """Says what a build has done, or would do."""
    if verbosity is Verbosity.JSON:
        print_json(_report(prepared, written, dry_run=dry_run, refused=refused))
        return
    for fault in prepared.faults:
        typer.echo(f"left out: {fault}", err=True)
    if verbosity is not Verbosity.QUIET:
        _tell_normally(settings, prepared, written, verbosity, dry_run or refused)
    if refused:
        typer.echo("Nothing was written, because of --strict.", err=True)


def _tell_normally(
    settings: Settings,
    prepared: Prepared,
    written: Written,
    verbosity: Verbosity,
    only_planned: bool,
) -> None:
    for remark in prepared.remarks:
        typer.echo(f"note: {remark}", err=True)
    verbose = verbosity is Verbosity.VERBOSE
    for line in _cut_lines(prepared) if verbose else ():
        typer.echo(line, err=True)
    typer.echo(_headline(prepared))
    for line in _article_lines(prepared.decision, settings.site.zone, verbose=verbose):
        typer.echo(f"  {line}")
    for line in _file_lines(settings, written, only_planned):
        typer.echo(line)


def _cut_lines(prepared: Prepared) -> Iterator[str]:
    for article in prepared.articles:
        for cut in article.cuts:
            text = cut.text if len(cut.text) <= 60 else f"{cut.text[:59]}…"
            yield f"cut: {article.path}:{cut.line}: {text} ({cut.rule})"


def _headline(prepared: Prepared) -> str:
    decision = prepared.decision
    counts = (
        (len(decision.new), "new"),
        (len(decision.changed), "changed"),
        (len(decision.renamed), "renamed"),
        (len(decision.held_back), "held back"),
        (len(decision.expired), "expired"),
        (len(decision.withdrawn), "withdrawn"),
        (len(decision.gone), "gone"),
        (len({fault.place for fault in prepared.faults}), "left out"),
    )
    said = ", ".join(f"{number} {word}" for number, word in counts if number)
    total = len(decision.published)
    return f"{counted(total, 'article')} published: {said or 'nothing new'}"


def _article_lines(decision: Decision, zone: tzinfo, *, verbose: bool) -> Iterator[str]:
    yield from _some("new", decision.new, verbose=verbose)
    yield from _some("changed", decision.changed, verbose=verbose)
    renamed = [f"{each.old} is now {each.new}" for each in decision.renamed]
    yield from _some("renamed", renamed, verbose=verbose)
    held = [_held(each, zone) for each in decision.held_back]
    yield from _some("held back", held, verbose=verbose)
    yield from _some("expired", decision.expired, verbose=verbose)
    yield from _some("withdrawn", decision.withdrawn, verbose=verbose)
    gone = [f"{path} (its entry has left the feeds)" for path in decision.gone]
    yield from _some("gone", gone, verbose=verbose)


def _some(word: str, lines: Sequence[str], *, verbose: bool) -> Iterator[str]:
    limit = len(lines) if verbose else SHOWN
    for line in first_lines(lines, limit, "-v names them"):
        yield f"{word}: {line}"


def _held(each: HeldBack, zone: tzinfo) -> str:
    if each.until is None:
        return f"{each.path}, a draft"
    return f"{each.path} until {each.until.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def _file_lines(settings: Settings, written: Written, only_planned: bool) -> Iterator[str]:
    folder = settings.output_name
    verb = "would write" if only_planned else "wrote"
    if written.written:
        yield f"{verb} {', '.join(f'{folder}/{path}' for path in written.written)}"
    if written.unchanged:
        yield f"unchanged: {', '.join(f'{folder}/{path}' for path in written.unchanged)}"


def _report(
    prepared: Prepared, written: Written, *, dry_run: bool, refused: bool
) -> dict[str, object]:
    decision = prepared.decision
    return {
        "dry_run": dry_run,
        "refused": refused,
        "published": len(decision.published),
        "new": decision.new,
        "changed": decision.changed,
        "renamed": decision.renamed,
        "held_back": [
            {"path": each.path, "until": each.until, "draft": each.until is None}
            for each in decision.held_back
        ],
        "expired": decision.expired,
        "withdrawn": decision.withdrawn,
        "gone": decision.gone,
        "left_out": prepared.faults,
        "notes": prepared.remarks,
        "cut": [
            {"path": article.path, **asdict(cut)}
            for article in prepared.articles
            for cut in article.cuts
        ],
        "feeds": [
            {
                "title": feed.channel.title,
                "id": feed.channel.id,
                "updated": feed.channel.updated,
                "entries": len(feed.entries),
            }
            for feed in prepared.feeds
        ],
        "written": written.written,
        "unchanged": written.unchanged,
    }
