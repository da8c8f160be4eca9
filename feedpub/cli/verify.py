"""`feedpub verify`: the live feeds, looked at as a stranger would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import FeedpubError, UnreachableError
from .options import ConfigOption, settings_of
from .report import Loudness, tell_error

if TYPE_CHECKING:
    from ..verify import Finding, Verdict

MARKS = {"well": "✓", "remark": "·", "wrong": "✗"}


def verify(
    url: Annotated[str, typer.Argument(help="Look at this feed only, whoever made it.")] = "",
    config: ConfigOption = Path("config.toml"),
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the findings as JSON, for a program.")
    ] = False,
) -> None:
    """Look at the live feeds as a stranger would, and say what to change on the host.

    Exit code 0: all is well. 1: readers will have trouble. 2: the call or the config is wrong. 75:
    nothing answers there.
    """
    try:
        verdicts = list(_verdicts(url, config))
    except FeedpubError as error:
        tell_error(error, Loudness.JSON if as_json else Loudness.NORMAL)
        raise typer.Exit(75 if isinstance(error, UnreachableError) else 2) from None
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in verdicts], ensure_ascii=False, indent=2))
    else:
        for verdict in verdicts:
            typer.echo(verdict.url)
            for finding in verdict.findings:
                typer.echo(f"  {_line(finding)}")
    raise typer.Exit(1 if any(verdict.is_wrong for verdict in verdicts) else 0)


def _verdicts(url: str, config: Path) -> Iterator[Verdict]:
    from ..destinations.client import make_client
    from ..verify import verify, verify_all

    with make_client() as client:
        if url:
            yield verify(client, url)
        else:
            yield from verify_all(client, settings_of(config))


def _line(finding: Finding) -> str:
    sentence = f"{MARKS[finding.weight]} {finding.what}"
    return f"{sentence}. {finding.remedy}" if finding.remedy else sentence
