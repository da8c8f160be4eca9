"""What a push says of each target, and the exit codes that it comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from .console import Loudness, counted, echo_json
from .exit_code import DONE, LEFT_OUT, code_of, worst

if TYPE_CHECKING:
    from ..hosts.push.plan import Plan
    from ..hosts.push.session import Receipt
    from ..hosts.push.targets import Outcome, Prospect
    from ..settings import Target

LEARNT = {
    "cas": "several machines may push there: the store compares and swaps",
    "lock": "several machines may push there: they take turns by a lock",
    "single": "config.toml promises that nobody else pushes there",
}
SHOWN = 20


def tell_outcomes(outcomes: list[Outcome], loudness: Loudness) -> int:
    """Says what has become of each target, and gives the exit code."""
    if loudness is Loudness.JSON:
        echo_json([_outcome_as_json(each) for each in outcomes])
    else:
        for each in outcomes:
            _tell_outcome(each, loudness)
    return worst(outcome_code(each) for each in outcomes)


def tell_prospects(prospects: list[Prospect], loudness: Loudness) -> int:
    """Says what would become of each target, and gives the exit code."""
    if loudness is Loudness.JSON:
        echo_json([_prospect_as_json(each) for each in prospects])
    else:
        for each in prospects:
            _tell_prospect(each, loudness)
    return worst(code_of(each.error) for each in prospects if each.error)


def outcome_code(outcome: Outcome) -> int:
    """The exit code for one target; a hub that can't be told is no more than a warning."""
    if outcome.error is not None:
        return code_of(outcome.error)
    receipt = outcome.receipt
    return LEFT_OUT if receipt is not None and (receipt.unread or receipt.spared) else DONE


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


def _outcome_as_json(outcome: Outcome) -> dict[str, object]:
    said: dict[str, object] = {"target": outcome.target.name, "url": outcome.target.url}
    if outcome.receipt is not None:
        return said | asdict(outcome.receipt)
    return said | {"errors": outcome.error.faults if outcome.error else ()}


def _prospect_as_json(prospect: Prospect) -> dict[str, object]:
    said: dict[str, object] = {"target": prospect.target.name, "url": prospect.target.url}
    if prospect.plan is not None:
        return said | asdict(prospect.plan)
    return said | {"errors": prospect.error.faults if prospect.error else ()}
