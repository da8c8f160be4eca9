"""An entry has safe content with the curator's words above it, and a summary that adds to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedpub.articles.read import Markup
from feedpub.entries.render import compose_entry
from feedpub.model import (
    Amount,
    Article,
    Entry,
    Fingerprints,
    Kind,
    Metadata,
    Person,
    Record,
    Source,
)
from feedpub.settings import Site

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
SITE = Site(
    title="Site",
    url="https://example.org/",
    description="",
    language="en",
    zone=UTC,
    authors=(Person(name="Ada"),),
)
DIGESTS = Fingerprints(source="s", content="c")
ARTICLE = Article(
    path="a.md", kind=Kind.MARKDOWN, title="A <title>", metadata=Metadata(), fingerprints=DIGESTS
)
RECORD = Record(
    id="tag:example.org,2026:a", path="a.md", published=NOW, updated=NOW, fingerprints=DIGESTS
)
SENTENCE = "A sentence that says something of some length. "


def entry(markup: str, metadata: Metadata | None = None, amount: Amount = Amount.FULL) -> Entry:
    article = replace(ARTICLE, metadata=metadata or Metadata())
    return compose_entry(
        article, RECORD, Markup(html=markup, base=SITE.url), site=SITE, amount=amount
    )


def test_the_note_stands_above_the_text_and_the_source_between() -> None:
    source = Source(title="X & Y", link="https://x.example/?a&b")
    metadata = Metadata(note="Mine, *truly*.", source=source)
    assert entry("<p>Text.</p>", metadata).content == (
        "<aside>\n<p>Mine, <em>truly</em>.</p></aside>\n<hr>\n"
        '<p><em>Originally published by <a href="https://x.example/?a&amp;b">X &amp; Y</a>.'
        "</em></p>\n"
        "<p>Text.</p>"
    )


def test_footnotes_of_note_and_text_do_not_meet() -> None:
    metadata = Metadata(note="Mine.[^1]\n\n[^1]: My note.")
    body = '<p><sup><a href="#fn-1">1</a></sup></p><p id="fn-1">Its note.</p>'
    content = entry(body, metadata).content
    ids = [part.partition('"')[0] for part in content.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) >= 2


def test_the_summary_is_of_sentences_not_of_tables_and_code() -> None:
    body = (
        "<table><tr><td>one</td><td>two</td></tr></table><pre><code>x = 1</code></pre>"
        f"<p>{SENTENCE * 10}</p>"
    )
    assert entry(body).summary == (SENTENCE * 6).strip()


def test_a_summary_that_says_the_whole_content_is_left_out() -> None:
    assert entry("<p>All of it.</p>", Metadata(summary="All  of it.")).summary == ""
    assert entry("<p>All of it.</p>").summary == ""


def test_without_a_text_the_link_is_the_content() -> None:
    shown = entry("", Metadata(link="https://news.example/a"))
    assert shown.content == ('<p><a href="https://news.example/a">A &lt;title&gt;</a></p>\n')


@pytest.mark.parametrize("amount", Amount)
def test_without_text_and_link_there_is_still_something_to_read(amount: Amount) -> None:
    # RFC 4287 §4.1.1.1 wants content where there is no alternate link.
    shown = entry("<!-- nothing -->", amount=amount)
    assert shown.content == "<p>A &lt;title&gt;</p>\n"


def test_a_summary_alone_is_published_where_the_article_can_be_read_elsewhere() -> None:
    body = f"<p>{SENTENCE * 10}</p>"
    short = entry(body, Metadata(link="https://news.example/a"), Amount.SUMMARY)
    assert (short.summary, short.content) == ((SENTENCE * 6).strip(), "")
    without_link = entry(body, amount=Amount.SUMMARY)
    assert (without_link.summary, without_link.content) == (
        "",
        f"<p>{(SENTENCE * 6).strip()}</p>\n",
    )


def test_the_article_says_how_much_of_it_is_published() -> None:
    body = f"<p>{(SENTENCE * 10).strip()}</p>"
    assert entry(body, Metadata(content=Amount.FULL), Amount.SUMMARY).content == body


def test_who_wrote_nothing_about_an_author_gets_those_of_the_site() -> None:
    assert entry("<p>T</p>").authors == SITE.authors
    own = (Person(name="Grace"),)
    assert entry("<p>T</p>", Metadata(authors=own)).authors == own
