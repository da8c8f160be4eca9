"""What a push says of each target, and the exit codes that it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from ..hosts.push.concurrency import Concurrency
from ..text.wording import counted, first_lines
from .console import Verbosity, print_error, print_json
from .exit_code import DONE, LEFT_OUT, code_of, worst

if TYPE_CHECKING:
    from ..hosts.push.plan import Plan
    from ..hosts.push.results import PlannedPush, PushResult, Receipt
    from ..settings import Target

CONCURRENCY = {
    Concurrency.COMPARE_AND_SWAP: ("several machines may push there: the store compares and swaps"),
    Concurrency.LOCK: "several machines may push there: they take turns by a lock",
    Concurrency.SINGLE_WRITER: "config.toml promises that nobody else pushes there",
}
_SHOWN_PATHS = 20
"""Lines: a screen has room for them; -v shows all."""


def print_results(results: list[PushResult], verbosity: Verbosity) -> int:
    """Says what has become of each target, and gives the exit code."""
    if verbosity is Verbosity.JSON:
        print_json([result_as_json(each) for each in results])
    else:
        for each in results:
            _print_result(each, verbosity)
    return worst(result_code(each) for each in results)


def print_plans(planned_pushes: list[PlannedPush], verbosity: Verbosity) -> int:
    """Says what would become of each target, and gives the exit code."""
    if verbosity is Verbosity.JSON:
        print_json([_plan_as_json(each) for each in planned_pushes])
    else:
        for each in planned_pushes:
            _print_plan(each, verbosity)
    return worst(code_of(each.error) for each in planned_pushes if each.error)


def result_code(result: PushResult) -> int:
    """The exit code for one target; a hub that can't be told is no more than a warning."""
    if result.error is not None:
        return code_of(result.error)
    return DONE if result.is_complete else LEFT_OUT


def _name(target: Target) -> str:
    return f"{target.name} ({target.url})" if target.name else target.url


def _print_result(result: PushResult, verbosity: Verbosity) -> None:
    for sentence in result.problems:
        typer.echo(sentence, err=True)
    if result.receipt is not None and verbosity is not Verbosity.QUIET:
        for line in _receipt_lines(result.target, result.receipt, verbosity):
            typer.echo(line)


def _receipt_lines(target: Target, receipt: Receipt, verbosity: Verbosity) -> Iterator[str]:
    changes = [f"{counted(len(receipt.uploaded), 'document')} sent"] if receipt.uploaded else []
    changes += [f"{counted(len(receipt.removed), 'document')} removed"] if receipt.removed else []
    changes += (
        [f"hubs told of {counted(len(receipt.announced), 'feed')}"] if receipt.announced else []
    )
    yield f"{_name(target)}: {', '.join(changes) or 'nothing new'}"
    if receipt.concurrency:
        yield f"  {CONCURRENCY[receipt.concurrency]}"
    yield from _some("sent", receipt.uploaded, verbosity)
    yield from _some("removed", receipt.removed, verbosity)


def _print_plan(planned: PlannedPush, verbosity: Verbosity) -> None:
    if planned.error is not None:
        print_error(planned.error)
    if planned.plan is None or verbosity is Verbosity.QUIET:
        return
    plan = planned.plan
    typer.echo(f"{_name(planned.target)}: {_counts(plan)}")
    steps = [f"{step.why:<10} {step.size:>10,} bytes  {step.path}" for step in plan.uploads]
    lines = [*steps, *(f"{'remove':<27}  {path}" for path in plan.removals)]
    for line in first_lines(lines, _limit(lines, verbosity), "-v names them"):
        typer.echo(f"  {line}")
    for sentence in plan.problems:
        typer.echo(sentence, err=True)


def _counts(plan: Plan) -> str:
    size = sum(step.size for step in plan.uploads)
    parts = [f"would send {counted(len(plan.uploads), 'document')} ({size:,} bytes)"]
    parts += [f"remove {len(plan.removals)}"] if plan.removals else []
    return f"{', '.join(parts)}, keep {plan.kept}"


def _some(word: str, paths: tuple[str, ...], verbosity: Verbosity) -> Iterator[str]:
    lines = first_lines(paths, _limit(paths, verbosity), "-v names them")
    yield from (f"  {word}: {line}" for line in lines)


def _limit(lines: Sequence[str], verbosity: Verbosity) -> int:
    return len(lines) if verbosity is Verbosity.VERBOSE else _SHOWN_PATHS


def result_as_json(result: PushResult) -> dict[str, object]:
    """One target for a program; what the keys are called stays."""
    if result.receipt is not None:
        return _target_as_json(result.target) | _receipt_as_json(result.receipt)
    errors = result.error.diagnostics if result.error else ()
    return _target_as_json(result.target) | {"errors": errors}


def _plan_as_json(planned: PlannedPush) -> dict[str, object]:
    if planned.plan is not None:
        return _target_as_json(planned.target) | asdict(planned.plan)
    errors = planned.error.diagnostics if planned.error else ()
    return _target_as_json(planned.target) | {"errors": errors}


def _target_as_json(target: Target) -> dict[str, object]:
    return {"target": target.name or "push", "url": target.url}


def _receipt_as_json(receipt: Receipt) -> dict[str, object]:
    """The keys are what programs read, and stay."""
    return {
        "generation": receipt.generation,
        "uploaded": receipt.uploaded,
        "size": receipt.size,
        "removed": receipt.removed,
        "skipped_removals": receipt.skipped_removals,
        "kept": receipt.kept,
        "announced": receipt.announced,
        "unread": receipt.unread,
        "remarks": receipt.served_oddly,
        "unannounced": receipt.unannounced,
        "learnt": receipt.concurrency or "",
    }
