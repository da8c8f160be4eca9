"""`feedpub push`: what stands in the output folder to the hosts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import BehindError, BusyError, FeedpubError, TargetError, UnreachableError
from . import clock
from .options import ConfigOption, JsonOption, QuietOption, settings_of
from .progress import SendingBar
from .report import Loudness, counted, tell_error

if TYPE_CHECKING:
    from ..delivery import Outcome, Prospect
    from ..plan import Plan
    from ..push import Receipt
    from ..settings import Settings, Target

DONE, REFUSED, WRONG, LATER = 0, 1, 2, 75
LEARNT = {
    "cas": "several machines may push there: the store compares and swaps",
    "lock": "several machines may push there: they take turns by a lock",
    "single": "config.toml promises that nobody else pushes there",
}
SHOWN = 20


def push(
    config: ConfigOption = Path("config.toml"),
    target: Annotated[
        list[str] | None,
        typer.Option("--target", metavar="NAME", help="Push to this one only; may be repeated."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent, and send nothing.")
    ] = False,
    print_config: Annotated[
        str,
        typer.Option(metavar="SERVER", help="Print what nginx, apache or caddy should be told."),
    ] = "",
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name every document that is sent.")
    ] = False,
) -> None:
    """Send the feeds to the hosts that config.toml names, and tell the hubs.

    Exit code 0: done. 1: something was refused, or can't be read back. 2: the call, the config or
    the password is wrong. 75: a host is busy or can't be reached; try again later.
    """
    loudness = Loudness.of(as_json=as_json, quiet=quiet, verbose=verbose)
    try:
        settings = settings_of(config)
        if print_config:
            from ..server_config import snippet

            typer.echo(snippet(print_config, settings))
            return
        code = (
            _dry_run(settings, target, loudness) if dry_run else _push(settings, target, loudness)
        )
    except FeedpubError as error:
        tell_error(error, loudness)
        raise typer.Exit(LATER if isinstance(error, BusyError) else WRONG) from None
    raise typer.Exit(code)


def _push(settings: Settings, names: list[str] | None, loudness: Loudness) -> int:
    from ..credentials import Credentials
    from ..delivery import chosen_targets, push_all
    from ..running import one_at_a_time

    now = clock.now()
    targets = chosen_targets(settings, names or ())
    with one_at_a_time(settings.root, doing="push", now=now), SendingBar() as bar:
        credentials = Credentials(os.environ)
        outcomes = list(push_all(settings, targets, credentials, now=now, progress=bar))
    return tell_outcomes(outcomes, loudness)


def _dry_run(settings: Settings, names: list[str] | None, loudness: Loudness) -> int:
    from ..credentials import Credentials
    from ..delivery import chosen_targets, plan_all

    targets = chosen_targets(settings, names or ())
    prospects = list(plan_all(settings, targets, Credentials(os.environ), now=clock.now()))
    if loudness is Loudness.JSON:
        _echo_json([_prospect_as_json(each) for each in prospects])
    else:
        for each in prospects:
            _tell_prospect(each, loudness)
    return worst(_error_code(each.error) for each in prospects)


def tell_outcomes(outcomes: list[Outcome], loudness: Loudness) -> int:
    """Says what has become of each target, and gives the exit code."""
    if loudness is Loudness.JSON:
        _echo_json([_outcome_as_json(each) for each in outcomes])
    else:
        for each in outcomes:
            _tell_outcome(each, loudness)
    return worst(outcome_code(each) for each in outcomes)


def outcome_code(outcome: Outcome) -> int:
    """The exit code for one target; a hub that can't be told is no more than a warning."""
    receipt = outcome.receipt
    if receipt is None:
        return _error_code(outcome.error)
    return REFUSED if receipt.unread or receipt.spared else DONE


def _error_code(error: TargetError | None) -> int:
    if error is None:
        return DONE
    if isinstance(error, UnreachableError):
        return LATER
    return REFUSED if isinstance(error, BehindError) else WRONG


def worst(codes: Iterable[int]) -> int:
    """The exit code that says most."""
    order = (DONE, REFUSED, LATER, WRONG)
    return max(codes, key=order.index, default=DONE)


def _name(target: Target) -> str:
    return f"{target.name} ({target.url})" if target.name else target.url


def _tell_outcome(outcome: Outcome, loudness: Loudness) -> None:
    for line in warnings(outcome):
        typer.echo(line, err=True)
    if outcome.receipt is not None and loudness is not Loudness.QUIET:
        for line in _receipt_lines(outcome.target, outcome.receipt, loudness):
            typer.echo(line)


def warnings(outcome: Outcome) -> Iterator[str]:
    """What went wrong with one target, a sentence each."""
    if outcome.error is not None:
        yield from map(str, outcome.error.faults)
    receipt = outcome.receipt
    if receipt is None:
        return
    yield from (f"sent, but {fault}" for fault in receipt.unread)
    yield from (f"warning: {fault}" for fault in receipt.remarks)
    yield from (f"warning: {fault} (the next push tells it again)" for fault in receipt.unannounced)
    if receipt.spared:
        yield _spared(receipt.spared)


def _spared(paths: tuple[str, ...]) -> str:
    return (
        f"{counted(len(paths), 'file')} that are gone here stay on the host, as that is more than "
        f"max_delete allows, such as {paths[0]}. If that is right, raise max_delete."
    )


def _receipt_lines(target: Target, receipt: Receipt, loudness: Loudness) -> Iterator[str]:
    changes = [f"{counted(len(receipt.uploaded), 'document')} sent"] if receipt.uploaded else []
    changes += [f"{counted(len(receipt.removed), 'document')} removed"] if receipt.removed else []
    changes += (
        [f"hubs told of {counted(len(receipt.announced), 'feed')}"] if receipt.announced else []
    )
    yield f"{_name(target)}: {', '.join(changes) or 'nothing new'}"
    if receipt.learnt:
        yield f"  {LEARNT[receipt.learnt]}"
    yield from _some("sent", receipt.uploaded, loudness)
    yield from _some("removed", receipt.removed, loudness)


def _tell_prospect(prospect: Prospect, loudness: Loudness) -> None:
    if prospect.error is not None:
        for fault in prospect.error.faults:
            typer.echo(str(fault), err=True)
    if prospect.plan is None or loudness is Loudness.QUIET:
        return
    plan = prospect.plan
    typer.echo(f"{_name(prospect.target)}: {_counts(plan)}")
    steps = [f"{step.why:<10} {step.size:>10,} bytes  {step.path}" for step in plan.uploads]
    lines = [*steps, *(f"{'remove':<27}  {path}" for path in plan.removals)]
    for line in lines if loudness is Loudness.VERBOSE else lines[:SHOWN]:
        typer.echo(f"  {line}")
    if loudness is not Loudness.VERBOSE and len(lines) > SHOWN:
        typer.echo(f"  and {len(lines) - SHOWN} more (-v names them)")
    if plan.spared:
        typer.echo(_spared(plan.spared), err=True)


def _counts(plan: Plan) -> str:
    size = sum(step.size for step in plan.uploads)
    parts = [f"would send {counted(len(plan.uploads), 'document')} ({size:,} bytes)"]
    parts += [f"remove {len(plan.removals)}"] if plan.removals else []
    return f"{', '.join(parts)}, keep {plan.kept}"


def _some(word: str, paths: tuple[str, ...], loudness: Loudness) -> Iterator[str]:
    shown = paths if loudness is Loudness.VERBOSE else paths[:SHOWN]
    yield from (f"  {word}: {path}" for path in shown)
    if len(shown) < len(paths):
        yield f"  {word}: and {len(paths) - len(shown)} more (-v names them)"


def _echo_json(report: object) -> None:
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2))


def _outcome_as_json(outcome: Outcome) -> dict[str, object]:
    said: dict[str, object] = {"target": outcome.target.name, "url": outcome.target.url}
    if outcome.receipt is not None:
        return said | asdict(outcome.receipt)
    return said | {"errors": _faults(outcome.error)}


def _prospect_as_json(prospect: Prospect) -> dict[str, object]:
    said: dict[str, object] = {"target": prospect.target.name, "url": prospect.target.url}
    if prospect.plan is not None:
        return said | asdict(prospect.plan)
    return said | {"errors": _faults(prospect.error)}


def _faults(error: TargetError | None) -> list[dict[str, object]]:
    return [asdict(fault) for fault in error.faults] if error else []
