"""`feedpub show`: one entry as subscribers get it, with the lines that were cut from its file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from . import clock
from .console import Verbosity, print_json, reporting_errors, terminal
from .exit_code import DONE, LEFT_OUT
from .options import ConfigOption, JsonOption, settings_of
from .progress import ReadingBar

if TYPE_CHECKING:
    from ..folder_state import FolderState
    from ..settings import Settings
    from ..show import Preview
    from ..status.article_status import ArticleStatus


def show(
    article: Annotated[
        str, typer.Argument(metavar="FILE|ID", help="An article, or the id of an entry.")
    ],
    config: ConfigOption = Path("config.toml"),
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Show what the next build changes in what was published."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show one entry as subscribers get it, and the lines that were cut from its file.

    Writes nothing. Exit code 0: done. 1: the article is left out. 2: there is no such article, or
    the config or the folder is wrong.
    """
    from ..status.article_status import ArticleState

    with reporting_errors(Verbosity.of(as_json=as_json)):
        settings = settings_of(config)
        state, found = _look(settings, article)
        if diff:
            _print_diff(settings, state, found, as_json=as_json)
        else:
            _print_entry(settings, state, found, as_json=as_json)
    raise typer.Exit(LEFT_OUT if found.state is ArticleState.LEFT_OUT else DONE)


def _look(settings: Settings, name: str) -> tuple[FolderState, ArticleStatus]:
    from ..articles.folder import paths_meant
    from ..folder_state import decide_folder
    from ..ledger.store import newest_states, read_events
    from ..status.article_status import article_statuses, find_article

    events = read_events(settings.ledger_file)
    with ReadingBar() as bar:
        state = decide_folder(settings, newest_states(events), now=clock.now(), progress=bar)
    names = paths_meant(name, settings.articles)
    return state, find_article(names, article_statuses(state), events)


def _print_diff(
    settings: Settings, state: FolderState, article: ArticleStatus, *, as_json: bool
) -> None:
    from ..show import diff_entry

    for diagnostic in article.diagnostics if not as_json else ():
        typer.echo(f"left out: {diagnostic}", err=True)
    found = diff_entry(settings, state, article)
    if as_json:
        print_json({"document": found and found.path, "diff": found.lines if found else ()})
    elif found is None:
        typer.echo(f"{article.name} stands in no feed in {settings.output_name}/: {_why(article)}.")
    else:
        for line in found.lines:
            typer.echo(line)


def _why(article: ArticleStatus) -> str:
    from ..status.article_status import ArticleState

    if article.state is ArticleState.NEW or not article.id:
        return "it was never published"
    if article.state is ArticleState.PUBLISHED:
        return "newer entries fill the feeds, or they were not built"
    return f"it is {article.state}"


def _print_entry(
    settings: Settings, state: FolderState, article: ArticleStatus, *, as_json: bool
) -> None:
    from ..show import preview_entry
    from .show_text import preview_lines, print_preview

    preview = preview_entry(settings, state, article, now=clock.now())
    if as_json:
        print_json(_preview_json(preview))
    elif sys.stdout.isatty():
        print_preview(preview, settings.site.zone, terminal())
    else:
        for line in preview_lines(preview, settings.site.zone):
            typer.echo(line)


def _preview_json(preview: Preview) -> dict[str, object]:
    from ..html import text_lines
    from .status_json import article_fields

    return {
        "article": article_fields(preview.article),
        "entry": preview.entry,
        "text": "\n".join(text_lines(preview.content)),
        "cuts": preview.cuts,
    }
