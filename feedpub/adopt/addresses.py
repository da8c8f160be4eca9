"""The addresses of an old feed and of its entries, and what becomes of them here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ..config.feed_names import name_problem
from ..entries.links import made_link, slug_of_path
from ..errors import Diagnostic, Severity
from ..formats import FORMATS, output_path
from ..model import Article
from ..parsing.toml import quoted
from ..settings import Settings
from ..text.wording import abridged
from .match import Match
from .old_feed import OldFeed
from .records import AdoptedRecord
from .scoring import normalised_link

# Paths in one message.
_NAMED = 3


def address_notes(feed: OldFeed, settings: Settings) -> Iterator[Diagnostic]:
    """What to write so that the new feed stands at the address of an old one on the same site."""
    path = _below(settings.site.url, feed.place)
    form = next((each for each in FORMATS.values() if _is_of(feed, each.name)), None)
    if not path or form is None:
        return
    ours = output_path(settings.feeds[0], form.name)
    if path == ours and form.name in settings.formats:
        return
    problem = "is an address of this site at which no feed is going to stand"
    remedy = f"Let it redirect for good (301) to {settings.site.url}{ours}."
    if not name_problem(path, form):
        remedy = f"Write {form.name} = {quoted(path)} under [output.names]."
        if form.name not in settings.formats:
            remedy = f"{remedy[:-1]}, and name {quoted(form.name)} in `formats` under [output]."
    yield Diagnostic(
        code="feed-address-differs",
        severity=Severity.NOTE,
        place=feed.place,
        problem=problem,
        remedy=remedy,
    )


def _is_of(feed: OldFeed, format_name: str) -> bool:
    return feed.form.casefold().startswith(format_name)


def _below(site: str, address: str) -> str:
    """The path of `address` below `site`, "" if it is elsewhere; http and https are the same."""
    home, here = (url.partition("://")[2] for url in (site, address))
    return here.removeprefix(home) if here.startswith(home) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """An article, when it is published, the link that its old entry has, and that of here."""

    article: Article
    published: datetime
    old: str
    new: str


def link_warnings(
    pairs: Iterable[tuple[Match, AdoptedRecord]], settings: Settings
) -> Iterator[Diagnostic]:
    """A warning on the entries that get another link here, and one on those that get none."""
    zone = settings.site.zone
    pages = [
        _Page(
            article=match.article,
            published=adopted.record.published,
            old=match.entry.link,
            new=_new_link(match.article, adopted.record.published, settings),
        )
        for match, adopted in pairs
        if match.entry.link
    ]
    lost = [page for page in pages if not page.new]
    changed = [
        page
        for page in pages
        if page.new and normalised_link(page.new) != normalised_link(page.old)
    ]
    remedy = _remedy(pages, zone)
    if lost:
        problem = f"the feed has a link for it, such as {lost[0].old}, and the article states none"
        yield _warning("entry-link-lost", lost, problem, remedy)
    if changed:
        problem = f"the feed links to {changed[0].old}, and the article to {changed[0].new}"
        yield _warning("entry-link-changed", changed, problem, remedy)


def _new_link(article: Article, published: datetime, settings: Settings) -> str:
    link, pattern = article.metadata.link, settings.link_pattern
    if link is None and pattern:
        link = made_link(article, published, pattern, settings.site.zone)
    return link or ""


def _warning(code: str, pages: Sequence[_Page], problem: str, remedy: str) -> Diagnostic:
    return Diagnostic(
        code=code,
        severity=Severity.WARNING,
        place=abridged([page.article.path for page in pages], _NAMED),
        problem=problem,
        remedy=remedy,
    )


def _remedy(pages: Sequence[_Page], zone: tzinfo) -> str:
    """The pattern that makes most of the old links, where there is such a one."""
    patterns = Counter(filter(None, (_pattern_of(page, zone) for page in pages)))
    for pattern, _ in patterns.most_common(1):
        right = sum(_makes(pattern, page, zone) for page in pages)
        if 2 * right > len(pages):
            which = "all of them" if right == len(pages) else f"{right:,} of {len(pages):,}"
            return f"Write link = {quoted(pattern)} under [articles], which makes {which}."
    return "Write the old one as `link` into its metadata."


def _makes(pattern: str, page: _Page, zone: tzinfo) -> bool:
    made = made_link(page.article, page.published, pattern, zone)
    return made is not None and normalised_link(made) == normalised_link(page.old)


def _pattern_of(page: _Page, zone: tzinfo) -> str:
    """The old link with placeholders for what is known of the article; "" without its slug."""
    day = page.published.astimezone(zone)
    slug = page.article.metadata.slug or slug_of_path(page.article.path)
    known = {"{year}": f"{day:%Y}", "{month}": f"{day:%m}", "{day}": f"{day:%d}"}
    parts = urlsplit(page.old)
    *folders, last = parts.path.rstrip("/").split("/")
    segments: list[str] = []
    for folder in folders:
        # The first that fits, once: of 2024/03/03, that is the month, then the day.
        name = next((name for name, value in known.items() if value == folder), "")
        known.pop(name, None)
        segments.append(name or folder)
    ending = PurePosixPath(last).suffix if last != slug else ""
    if last.removesuffix(ending) != slug:
        return ""
    slash = "/" if parts.path.endswith("/") else ""
    path = "/".join((*segments, "{slug}"))
    return f"{parts.scheme}://{parts.netloc}{path}{ending}{slash}"
