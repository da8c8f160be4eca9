"""One entry as subscribers get it, or would get it, and what the next build changes in it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter

from .articles.read import Markup, Reader
from .entries.dating import due
from .entries.decide import decide
from .entries.decision import Decision, Published
from .entries.render import compose_entry
from .entries.selection import compose_feed
from .folder_state import FolderState
from .formats.own_feeds import ShownEntry
from .html import TextBlock, text_blocks, text_lines
from .model import Amount, Article, Cut, Entry, Output
from .output.built import BuiltFeed, built_feeds
from .settings import Settings
from .status.article_status import ArticleState, ArticleStatus

NOT_YET_OR_NO_MORE = frozenset({ArticleState.HELD_BACK, ArticleState.DRAFT, ArticleState.EXPIRED})
"""What of these would be published is told by deciding as if they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """An article, and the entry that subscribers get of it, or would get.

    `entry` is None where an article is left out, withdrawn or gone. `content` is that of the entry,
    and `cuts` the lines of the file that are not in it; `parts` are both in the order of the file.
    """

    article: ArticleStatus
    entry: Entry | None = None
    content: tuple[TextBlock, ...] = ()
    cuts: tuple[Cut, ...] = ()
    parts: tuple[TextBlock | Cut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDiff:
    """A unified diff of an entry in the document at `path` to what the next build makes of it; no
    `lines` where they are equal. `path` is as messages name it."""

    path: str
    lines: tuple[str, ...]


def preview_entry(
    settings: Settings, state: FolderState, article: ArticleStatus, *, now: datetime
) -> Preview:
    """The entry of `article` as the first feed that it stands in has it, else the main feed; raises
    ArticleError where its file can't be read any more."""
    decision, path = state.decision, article.path
    if article.state in NOT_YET_OR_NO_MORE:
        decision = _decision_if_published(settings, state, path, now)
    member = next((each for each in decision.published if each.article.path == path), None)
    if member is None:
        errors = tuple(each for each in decision.diagnostics if each.place == path)
        return Preview(article=replace(article, diagnostics=errors or article.diagnostics))
    amounts = (each.content for each in settings.feeds if each.ledger_name in article.feeds)
    amount = next(amounts, settings.feeds[0].content)
    entry, markup = _render(settings, state, member, amount)
    content, cuts = text_blocks(entry.content), member.article.cuts
    is_whole = (member.article.metadata.content or amount) is Amount.FULL
    return Preview(
        article=article,
        entry=entry,
        content=content,
        cuts=cuts,
        parts=_in_order(content, markup.starts if is_whole else (), cuts),
    )


def diff_entry(settings: Settings, state: FolderState, article: ArticleStatus) -> EntryDiff | None:
    """What the next build changes in the entry of `article`, in the newest document that shows it;
    None where none does. Raises ArticleError."""
    found = _newest_document(settings, article.id)
    if found is None:
        return None
    built, old = found
    new = _next_entry(settings, state, built, article)
    lines = difflib.unified_diff(
        list(_entry_lines(old)),
        list(_entry_lines(new)) if new else [],
        fromfile=built.path,
        tofile="the next build",
        lineterm="",
    )
    return EntryDiff(path=built.path, lines=tuple(lines))


def _decision_if_published(
    settings: Settings, state: FolderState, path: str, now: datetime
) -> Decision:
    """What would be decided if nothing but other articles kept the one at `path` from feeds."""
    articles = [_without_hold(each) if each.path == path else each for each in state.articles]
    record = state.decision.known.get(path)
    moments = (due(each, record, now) for each in articles if each.path == path)
    return decide(
        articles,
        state.ledger,
        paths={file.path for file in state.files},
        site=settings.site,
        now=next(filter(None, moments), now),
        link_pattern=settings.link_pattern,
        commits=state.commits,
    )


def _without_hold(article: Article) -> Article:
    return replace(article, metadata=replace(article.metadata, draft=None, expires=None))


def _render(
    settings: Settings, state: FolderState, member: Published, amount: Amount
) -> tuple[Entry, Markup]:
    article = member.article
    file = next(each for each in state.files if each.path == article.path)
    markup = Reader(settings).markup(file)
    return compose_entry(article, member.record, markup, site=settings.site, amount=amount), markup


def _in_order(
    content: tuple[TextBlock, ...], starts: tuple[int, ...], cuts: tuple[Cut, ...]
) -> tuple[TextBlock | Cut, ...]:
    """Content, whose last blocks are the paragraphs that begin at the lines `starts`, with each cut
    before the paragraph that follows it; of other content nobody knows the lines, and it is first.
    """
    above = len(content) - len(starts)
    lines = (*(0 for _ in range(above)), *starts)
    numbered: list[tuple[int, TextBlock | Cut]] = [
        *zip(lines, content, strict=True),
        *((cut.line, cut) for cut in cuts),
    ]
    return tuple(part for _, part in sorted(numbered, key=itemgetter(0)))


def _newest_document(settings: Settings, uid: str) -> tuple[BuiltFeed, ShownEntry] | None:
    found = [
        (built.shown.updated, built, entry)
        for built in built_feeds(settings)
        if built.shown is not None
        for entry in built.shown.entries
        if entry.id == built.format.written_id(uid)
    ]
    newest = max(found, key=itemgetter(0), default=None)
    return newest and newest[1:]


def _next_entry(
    settings: Settings, state: FolderState, built: BuiltFeed, article: ArticleStatus
) -> ShownEntry | None:
    """The entry as the next build writes it into the document `built`; None if it is not in it."""
    selection = next(each for each in state.feeds if each.settings == built.settings)
    member = next((each for each in selection.members if each.record.id == article.id), None)
    if member is None:
        return None
    entry, _ = _render(settings, state, member, built.settings.content)
    # Written and read back, as what stands in the document was: formats differ in what they carry.
    output = Output(format=built.format.name, path=built.path, url=settings.site.url)
    document = built.format.render(compose_feed(selection, [entry], settings), output)
    return built.format.read(document.content).entries[0]


def _entry_lines(entry: ShownEntry) -> Iterator[str]:
    yield f"title: {entry.title}"
    yield f"link: {entry.link}".rstrip()
    yield f"authors: {', '.join(entry.authors)}".rstrip()
    yield f"tags: {', '.join(entry.tags)}".rstrip()
    yield ""
    yield from text_lines(text_blocks(entry.content))
