"""Reads one article file: bytes, metadata and text to Article, and to markup once it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..cleaning import Cleaner, rules_for
from ..errors import ArticleError, Diagnostic
from ..files import file_diagnostic
from ..metadata import merged, read_metadata
from ..model import Article, Kind
from ..parsing.dates import day_in_file_name, stem_without_date
from ..parsing.values import Place
from ..settings import Settings
from .encoding import decode
from .fingerprints import fingerprints
from .folder import ArticleFile
from .front_matter import FrontMatter, FrontMatterError, split_front_matter
from .parsed_article import ParsedArticle, StatedMetadata, read_html, read_markdown, read_text
from .tables import Tables

LARGEST = 5_000_000
UNTITLED = "has no title; its file name serves as one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """The text of an article as HTML, not safe yet; its addresses are relative to `base`."""

    html: str
    base: str


class Reader:
    """Reads article files by the rules of one config.toml."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tables = Tables(settings.tables)

    @cached_property
    def _cleaner(self) -> Cleaner:
        settings = self._settings
        return Cleaner(rules_for(settings.cleaning_rules, settings.cleaning_disabled))

    def article(self, file: ArticleFile) -> Article:
        """Reads `file`; raises ArticleError with every fault in it."""
        return self._read(file)[0]

    def markup(self, file: ArticleFile) -> Markup:
        """Reads `file` again, for its text; raises ArticleError."""
        article, parsed = self._read(file)
        site = self._settings.site
        base = parsed.base or article.metadata.link or site.url
        return Markup(html=parsed.html(), base=base)

    def unused_tables(self) -> tuple[Diagnostic, ...]:
        """The `[article."…"]` tables that no file read so far matches."""
        return tuple(
            Diagnostic(
                place=str(self._settings.file.name),
                line=table.line,
                problem=f'[article."{table.pattern}"] matches no article',
            )
            for table in self._tables.unused()
        )

    def _read(self, file: ArticleFile) -> tuple[Article, ParsedArticle]:
        text, remarks = _text_of(file)
        front = _front_matter(file, text)
        stated = self._stated(file, front)
        parsed = self._parsed(file, front, stated)
        title = parsed.title or _title_from(file.path)
        metadata = merged(stated.merged, parsed.metadata)
        if not parsed.title:
            remarks += (UNTITLED,)
        if not (metadata.link or metadata.note or metadata.summary) and parsed.is_empty:
            raise _without_text(file, parsed)
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
            ),
            day=day_in_file_name(file.file.name, self._settings.site.zone),
            cuts=parsed.cuts,
            remarks=remarks + parsed.remarks,
        )
        return article, parsed

    def _stated(self, file: ArticleFile, front: FrontMatter) -> StatedMetadata:
        place = Place(name=file.path, line_of=front.line_of)
        metadata, faults = read_metadata(front.table, place, self._settings.site)
        if faults:
            raise ArticleError(*sorted(faults, key=lambda fault: fault.line))
        return StatedMetadata(table=self._tables.metadata(file.path), front=metadata)

    def _parsed(
        self, file: ArticleFile, front: FrontMatter, stated: StatedMetadata
    ) -> ParsedArticle:
        if file.kind is Kind.MARKDOWN:
            return read_markdown(front.body, stated)
        if file.kind is Kind.HTML:
            return read_html(front.body, stated, self._settings.site)
        return read_text(front.body, front.body_line, stated, self._cleaner)


def _text_of(file: ArticleFile) -> tuple[str, tuple[str, ...]]:
    try:
        with file.file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise _error(file, "is larger than 5 MB", "Publish it as an enclosure, or part it.")
        decoded = decode(raw)
    except OSError as error:
        raise ArticleError(file_diagnostic(file.path, "read", error)) from None
    except ValueError as error:
        raise _error(file, str(error)) from None
    return decoded.text, (decoded.remark,) if decoded.remark else ()


def _front_matter(file: ArticleFile, text: str) -> FrontMatter:
    try:
        return split_front_matter(text)
    except FrontMatterError as error:
        raise ArticleError(
            Diagnostic(place=file.path, line=error.line, problem=str(error))
        ) from None


def _error(file: ArticleFile, problem: str, remedy: str = "") -> ArticleError:
    return ArticleError(Diagnostic(place=file.path, problem=problem, remedy=remedy))


def _without_text(file: ArticleFile, parsed: ParsedArticle) -> ArticleError:
    if not parsed.cuts:
        return _error(file, "has no text", "Write some, or delete the file.")
    rules = ", ".join(dict.fromkeys(cut.rule for cut in parsed.cuts))
    return _error(
        file,
        f"has no text but page furniture ({rules})",
        "If it is text, say `clean = false` in its metadata.",
    )


def _title_from(path: str) -> str:
    stem = path.rpartition("/")[2].rpartition(".")[0]
    words = (stem_without_date(stem) or stem).replace("-", " ").replace("_", " ").split()
    title = " ".join(words) or stem
    return title[:1].upper() + title[1:]
