"""Adds one article after the other to a folder, each page once."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from ..adopt.article_file import write_article
from ..adopt.corpus import ArticleCorpus
from ..articles.front_matter import split_front_matter
from ..articles.paste_head import split_leading_address, split_note
from ..articles.text import split_title
from ..errors import Diagnostic, OutputError, PageError
from ..files import file_diagnostic, replace_file
from ..metadata import merged
from ..model import Metadata
from ..settings import Settings
from .known_links import KnownLinks
from .lists import ListedLink
from .new_article import NewArticle, article_file, article_text
from .page import PageArticle, SavedPage, read_web_page
from .renewal import front_metadata, renewed

_MARKDOWN = frozenset((".md", ".markdown"))


class AddOutcome(StrEnum):
    """What became of a page: a new article, the old one made anew, or nothing, as it is there."""

    ADDED = "added"
    UPDATED = "updated"
    KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What became of one page, link or paste; `path` is that of its article.

    `missing` names in plain words what was not found. `diagnostics` are notes.
    """

    outcome: AddOutcome
    path: str
    title: str = ""
    missing: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """The HTML of a page.

    `asked` is the address that was given, `address` that to which redirects have led, both "" where
    unknown. `directives` are words for robots that came beside the page.
    """

    place: str
    html: str
    address: str = ""
    asked: str = ""
    directives: Set[str] = frozenset()

    @classmethod
    def saved(cls, page: SavedPage, place: str) -> WebPage:
        """A page that a browser has saved in the file `place`."""
        return cls(place=place, html=page.html, address=page.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOptions:
    """What a curator says of what is added: `stated` takes precedence over what is found.

    `summary_only` takes no text; `update` makes the article of a page that is there anew.
    """

    stated: Metadata = field(default_factory=Metadata)
    summary_only: bool = False
    update: bool = False


class Adder:
    """Adds to the articles of a folder, and knows which pages it has; needs the lock of the folder.

    Articles that can't be read now are not known.
    """

    def __init__(self, settings: Settings, options: AddOptions, *, now: datetime) -> None:
        self._settings = settings
        self._options = options
        self._now = now
        self._known = KnownLinks(ArticleCorpus(settings).articles)

    def known(self, link: str) -> Addition | None:
        """What there is to say of `link` if an article has it, and it is not to be made anew."""
        path = "" if self._options.update else self._known.path(link)
        return Addition(outcome=AddOutcome.KNOWN, path=path) if path else None

    def page(self, page: WebPage, listed: Metadata | None = None) -> Addition:
        """Adds a page; `listed` is what a list says of it, and counts where the page is silent.

        Raises PageError, ArticleError and OutputError.
        """
        found = read_web_page(
            page.html,
            place=page.place,
            address=page.address,
            site=self._settings.site,
            summary_only=self._options.summary_only,
            directives=page.directives,
        )
        link = found.metadata.link or ""
        path = self._known.path(link, page.address, page.asked)
        if path and not self._options.update:
            return Addition(outcome=AddOutcome.KNOWN, path=path, title=found.metadata.title or "")
        addition = self._save(path, merged(found.metadata, listed or Metadata()), found.body)
        self._known.add(addition.path, link, page.address, page.asked)
        return replace(addition, missing=self._missing(found), diagnostics=found.diagnostics)

    def link(self, each: ListedLink) -> Addition:
        """Adds a link post: an article without a text. Raises OutputError."""
        if path := self._known.path(each.link):
            return Addition(outcome=AddOutcome.KNOWN, path=path, title=each.title)
        addition = self._save("", listed_metadata(each), "")
        self._known.add(addition.path, each.link)
        return addition

    def paste(self, text: str, *, place: str, suffix: str) -> Addition:
        """Adds a text as it is, named after its title. Raises PageError and OutputError."""
        front = split_front_matter(text)
        stated = self._options.stated
        if front.table and stated != Metadata():
            problem = "has metadata of its own, to which options add nothing"
            remedy = "Write them into the text, or leave the options out."
            raise PageError(
                Diagnostic(code="metadata-conflict", place=place, problem=problem, remedy=remedy)
            )
        if not text.strip():
            remedy = "Paste a text, or name an address or a file."
            problem = "has no text"
            raise PageError(
                Diagnostic(code="text-missing", place=place, problem=problem, remedy=remedy)
            )
        name = str(front.table.get("title") or _headline(front.body)).lstrip("# ")
        article = NewArticle(metadata=stated, body=text, name=name, suffix=suffix)
        # A day in the name would be taken for that of its publication.
        return self._write(article, today=None)

    def _with_stated(self, metadata: Metadata) -> Metadata:
        stated = self._options.stated
        tags = tuple(dict.fromkeys((*(metadata.tags or ()), *(stated.tags or ()))))
        return replace(merged(stated, metadata), tags=tags or None)

    def _missing(self, found: PageArticle) -> tuple[str, ...]:
        stated = {"title": self._options.stated.title, "date": self._options.stated.published}
        return tuple(each for each in found.missing if not stated.get(each))

    def _save(self, path: str, metadata: Metadata, body: str) -> Addition:
        """Writes a new article, or that at `path` anew if there is one."""
        if not path:
            article = NewArticle(metadata=self._with_stated(metadata), body=body)
            zone = self._settings.site.zone
            return self._write(article, today=self._now.astimezone(zone).date())
        file = self._settings.articles / path
        if file.suffix.lower() not in _MARKDOWN:
            problem = "is not a Markdown file, and can't be made anew"
            remedy = "Delete it, and add the page again."
            raise PageError(
                Diagnostic(code="article-not-markdown", place=path, problem=problem, remedy=remedy)
            )
        old = front_metadata(file, path, self._settings.site)
        article = NewArticle(metadata=self._with_stated(renewed(old, metadata)), body=body)
        try:
            replace_file(file, article_text(article).encode())
        except OSError as error:
            raise OutputError(file_diagnostic(path, "written", error)) from None
        return Addition(outcome=AddOutcome.UPDATED, path=path, title=article.title)

    def _write(self, article: NewArticle, *, today: date | None) -> Addition:
        file = article_file(article, zone=self._settings.site.zone, today=today)
        same = self._settings.articles / f"{file.stem}{file.suffix}"
        if same.is_file() and same.read_text(encoding="utf-8", errors="replace") == file.text:
            return Addition(outcome=AddOutcome.KNOWN, path=same.name, title=article.title)
        path = write_article(self._settings.articles, file)
        return Addition(outcome=AddOutcome.ADDED, path=path, title=article.title)


def _headline(text: str) -> str:
    """The title of a pasted text, which may stand below the curator's comment and an address."""
    noted = split_note(tuple(enumerate(text.split("\n"), 1)))
    return split_title(split_leading_address(noted.lines).lines).title


def listed_metadata(each: ListedLink) -> Metadata:
    """What a list says of a link, as the metadata of an article."""
    return Metadata(
        title=each.title or None,
        link=each.link,
        published=each.added,
        tags=each.tags or None,
        note=each.note or None,
    )
