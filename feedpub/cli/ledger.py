"""`feedpub ledger`: check it against the articles and the feeds, or rebuild a lost one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import FeedpubError, LedgerError, Severity, with_severity
from ..text.wording import counted, first_lines
from . import clock
from .console import SHOWN, Verbosity, named, print_error, print_json, reporting_errors
from .exit_code import DONE, LEFT_OUT, code_of
from .options import ConfigOption, settings_of
from .progress import ReadingBar

if TYPE_CHECKING:
    from ..recovery.check import Audit
    from ..recovery.rebuild import RebuiltLedger
    from ..settings import Settings

ledger = typer.Typer(
    help="Looks after what feedpub remembers: .feedpub/ledger.jsonl.", no_args_is_help=True
)


@ledger.command()
def check(
    config: ConfigOption = Path("config.toml"),
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the findings as JSON, for a program.")
    ] = False,
) -> None:
    """Prove that the ledger, the articles and the feeds agree.

    Writes nothing. Exit code 0: they do. 1: they don't, or the ledger can't be read. 2: the call or
    the config is wrong.
    """
    verbosity = Verbosity.of(as_json=as_json)
    try:
        found = _audit(settings_of(config))
    except FeedpubError as error:
        print_error(error, verbosity)
        raise typer.Exit(LEFT_OUT if isinstance(error, LedgerError) else code_of(error)) from None
    errors = with_severity(found.diagnostics, Severity.ERROR)
    if as_json:
        print_json(_audit_json(found))
    else:
        for line in _audit_lines(found):
            typer.echo(line)
    raise typer.Exit(LEFT_OUT if errors else DONE)


def _audit(settings: Settings) -> Audit:
    from ..folder_state import decide_folder
    from ..ledger.store import newest_states, read_events
    from ..recovery.check import audit

    events = read_events(settings.ledger_file)
    with ReadingBar() as bar:
        state = decide_folder(settings, newest_states(events), now=clock.now(), progress=bar)
    return audit(settings, events, state)


def _audit_json(found: Audit) -> dict[str, object]:
    errors = with_severity(found.diagnostics, Severity.ERROR)
    return {
        "agree": not errors,
        "faults": errors,
        "remarks": with_severity(found.diagnostics, Severity.NOTE),
        "lines": found.lines,
        "entries": found.entries,
        "documents": found.documents,
    }


def _audit_lines(found: Audit) -> Iterator[str]:
    errors = with_severity(found.diagnostics, Severity.ERROR)
    for error in errors:
        yield f"✗ {error}"
    for note in with_severity(found.diagnostics, Severity.NOTE):
        yield f"· {note}"
    lines, entries = counted(found.lines, "line"), counted(found.entries, "entry", "entries")
    result = counted(len(errors), "fault") if errors else "all agree"
    yield f"{lines}, {entries}, {counted(found.documents, 'document')}: {result}."


@ledger.command()
def rebuild(config: ConfigOption = Path("config.toml")) -> None:
    """Make a lost ledger anew from the feeds in the output folder.

    Never overwrites a ledger. Exit code 0: done. 2: there is a ledger, or no feed, an article can't
    be read, or an entry may be one of several articles. 75: another feedpub is at work here.
    """
    with reporting_errors():
        rebuilt = _rebuild(settings_of(config))
    for line in _rebuilt_lines(rebuilt):
        typer.echo(line)


def _rebuild(settings: Settings) -> RebuiltLedger:
    from ..recovery.rebuild import rebuild_ledger, write_ledger
    from ..run_lock import one_at_a_time

    now = clock.now()
    with one_at_a_time(settings.root, doing="ledger rebuild", now=now):
        with ReadingBar() as bar:
            rebuilt = rebuild_ledger(settings, now=now, progress=bar)
        write_ledger(settings, rebuilt, now=now)
    return rebuilt


def _rebuilt_lines(rebuilt: RebuiltLedger) -> Iterator[str]:
    yield f"Read {', '.join(rebuilt.sources)}."
    for word, records in (
        ("found", [f"{each.path} is {each.id}" for each in rebuilt.matched]),
        ("withdrawn", [named(each) for each in rebuilt.unmatched if each.withdrawn]),
        ("no article", [each.id for each in rebuilt.unmatched if not each.withdrawn]),
        ("taken for older than the feeds", [each.path for each in rebuilt.presumed_old]),
    ):
        for line in first_lines(records, SHOWN):
            yield f"{word}: {line}"
    if rebuilt.presumed_old:
        yield "If one of these is new, write `published` into its metadata."
    yield "The ledger is there again. See what `feedpub build --dry-run` says, then build."
