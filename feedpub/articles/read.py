"""Reads one article file: to an Article first, and to its HTML when that is needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cached_property

from ..cleaning import Cleaner, rules_for
from ..errors import ArticleError, Diagnostic, Severity, with_severity
from ..files import file_diagnostic
from ..metadata import merged, read_front_matter
from ..model import Article, Day, Kind, Metadata
from ..parsing.article_name import article_name
from ..parsing.dates import day_in_file_name, day_in_path, stem_without_date
from ..parsing.values import Place
from ..settings import Settings
from ..text.link_pattern import DATE_PLACEHOLDERS, placeholders
from .article_diagnostics import (
    article_diagnostic,
    article_error,
    repair_diagnostics,
    unknown_tags,
    untitled,
    without_early_update,
    without_text,
)
from .config_tables import ArticleTables
from .encoding import Decoded, decode
from .fingerprints import fingerprints
from .folder import ArticleFile
from .front_matter import FrontMatter, FrontMatterError, split_front_matter
from .header_lines import read_header_lines
from .parsed_article import ParsedArticle, StatedMetadata, read_html, read_markdown
from .pasted_text import read_text
from .template_tags import Understood, understand_tags

# Bytes. The longest books are as long; what is larger is no text, or not one for a feed reader.
_MAX_SIZE = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """The text of an article as HTML that is not sanitised; its addresses are relative to `base`,
    an absolute URL, or to the link of the entry where `base` is empty.

    `starts` are the numbers of the lines at which the paragraphs of plain text begin.
    """

    html: str
    base: str
    starts: tuple[int, ...] = ()


class Reader:
    """Reads the article files of one config.toml."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tables = ArticleTables(settings.tables)

    @cached_property
    def _cleaner(self) -> Cleaner:
        settings = self._settings
        return Cleaner(rules_for(settings.cleaning_rules, settings.cleaning_disabled))

    def article(self, file: ArticleFile) -> Article:
        """Reads `file` without its text; raises ArticleError with all errors in it."""
        return self._read(file)[0]

    def markup(self, file: ArticleFile) -> Markup:
        """Reads the text of `file`; raises ArticleError."""
        parsed = self._read(file)[1]
        return Markup(html=parsed.html(), base=parsed.base, starts=parsed.starts)

    def unused_tables(self) -> tuple[Diagnostic, ...]:
        """A note on each table `[article."…"]` that applied to no article read so far."""
        return tuple(
            Diagnostic(
                code="article-table-unused",
                severity=Severity.NOTE,
                place=str(self._settings.file.name),
                line=table.line,
                problem=f'[article."{table.pattern}"] matches no article',
            )
            for table in self._tables.unused()
        )

    def _read(self, file: ArticleFile) -> tuple[Article, ParsedArticle]:
        decoded = _decode(file)
        front = _front_matter(file, decoded.text)
        stated = self._stated(file, front)
        tags = self._understand_tags(file, front)
        parsed = self._parse(file, replace(front, body=tags.text), stated)
        title = parsed.title or _title_from(file.path)
        metadata, contradictions = without_early_update(
            file, merged(stated.merged, parsed.metadata)
        )
        if not (metadata.link or metadata.note or metadata.summary) and parsed.is_empty:
            raise without_text(file, parsed)
        titling = () if parsed.title else (untitled(file),)
        article = Article(
            path=file.path,
            kind=file.kind,
            title=title,
            metadata=metadata,
            fingerprints=fingerprints(
                source=front.body,
                stated=stated.merged,
                title=title,
                shown=metadata,
                paragraphs=parsed.paragraphs,
                link_parts=self._link_parts(metadata),
            ),
            day=_day_of(file.path, metadata, self._settings.site.zone),
            cuts=parsed.cuts,
            unknown_keys=stated.unknown_keys,
            diagnostics=(
                *decoded.diagnostics,
                *stated.diagnostics,
                *titling,
                *contradictions,
                *unknown_tags(file, front, tags),
                *parsed.diagnostics,
            ),
        )
        return article, parsed

    def _link_parts(self, metadata: Metadata) -> tuple[object, ...]:
        """What the article states of the link that is made for it."""
        if metadata.link:
            return ()
        names = placeholders(self._settings.link_pattern)
        is_dated = not names.isdisjoint(DATE_PLACEHOLDERS)
        return (
            metadata.slug if "slug" in names else None,
            metadata.permalink if not names.isdisjoint({"slug", "permalink"}) else None,
            metadata.published if is_dated else None,
        )

    def _stated(self, file: ArticleFile, front: FrontMatter) -> StatedMetadata:
        place = Place(name=file.path, line_of=front.line_of)
        read = read_front_matter(front.table, place, self._settings.site)
        found = (*repair_diagnostics(file, front), *read.diagnostics)
        diagnostics = sorted(found, key=lambda each: each.line)
        if with_severity(diagnostics, Severity.ERROR):
            raise ArticleError(*diagnostics)
        return StatedMetadata(
            table=self._tables.metadata(file.path),
            front=read.metadata,
            unknown_keys=read.unknown,
            diagnostics=tuple(diagnostics),
        )

    def _understand_tags(self, file: ArticleFile, front: FrontMatter) -> Understood:
        if file.kind is Kind.TEXT:
            return Understood(text=front.body)
        tags = understand_tags(front.body, file.kind, site_url=self._settings.site.url)
        if tags.template:
            problem = f"is a template, not an article: it has `{tags.template.tag}` in it"
            remedy = "Leave it out: [articles] exclude in config.toml."
            line = front.body_line - 1 + tags.template.line
            raise ArticleError(
                replace(article_diagnostic(file, "file-is-template", problem, remedy), line=line)
            )
        return tags

    def _parse(
        self, file: ArticleFile, front: FrontMatter, stated: StatedMetadata
    ) -> ParsedArticle:
        if file.kind is Kind.MARKDOWN:
            return read_markdown(front.body, stated)
        if file.kind is Kind.HTML:
            return read_html(front.body, stated, self._settings.site, place=file.path)
        return read_text(
            front.body,
            front.body_line,
            stated,
            self._cleaner,
            self._settings.site,
            place=file.path,
        )


def _decode(file: ArticleFile) -> Decoded:
    try:
        with file.file.open("rb") as stream:
            raw = stream.read(_MAX_SIZE + 1)
    except OSError as error:
        raise ArticleError(file_diagnostic(file.path, "read", error)) from None
    if len(raw) > _MAX_SIZE:
        problem, remedy = "is larger than 5 MB", "Publish it as an enclosure, or part it."
        raise article_error(file, "file-too-large", problem, remedy)
    return decode(raw, file.path)


def _front_matter(file: ArticleFile, text: str) -> FrontMatter:
    try:
        front = split_front_matter(text)
    except FrontMatterError as error:
        raise ArticleError(
            Diagnostic(
                code="front-matter-invalid",
                place=file.path,
                line=error.line,
                problem=str(error),
                remedy=error.remedy,
            )
        ) from None
    is_plain = front.body == text and file.kind is not Kind.HTML
    return read_header_lines(front) if is_plain else front


def _day_of(path: str, metadata: Metadata, zone: tzinfo) -> Day | None:
    """The day that the name of a file, the path that it is published at, or its folders state."""
    return (
        day_in_file_name(article_name(path), zone)
        or day_in_path(metadata.permalink or "", zone)
        or day_in_path(path, zone)
    )


def _title_from(path: str) -> str:
    stem = article_name(path)
    words = (stem_without_date(stem) or stem).replace("-", " ").replace("_", " ").split()
    title = " ".join(words) or stem
    return title[:1].upper() + title[1:]
