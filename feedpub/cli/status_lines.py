"""`feedpub status` as lines of fields between tabs, and the wording that the terminal shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, assert_never

from ..status.article_status import ArticleState
from ..status.history import (
    EntryLeft,
    EntryPublished,
    EntryRestored,
    EntryReturned,
    EntryUpdated,
    EntryWithdrawn,
    MinorEdit,
    PathChanged,
    PublishedChanged,
    RenderedAgain,
)

if TYPE_CHECKING:
    from ..status.article_status import ArticleStatus
    from ..status.folder_status import Coming, FeedStatus, Status
    from ..status.history import EntryChange


def local(moment: datetime, zone: tzinfo) -> str:
    """`moment` in the time zone of the site, to the minute."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def when(article: ArticleStatus, zone: tzinfo) -> str:
    """Since when an article is what it is, and until when; empty if time plays no part."""
    since = article.since if article.state is not ArticleState.HELD_BACK else None
    parts = (("since", since), ("until", article.until))
    return " ".join(f"{word} {local(moment, zone)}" for word, moment in parts if moment)


def why(article: ArticleStatus) -> str:
    """Why an article is left out, without its path, or withdrawn."""
    return article.reason or "; ".join(
        f"line {each.line}: {each.problem}" if each.line else each.problem
        for each in article.diagnostics
    )


def becomes(coming: Coming) -> str:
    """What time does to an article."""
    return "due" if coming.becomes is ArticleState.PUBLISHED else "expires"


def change_text(change: EntryChange, zone: tzinfo) -> str:
    """What happened to an entry, with the paths or dates that changed."""
    match change:
        case EntryPublished():
            text = f"published as of {local(change.published, zone)}"
        case PathChanged():
            text = f"renamed from {change.old_path} to {change.path}"
        case PublishedChanged():
            text = f"redated from {local(change.old, zone)} to {local(change.new, zone)}"
        case EntryUpdated():
            text = f"edited, updated {local(change.updated, zone)}"
        case MinorEdit():
            text = "edited, nothing that subscribers are told of"
        case RenderedAgain():
            text = "shown otherwise, though the article is as it was"
        case EntryWithdrawn():
            text = f"withdrawn: {change.reason}" if change.reason else "withdrawn"
        case EntryLeft():
            text = "out of the feeds"
        case EntryRestored():
            text = "no longer withdrawn"
        case EntryReturned():
            text = "back in the feeds"
        case _:
            assert_never(change)
    return text


def status_lines(status: Status, zone: tzinfo) -> Iterator[str]:
    """One line for each thing, all of them; the first field says what it is."""
    for line in _fields(status, zone):
        yield "\t".join(line).rstrip("\t")


def _fields(status: Status, zone: tzinfo) -> Iterator[tuple[str, ...]]:
    for each in status.articles:
        yield "article", each.state, when(each, zone), each.name, each.title, why(each)
    for feed in status.feeds:
        yield from _feed_fields(feed, zone)
    for change in status.next_build.changes:
        yield "next build", change.path, change_text(change, zone)
    for path in status.next_build.writes:
        yield "next build", path, "written"
    for coming in status.coming:
        yield "coming", local(coming.at, zone), becomes(coming), coming.path
    for month in status.months:
        yield "month", month.month, str(month.entries)


def _feed_fields(feed: FeedStatus, zone: tzinfo) -> Iterator[tuple[str, ...]]:
    newest = local(feed.newest, zone) if feed.newest else ""
    updated = f"changed {local(feed.updated, zone)}"
    entries = "1 entry" if feed.entries == 1 else f"{feed.entries} entries"
    yield "feed", feed.name, entries, updated, newest, feed.newest_title
    for each in feed.documents:
        yield "document", each.path, f"{each.size} bytes", "" if each.written else "to be written"


def article_lines(
    article: ArticleStatus, past: Iterable[EntryChange], ahead: Iterable[EntryChange], zone: tzinfo
) -> Iterator[str]:
    """What one article is, what has happened to it, and what the next build would do."""
    yield f"{article.path}: {article.title}" if article.title else article.name
    yield f"  {article.state} {when(article, zone)}".rstrip()
    for reason in (article.reason, *article.diagnostics):
        if reason:
            yield f"  {reason}"
    if article.id:
        yield f"  id {article.id}"
    if article.feeds:
        yield f"  in {', '.join(article.feeds)}"
    for each in past:
        yield f"{local(each.at, zone)}  {change_text(each, zone)}"
    for each in ahead:
        yield f"the next build  {change_text(each, zone)}"
