"""`feedpub status` on a terminal: tables as wide as it is, and a bar chart of entries a month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, tzinfo
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rich import box
from rich.filesize import decimal
from rich.table import Table
from rich.text import Text

from ..status.article_status import ArticleState
from ..text.wording import first_lines
from .status_lines import becomes, change_text, local, when, why

if TYPE_CHECKING:
    from rich.console import Console

    from ..settings import Settings
    from ..status.article_status import ArticleStatus
    from ..status.documents import DocumentStatus
    from ..status.folder_status import Month, Status

ARTICLES_SHOWN = 20
"""Articles of each state in the table, the newest: they fit on one screen."""

CHANGES_SHOWN = 5
"""Lines of each list below the tables."""

MIN_WIDE = 76
"""Columns of a terminal from which titles have room beside paths and states."""

EIGHTHS = " ▁▂▃▄▅▆▇█"
"""Bars of 0 to 8 eighths of a line."""

CHART_HEIGHT = 4
"""Lines of the chart, without its labels."""

STYLES = {
    ArticleState.LEFT_OUT: "bold red",
    ArticleState.NEW: "green",
    ArticleState.HELD_BACK: "yellow",
    ArticleState.DRAFT: "yellow",
    ArticleState.PUBLISHED: "",
    ArticleState.EXPIRED: "dim",
    ArticleState.WITHDRAWN: "dim",
    ArticleState.GONE: "dim",
}


def print_status(status: Status, settings: Settings, console: Console, *, everything: bool) -> None:
    """Prints `status`; the table of articles is cut to the newest of each state unless `everything`
    is asked for."""
    zone = settings.site.zone
    console.print(Text(_headline(status), "bold"))
    if status.articles:
        console.print(_articles(status.articles, zone, console.width, everything=everything))
    for line in () if everything else _more(status.articles):
        console.print(Text(line, "dim"))
    console.print(_feeds(status, zone, console.width))
    for line in _next_build(status, settings, everything=everything):
        console.print(Text(line), soft_wrap=True)
    if any(month.entries for month in status.months):
        console.print()
        for line in _chart(status.months, console.width):
            console.print(Text(line), soft_wrap=True)


def _headline(status: Status) -> str:
    counts = Counter(each.state for each in status.articles)
    numbers = ", ".join(f"{counts[state]:,} {state}" for state in ArticleState if counts[state])
    return f"{status.title}: {numbers or 'no articles yet'}"


def _articles(
    articles: Sequence[ArticleStatus], zone: tzinfo, width: int, *, everything: bool
) -> Table:
    table = _table("Article", "State", *(("Title",) if width >= MIN_WIDE else ()))
    for each in articles if everything else _cut(articles):
        detail = why(each) or each.title
        state = Text(f"{each.state} {when(each, zone)}".rstrip(), STYLES[each.state])
        if width >= MIN_WIDE:
            table.add_row(Text(each.name), state, Text(detail))
        else:
            table.add_row(Text(f"{each.name}\n  {detail}" if why(each) else each.name), state)
    return table


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _cut(articles: Sequence[ArticleStatus]) -> Iterator[ArticleStatus]:
    counts: Counter[ArticleState] = Counter()
    for each in articles:
        counts[each.state] += 1
        if counts[each.state] <= ARTICLES_SHOWN:
            yield each


def _more(articles: Sequence[ArticleStatus]) -> Iterator[str]:
    for state, number in Counter(each.state for each in articles).items():
        if number > ARTICLES_SHOWN:
            yield f"and {number - ARTICLES_SHOWN:,} more {state} (--all names them)"


def _feeds(status: Status, zone: tzinfo, width: int) -> Table:
    wide = width >= MIN_WIDE
    table = _table("Feed", "Entries", "Last change", *(("Newest entry",) if wide else ()), "Files")
    table.columns[1].justify = "right"
    for each in status.feeds:
        files = "\n".join(_file(document) for document in each.documents)
        newest = f"{local(each.newest, zone)}\n{each.newest_title}" if each.newest else ""
        cells = (each.name, f"{each.entries:,}", local(each.updated, zone))
        table.add_row(*(Text(cell) for cell in (*cells, *((newest,) if wide else ()), files)))
    return table


def _file(document: DocumentStatus) -> str:
    mark = "" if document.written else " *"
    return f"{PurePosixPath(document.path).name} {decimal(document.size)}{mark}"


def _next_build(status: Status, settings: Settings, *, everything: bool) -> Iterator[str]:
    zone = settings.site.zone
    changes = [f"{each.path}: {change_text(each, zone)}" for each in status.next_build.changes]
    writes = [f"{settings.output_name}/{path}: written *" for path in status.next_build.writes]
    if changes or writes:
        yield "The next build:"
        yield from _some(changes, everything=everything)
        yield from _some(writes, everything=everything)
    else:
        yield "The next build would change nothing."
    coming = [f"{local(c.at, zone)}: {c.path} {becomes(c)}" for c in status.coming]
    if coming:
        yield "Coming:"
        yield from _some(coming, everything=everything)


def _some(lines: Sequence[str], *, everything: bool) -> Iterator[str]:
    limit = len(lines) if everything else CHANGES_SHOWN
    yield from (f"  {line}" for line in first_lines(lines, limit, "--all names them"))


def _chart(months: Sequence[Month], width: int) -> Iterator[str]:
    column = max(4, *(len(str(each.entries)) + 1 for each in months))
    shown = months[-max(1, width // column) :]
    peak = max(1, *(each.entries for each in shown))
    yield "Entries a month"
    for row in range(CHART_HEIGHT - 1, -1, -1):
        bars = (_bar(each.entries, peak, row) * (column - 1) for each in shown)
        yield _row(bars, column)
    yield _row((str(each.entries) for each in shown), column)
    yield _row((f"{date.fromisoformat(f'{each.month}-01'):%b}" for each in shown), column)
    years = (each.month[:4] if each.month.endswith("-01") else "" for each in shown)
    yield _row(years, column)


def _bar(entries: int, peak: int, row: int) -> str:
    eighths = len(EIGHTHS) - 1
    # A month with an entry in it is never empty, however high the others are.
    height = max(round(entries / peak * CHART_HEIGHT * eighths), entries > 0)
    return EIGHTHS[min(max(height - row * eighths, 0), eighths)]


def _row(cells: Iterable[str], column: int) -> str:
    return "".join(cell.ljust(column) for cell in cells).rstrip()
