"""A page that a browser has saved: HTML, by SingleFile too, or MHTML (RFC 2557)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...articles.encoding import decode
from ...errors import Diagnostic, PageError
from ...text.urls import absolute, is_web

if TYPE_CHECKING:
    from email.message import EmailMessage

# Bytes in which a file shows what it is.
_HEAD = 4096
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_MHTML = re.compile(rb"^Content-Type:\s*multipart/related\b", re.I | re.M)
# Chrome and Internet Explorer write the first, SingleFile the second; "(0023)" is the length.
_SAVED_FROM = re.compile(
    r"<!-- saved from url=\(\d+\)(?P<browser>\S+) -->"
    r"|Page saved with SingleFile\s+url:\s*(?P<single_file>\S+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A page, and the address that it was saved from, "" where the file does not tell."""

    html: str
    address: str


def open_saved_page(content: bytes, place: str) -> SavedPage | None:
    """The page in the file at `place`, None if it is none.

    Raises PageError where there is no HTML in it, and ArticleError where it is not text.
    """
    if _MHTML.search(content, 0, _HEAD):
        return _from_mhtml(content, place)
    if not _HTML.match(content, 0, _HEAD):
        return None
    html = decode(content, place).text
    found = _SAVED_FROM.search(html, 0, _HEAD)
    written = (found["browser"] or found["single_file"]) if found else ""
    return SavedPage(html=html, address=_web(written))


def _from_mhtml(content: bytes, place: str) -> SavedPage:
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(content, policy=default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        problem = "is a saved page without a page in it"
        raise PageError(Diagnostic(code="page-missing", place=place, problem=problem))
    address = _web(_header(page, "Content-Location")) or _web(
        _header(message, "Snapshot-Content-Location")
    )
    payload = page.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    return SavedPage(html=decode(raw, place).text, address=address)


def _header(part: EmailMessage, name: str) -> str:
    return "".join(str(part.get(name, "")).split())


def _web(written: str) -> str:
    url = absolute("", written) or ""
    return url if is_web(url) else ""
