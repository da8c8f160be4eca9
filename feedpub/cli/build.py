"""`feedpub build`: articles to the feeds in the output folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import FeedpubError
from . import clock
from .progress import ReadingBar
from .report import Loudness, tell_error, tell_report

if TYPE_CHECKING:
    from ..model import Settings


ConfigOption = Annotated[
    Path, typer.Option("--config", metavar="PATH", help="The config file to use.")
]


def build(
    config: ConfigOption = Path("config.toml"),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if any article has to be left out.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON, for a program.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print nothing but what is wrong.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name every article and every line cut.")
    ] = False,
) -> None:
    """Turn the articles into feeds.

    Exit code 0: done. 1: done, but an article was left out (with --strict: nothing was written).
    2: the call, the config or the folder is wrong, and nothing was written.
    """
    now = clock.now()
    loudness = Loudness.of(as_json=as_json, quiet=quiet, verbose=verbose)
    try:
        faults = _build(config, now, loudness, dry_run=dry_run, strict=strict)
    except FeedpubError as error:
        tell_error(error, loudness)
        raise typer.Exit(2) from None
    raise typer.Exit(1 if faults else 0)


def _build(config: Path, now: datetime, loudness: Loudness, *, dry_run: bool, strict: bool) -> int:
    from ..build import foresee, prepare, write
    from ..config import load_settings

    settings: Settings = load_settings(config / "config.toml" if config.is_dir() else config)
    with ReadingBar() as bar:
        prepared = prepare(settings, now=now, progress=bar)
    refused = strict and bool(prepared.faults)
    written = (
        foresee(settings, prepared) if dry_run or refused else write(settings, prepared, now=now)
    )
    tell_report(settings, prepared, written, loudness, dry_run=dry_run, refused=refused)
    return len(prepared.faults)
