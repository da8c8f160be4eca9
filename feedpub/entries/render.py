"""What subscribers get of one article: its text made safe, its summary, its note and source."""

from __future__ import annotations

import re
from html import escape
from zlib import crc32

from ..articles.markdown import render_markdown
from ..articles.read import Markup
from ..html import plain_text, safe
from ..model import Amount, Article, Entry, Record, Source
from ..settings import Site
from ..text.excerpt import excerpt

# Tables, code and captions make no sentences of a summary.
_NO_PROSE = re.compile(r"<(table|pre|figcaption)\b.*?</\1>", re.DOTALL)


def compose_entry(
    article: Article, record: Record, markup: Markup, *, site: Site, amount: Amount
) -> Entry:
    """The entry of `article`, whose text is `markup`; `amount` is that of the feed, for an article
    that states none."""
    metadata = article.metadata
    base = markup.base or metadata.link or site.url
    prefix = f"e{crc32(record.id.encode()):08x}-"
    body = safe(markup.html, base=base, id_prefix=prefix)
    head = _note(metadata.note, base, prefix) + _attribution(metadata.source)
    text = plain_text(_NO_PROSE.sub("", body)) or plain_text(body)
    if (metadata.content or amount) is Amount.FULL:
        content = head + (body or _title_paragraph(article))
        summary = metadata.summary or excerpt(text)
    else:
        short = metadata.summary or excerpt(text) or " ".join(text.split())
        summary, content = _summary_only(short, head, metadata.link or "", article)
    return Entry(
        id=record.id,
        title=article.title,
        published=record.published,
        updated=record.updated,
        link=metadata.link or "",
        authors=metadata.authors or site.authors,
        tags=metadata.tags or (),
        summary=summary if _adds_to(content, summary) else "",
        content=content,
        language=metadata.language or "",
        rights=metadata.rights or "",
        source=metadata.source,
        enclosures=metadata.enclosures,
        image=metadata.image or "",
    )


def _note(note: str | None, base: str, prefix: str) -> str:
    if note is None:
        return ""
    shown = safe(render_markdown(note), base=base, id_prefix=f"{prefix}note-")
    return f"<aside>\n{shown}</aside>\n<hr>\n"


def _attribution(source: Source | None) -> str:
    if source is None:
        return ""
    name = escape(source.title)
    if source.link:
        name = f'<a href="{escape(source.link)}">{name}</a>'
    return f"<p><em>Originally published by {name}.</em></p>\n"


def _title_paragraph(article: Article) -> str:
    title, link = escape(article.title, quote=False), article.metadata.link
    return f'<p><a href="{escape(link)}">{title}</a></p>\n' if link else f"<p>{title}</p>\n"


def _summary_only(short: str, head: str, link: str, article: Article) -> tuple[str, str]:
    # RFC 4287 §4.1.1.1: an entry without an alternate link must have content.
    if not short:
        return "", head + _title_paragraph(article)
    if head or not link:
        return "", f"{head}<p>{escape(short, quote=False)}</p>\n"
    return short, ""


def _adds_to(content: str, summary: str) -> bool:
    return " ".join(summary.split()) != " ".join(plain_text(content).split())
