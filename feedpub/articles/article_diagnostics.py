"""What is said of one article file: why it can't be published, and what is good to know."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import ArticleError, Diagnostic, Severity
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
