"""What is said of one article file: why it can't be published, and what is good to know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..errors import ArticleError, Diagnostic, Severity
from ..model import Metadata
from ..parsing.dates import end, start
from .folder import ArticleFile
from .front_matter import FrontMatter
from .parsed_article import ParsedArticle
from .template_tags import Understood


def repair_diagnostics(file: ArticleFile, front: FrontMatter) -> Iterator[Diagnostic]:
    """What of the front matter was read otherwise than it is written."""
    for each in front.repairs:
        yield Diagnostic(
            code=each.code,
            severity=each.severity,
            place=file.path,
            line=each.line,
            problem=each.problem,
            remedy=each.remedy,
        )


def unknown_tags(file: ArticleFile, front: FrontMatter, tags: Understood) -> Iterator[Diagnostic]:
    """A note on the first tag of another tool that is not understood."""
    if tags.unknown:
        yield Diagnostic(
            code="template-tag-unknown",
            severity=Severity.NOTE,
            place=file.path,
            line=front.body_line - 1 + tags.unknown.line,
            problem=f"has `{tags.unknown.tag}` in it, which is for another tool",
        )


def without_text(file: ArticleFile, parsed: ParsedArticle) -> ArticleError:
    """The error of an article that has nothing to show."""
    if not parsed.cuts:
        return article_error(file, "text-missing", "has no text", "Write some, or delete the file.")
    rules = ", ".join(dict.fromkeys(cut.rule for cut in parsed.cuts))
    problem = f"has no text but page furniture ({rules})"
    remedy = "If it is text, say `clean = false` in its metadata."
    return article_error(file, "text-missing", problem, remedy)


def without_early_update(
    file: ArticleFile, metadata: Metadata
) -> tuple[Metadata, tuple[Diagnostic, ...]]:
    """`metadata` without a change that is dated before the publication, and a warning on it."""
    published, updated = metadata.published, metadata.updated
    if not (published and updated) or end(updated) > start(published):
        return metadata, ()
    warning = Diagnostic(
        code="article-dates-contradictory",
        severity=Severity.WARNING,
        place=file.path,
        problem="says that it was updated before it was published; that is passed over",
        remedy="Leave `updated` out: feedpub sees by itself what changes.",
    )
    return replace(metadata, updated=None), (warning,)


def untitled(file: ArticleFile) -> Diagnostic:
    """A note on a file that is titled by its name."""
    problem = "has no title; its file name serves as one"
    return Diagnostic(
        code="title-missing", severity=Severity.NOTE, place=file.path, problem=problem
    )


def article_error(file: ArticleFile, code: str, problem: str, remedy: str) -> ArticleError:
    """The error with which `file` is left out."""
    return ArticleError(article_diagnostic(file, code, problem, remedy))


def article_diagnostic(file: ArticleFile, code: str, problem: str, remedy: str) -> Diagnostic:
    """A diagnostic on the whole of `file`."""
    return Diagnostic(code=code, place=file.path, problem=problem, remedy=remedy)
