"""The words of `feedpub status`, and its lines where there is no terminal: fields between tabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from ..status.article import ArticleState
from ..status.history import ChangeKind

if TYPE_CHECKING:
    from ..status.article import ArticleStatus
    from ..status.folder import Coming, FeedStatus, Status
    from ..status.history import Change

CHANGE_TEXTS = {
    ChangeKind.NEW: "published as of {new}",
    ChangeKind.RENAMED: "renamed from {old} to {new}",
    ChangeKind.REDATED: "redated from {old} to {new}",
    ChangeKind.EDITED: "edited, updated {new}",
    ChangeKind.MINOR_EDIT: "edited, nothing that subscribers are told of",
    ChangeKind.RENDERED_ANEW: "shown otherwise, though the article is as it was",
    ChangeKind.LEFT: "out of the feeds",
    ChangeKind.CAME_BACK: "back in the feeds",
    ChangeKind.WITHDRAWN: "withdrawn: {new}",
    ChangeKind.RESTORED: "no longer withdrawn",
}


def local(moment: datetime, zone: tzinfo) -> str:
    """`moment` as the people of the site read it."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def when(article: ArticleStatus, zone: tzinfo) -> str:
    """Since when an article is what it is, and until when; empty if time plays no part."""
    since = article.since if article.state is not ArticleState.HELD_BACK else None
    parts = (("since", since), ("until", article.until))
    return " ".join(f"{word} {local(moment, zone)}" for word, moment in parts if moment)


def why(article: ArticleStatus) -> str:
    """Why an article is left out, without its path, or withdrawn."""
    return article.reason or "; ".join(
        f"line {fault.line}: {fault.problem}" if fault.line else fault.problem
        for fault in article.faults
    )


def becomes(coming: Coming) -> str:
    """What time does to an article."""
    return "due" if coming.becomes is ArticleState.PUBLISHED else "expires"


def change(each: Change, zone: tzinfo) -> str:
    """What happened to an entry, with the paths or dates that changed."""
    old, new = (
        local(value, zone) if isinstance(value, datetime) else value or ""
        for value in (each.old, each.new)
    )
    return CHANGE_TEXTS[each.kind].format(old=old, new=new).removesuffix(": ")


def status_lines(status: Status, zone: tzinfo) -> Iterator[str]:
    """One line for each thing, all of them; the first field says what it is."""
    for line in _fields(status, zone):
        yield "\t".join(line).rstrip("\t")


def _fields(status: Status, zone: tzinfo) -> Iterator[tuple[str, ...]]:
    for each in status.articles:
        yield "article", each.state, when(each, zone), each.name, each.title, why(each)
    for feed in status.feeds:
        yield from _feed_fields(feed, zone)
    for each_change in status.next_build.changes:
        yield "next build", each_change.path, change(each_change, zone)
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
    article: ArticleStatus, past: Iterable[Change], ahead: Iterable[Change], zone: tzinfo
) -> Iterator[str]:
    """What one article is, what has happened to it, and what the next build would do."""
    yield f"{article.path}: {article.title}" if article.title else article.name
    yield f"  {article.state} {when(article, zone)}".rstrip()
    for reason in (article.reason, *article.faults):
        if reason:
            yield f"  {reason}"
    if article.id:
        yield f"  id {article.id}"
    if article.feeds:
        yield f"  in {', '.join(article.feeds)}"
    for each in past:
        yield f"{local(each.at, zone)}  {change(each, zone)}"
    for each in ahead:
        yield f"the next build  {change(each, zone)}"
