"""What was fetched as a page of HTML, or a sentence that says what it is instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..articles.encoding import decode
from ..errors import ArticleError, Diagnostic, PageError
from .adder import WebPage

if TYPE_CHECKING:
    from .fetch import Download

_HTML_TYPES = ("text/html", "application/xhtml+xml", "")
_PDF = b"%PDF-"


def web_page(download: Download) -> WebPage:
    """The page that was fetched; raises PageError where it is something else."""
    place = download.address
    if download.content.startswith(_PDF) or download.media_type == "application/pdf":
        raise _no_page(place, "is a PDF document", "Add its text, or link to it in an article.")
    if download.media_type not in _HTML_TYPES:
        problem = f"is no web page, but {download.media_type}"
        raise _no_page(place, problem, "Link to it in an article, or name it as `enclosure`.")
    try:
        html = decode(_declared(download), place).text
    except ArticleError as error:
        raise PageError(*error.diagnostics) from None
    return WebPage(
        place=place,
        html=html,
        address=download.address,
        asked=download.asked,
        directives=download.directives,
    )


def _declared(download: Download) -> bytes:
    """The bytes of the page with the charset of its header, which goes before that in the page."""
    # HTML §13.2.3.2. What is UTF-8 is read as that, whatever the server or the page declares.
    charset = f'<meta charset="{download.charset}">\n' if download.charset.isascii() else ""
    return (charset.encode() if download.charset else b"") + download.content


def _no_page(place: str, problem: str, remedy: str) -> PageError:
    return PageError(Diagnostic(code="not-a-page", place=place, problem=problem, remedy=remedy))
