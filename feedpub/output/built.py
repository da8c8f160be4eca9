"""The feeds as they stand in the output folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..errors import Diagnostic, Severity
from ..files import file_diagnostic
from ..formats import FORMATS, Format, outputs
from ..formats.own_feeds import ShownFeed
from ..ledger.store import Ledger
from ..model import Record
from ..settings import MAIN, FeedSettings, Settings

BUILD = "Run `feedpub build`."


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFeed:
    """One document of a feed: what it shows, or the error where it can't be read.

    `path` is as messages name it, with the output folder.
    """

    settings: FeedSettings
    format: Format
    path: str
    shown: ShownFeed | None = None
    error: Diagnostic | None = None


def built_feeds(settings: Settings) -> Iterator[BuiltFeed]:
    """Every document that a build writes, in the order of config.toml."""
    for feed in settings.feeds:
        for output in outputs(feed, settings):
            yield _read(settings, feed, FORMATS[output.format], output.path)


def outdated(settings: Settings, ledger: Ledger) -> Iterator[Diagnostic]:
    """An error for each document that is not there, or older than what the ledger knows."""
    for built in built_feeds(settings):
        if built.error is not None:
            yield built.error
        elif built.shown is not None and _is_behind(built, built.shown, ledger):
            yield Diagnostic(
                code="feed-outdated",
                place=built.path,
                problem="is older than what the ledger knows",
                remedy=BUILD,
            )


def orphaned(settings: Settings, ledger: Ledger) -> Iterator[Diagnostic]:
    """A note for each document of a feed or a format that config.toml names no more."""
    due = {output.path for feed in settings.feeds for output in outputs(feed, settings)}
    once = {
        each.path_of("" if name == MAIN else name)
        for name in ledger.feeds
        for each in FORMATS.values()
    }
    for path in sorted(once - due):
        if (settings.output / path).is_file():
            yield Diagnostic(
                code="feed-orphaned",
                severity=Severity.NOTE,
                place=f"{settings.output_name}/{path}",
                problem="is not made any more, as config.toml names no such feed; it stays as it "
                "is",
                remedy="Delete it, and the next push takes it off the host.",
            )


def _is_behind(built: BuiltFeed, shown: ShownFeed, ledger: Ledger) -> bool:
    head = ledger.feeds.get(built.settings.ledger_name)
    if head is not None and shown.updated < head.updated:
        return True
    written = built.format.written_id
    records = {written(record.id): record for record in ledger.entries.values()}
    is_stale = any(
        record.left_at is not None or (entry.updated is not None and entry.updated < record.updated)
        for entry in shown.entries
        if (record := records.get(entry.id))
    )
    due = {written(record.id) for record in _newest(built.settings, records.values())}
    return is_stale or not due <= {entry.id for entry in shown.entries}


def _newest(feed: FeedSettings, records: Iterable[Record]) -> list[Record]:
    """What surely stands in `feed`; the ledger knows no tags."""
    standing = [record for record in records if record.left_at is None and not feed.tags]
    standing.sort(key=lambda record: (-record.published.timestamp(), record.id))
    return standing[: feed.limit] if feed.limit else standing


def _read(settings: Settings, feed: FeedSettings, in_format: Format, path: str) -> BuiltFeed:
    place = f"{settings.output_name}/{path}"
    try:
        shown = in_format.read((settings.output / path).read_bytes())
    except OSError as error:
        diagnostic = file_diagnostic(place, "read", error, BUILD)
    except ValueError as error:
        problem = f"is no feed of ours: {error}"
        diagnostic = Diagnostic(code="feed-invalid", place=place, problem=problem, remedy=BUILD)
    else:
        return BuiltFeed(settings=feed, format=in_format, path=place, shown=shown)
    return BuiltFeed(settings=feed, format=in_format, path=place, error=diagnostic)
