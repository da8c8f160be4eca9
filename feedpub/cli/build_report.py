"""The report of a build: results to stdout, what a person should look at to stderr."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

import typer

from ..errors import Severity, with_severity
from ..text.wording import counted, first_lines, tallied
from .build_json import build_json
from .build_result import BuildResult, Outcome, unknown_keys
from .console import SHOWN, Verbosity, print_json

if TYPE_CHECKING:
    from ..build import Build
    from ..entries.decision import Decision, HeldBack
    from ..errors import Diagnostic
    from ..settings import Settings

MAX_CUT = 60
"""Characters of a cut line that are shown: with its place, it fits a line of most terminals."""


def left_out(build: Build) -> tuple[Diagnostic, ...]:
    """Why articles are left out of a build."""
    return with_severity(build.diagnostics, Severity.ERROR)


def print_report(settings: Settings, result: BuildResult, verbosity: Verbosity) -> None:
    """Says what a build has done, or would do: results to stdout, diagnostics to stderr."""
    if verbosity is Verbosity.JSON:
        print_json(build_json(result))
        return
    for error in left_out(result.build):
        typer.echo(f"left out: {error}", err=True)
    if verbosity is not Verbosity.QUIET:
        _print_notes(result.build, verbosity)
        for line in _result_lines(settings, result, verbosity):
            typer.echo(line)
    if result.outcome is Outcome.REFUSED:
        typer.echo("Nothing was written, because of --strict.", err=True)


def _print_notes(build: Build, verbosity: Verbosity) -> None:
    verbose = verbosity is Verbosity.VERBOSE
    for severity in (Severity.WARNING, Severity.NOTE):
        for line in _diagnostic_lines(build, severity, verbose=verbose):
            typer.echo(f"{severity}: {line}", err=True)
    if line := _passed_over(unknown_keys(build), verbose=verbose):
        typer.echo(f"passed over: {line}", err=True)
    for line in _cut_lines(build) if verbose else ():
        typer.echo(line, err=True)


def _passed_over(files_by_key: Counter[str], *, verbose: bool) -> str:
    if not files_by_key:
        return ""
    if not verbose:
        return counted(len(files_by_key), "unknown metadata key")
    first, *rest = sorted(files_by_key.items(), key=lambda pair: (-pair[1], pair[0]))
    others = [f"{key} ({files:,})" for key, files in rest]
    return ", ".join([f"{first[0]} ({counted(first[1], 'file')})", *others])


def _diagnostic_lines(build: Build, severity: Severity, *, verbose: bool) -> Iterator[str]:
    """The diagnostics of a severity; of many of one kind only the first, unless `verbose`."""
    by_code: dict[str, list[str]] = {}
    for each in with_severity(build.diagnostics, severity):
        by_code.setdefault(each.code, []).append(str(each))
    for lines in by_code.values():
        yield from first_lines(lines, len(lines) if verbose else SHOWN, "-v names them")


def _result_lines(settings: Settings, result: BuildResult, verbosity: Verbosity) -> Iterator[str]:
    yield _headline(result.build)
    decision, zone = result.build.state.decision, settings.site.zone
    for line in _article_lines(decision, zone, verbose=verbosity is Verbosity.VERBOSE):
        yield f"  {line}"
    yield from _file_lines(settings, result)


def _cut_lines(build: Build) -> Iterator[str]:
    for article in build.state.articles:
        for cut in article.cuts:
            text = cut.text if len(cut.text) <= MAX_CUT else f"{cut.text[: MAX_CUT - 1]}…"
            yield f"cut: {article.path}:{cut.line}: {text} ({cut.rule})"


def _headline(build: Build) -> str:
    decision = build.state.decision
    counts = (
        (len(decision.new), "new"),
        (len(decision.changed), "changed"),
        (len(decision.renamed), "renamed"),
        (len(decision.held_back), "held back"),
        (len(decision.expired), "expired"),
        (len(decision.withdrawn), "withdrawn"),
        (len(decision.gone), "gone"),
        (len({error.place for error in left_out(build)}), "left out"),
    )
    changes = tallied(counts)
    total = len(decision.published)
    return f"{counted(total, 'article')} published: {changes or 'nothing new'}"


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


def _file_lines(settings: Settings, result: BuildResult) -> Iterator[str]:
    folder, written = settings.output_name, result.written
    verb = "wrote" if result.outcome is Outcome.WRITTEN else "would write"
    if written.written:
        yield f"{verb} {', '.join(f'{folder}/{path}' for path in written.written)}"
    if written.unchanged:
        yield f"unchanged: {', '.join(f'{folder}/{path}' for path in written.unchanged)}"
