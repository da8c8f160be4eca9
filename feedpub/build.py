"""A build: the entries that were decided rendered as feeds, then written after the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from .articles.read import Reader
from .entries.decision import Published
from .entries.render import compose_entry
from .entries.selection import FeedSelection, compose_feed
from .errors import ArticleError, Diagnostic
from .folder_state import FolderState, decide_folder
from .formats import FORMATS, outputs
from .ledger.store import append, read_ledger
from .model import Amount, Document, Entry, Feed
from .output.write import Written, compare_documents, write_documents
from .progress import Progress, unwatched
from .settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """The feeds of a folder, rendered and not written.

    `feeds` are in the order of config.toml. `diagnostics` are those of `state`, and an error for
    each entry that could not be rendered.
    """

    state: FolderState
    feeds: tuple[Feed, ...]
    documents: tuple[Document, ...]
    diagnostics: tuple[Diagnostic, ...]


def prepare_build(settings: Settings, *, now: datetime, progress: Progress = unwatched) -> Build:
    """Reads the folder, decides what is published at `now`, in UTC, and renders it; raises
    ConfigError and LedgerError."""
    ledger = read_ledger(settings.ledger_file)
    return render_build(settings, decide_folder(settings, ledger, now=now, progress=progress))


def render_build(settings: Settings, state: FolderState) -> Build:
    """Renders the feeds of `state`; raises no error for an article that can't be read again."""
    renderer = _EntryRenderer(settings, state)
    feeds = tuple(_render_feed(each, renderer, settings) for each in state.feeds)
    return Build(
        state=state,
        feeds=feeds,
        documents=tuple(_documents(settings, feeds)) if state.has_begun else (),
        diagnostics=(*state.diagnostics, *renderer.diagnostics),
    )


def write_build(settings: Settings, build: Build) -> Written:
    """Writes the ledger, then the documents whose bytes differ; raises LedgerError, OutputError.

    Writes nothing before the first article.
    """
    if not build.state.has_begun:
        return Written()
    append(settings.ledger_file, build.state.events, build.state.timestamp)
    return write_documents(settings.output, build.documents)


def compare_build(settings: Settings, build: Build) -> Written:
    """What `write_build` would write into the output folder."""
    return compare_documents(settings.output, build.documents)


class _EntryRenderer:
    """Renders entries, each once for each amount, and keeps what is wrong with those it can't."""

    def __init__(self, settings: Settings, state: FolderState) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._site = settings.site
        self._reader = Reader(settings)
        self._files = {file.path: file for file in state.files}
        self._entries: dict[tuple[str, Amount], Entry | None] = {}

    def entries(self, members: Iterable[Published], amount: Amount) -> Iterator[Entry]:
        for member in members:
            key = member.record.id, amount
            if key not in self._entries:
                self._entries[key] = self._render(member, amount)
            if entry := self._entries[key]:
                yield entry

    def _render(self, member: Published, amount: Amount) -> Entry | None:
        article = member.article
        try:
            markup = self._reader.markup(self._files[article.path])
        except ArticleError as error:
            self.diagnostics.extend(error.diagnostics)
            return None
        return compose_entry(article, member.record, markup, site=self._site, amount=amount)


def _render_feed(selection: FeedSelection, renderer: _EntryRenderer, settings: Settings) -> Feed:
    entries = renderer.entries(selection.members, selection.settings.content)
    return compose_feed(selection, entries, settings)


def _documents(settings: Settings, feeds: Iterable[Feed]) -> Iterator[Document]:
    for feed, feed_settings in zip(feeds, settings.feeds, strict=True):
        for output in outputs(feed_settings, settings):
            yield FORMATS[output.format].render(feed, output)
