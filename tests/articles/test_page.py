"""Of a web page, subscribers get the article: its text, and what the page says about it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.articles.page import Page, PageHead, drop_heading, read_page
from feedpub.errors import Severity
from feedpub.model import Day
from feedpub.settings import DateOrder

NEW_YORK = ZoneInfo("America/New_York")
TEXT = "<p>The lighthouse is lit again.</p>"


def parse(html: str, date_order: DateOrder | None = None) -> Page:
    return read_page(html, place="a.html", zone=NEW_YORK, date_order=date_order)


def page(head: str = "", body: str = TEXT) -> Page:
    return parse(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>")


def head_of(head: str = "", body: str = TEXT) -> PageHead:
    return page(head, body).head


def linked_data(*things: object) -> str:
    scripts = (json.dumps(thing) for thing in things)
    return "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)


# -- the text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        f"<div>Menu</div><article>{TEXT}</article><div>More</div>",
        f"<div>Menu</div><main>{TEXT}</main><div>More</div>",
        f"<div>Menu</div><div role=main>{TEXT}</div>",
        f"<main>Menu <article>{TEXT}</article> More</main>",
        f"<article>Teaser</article><article>{TEXT}</article><article></article>",
        f"<article>Teaser</article><main><p>Menu</p></main><article>{TEXT}</article>",
        f"<header>Site</header><nav>Menu</nav>{TEXT}<aside>More</aside><footer>(c)</footer>",
        f"<div role=banner>S</div>{TEXT}<form>E-mail</form><script>x()</script><style>p</style>",
        f"<article><nav>Menu</nav>{TEXT}<form>Your e-mail</form></article>",
        f"<form action=/all>{TEXT}</form>",
    ],
)
def test_the_text_of_a_page_is_found_among_its_furniture(body: str) -> None:
    assert page(body=body).body.replace('<form action="/all">', "").replace("</form>", "") == TEXT


def test_an_article_may_hold_others() -> None:
    whole = f"{TEXT}<article>A comment</article>"
    assert page(body=f"<article>{whole}</article><article>Next</article>").body == whole


def test_a_fragment_is_its_own_text() -> None:
    html = f"{TEXT}\n<aside>A note</aside>\n<footer>Source: the harbour</footer>"
    assert parse(html).body == html


@pytest.mark.parametrize(
    ("lines", "published", "tags"),
    [
        ("<p>Published 2 May 2026</p>", date(2026, 5, 2), ()),
        ("<div><span>Posted on: May 2, 2026</span></div>", date(2026, 5, 2), ()),
        (
            '<p>Published <time datetime="2026-05-02">in 2026</time></p>',
            date(2026, 5, 2),
            (),
        ),
        ("<p>Reading time: 5 minutes</p><div>7 min read</div>", None, ()),
        ("<p>Published 2 May 2026 · 5 min read</p>", date(2026, 5, 2), ()),
        ("<p>Tags: sea, land</p>", None, ("sea", "land")),
        ("<ul>Tagged <li><a>the sea</a></li> <li><a>land</a></li></ul>", None, ("the sea", "land")),
    ],
)
def test_lines_above_the_text_that_state_metadata_are_taken_as_such(
    lines: str, published: date | None, tags: tuple[str, ...]
) -> None:
    found = page(body=f"<article><h1>The lamp</h1>{lines}{TEXT}</article>")
    day = Day(date=published, zone=NEW_YORK) if published else None
    assert (found.head.published, found.head.tags) == (day, tags)
    assert found.body.replace("<div></div>", "") == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "<p>Published in 1984, the book was a success.</p>",
        "<p>Published soon</p>",
        "<p>Tags are what the sea has.</p>".replace("Tags", "Tides"),
        f"<p>{'The sea is calm. ' * 10}</p><p>Published 2 May 2026</p>",
    ],
)
def test_a_line_that_says_something_else_stays(line: str) -> None:
    found = page(body=f"<article>{line}{TEXT}</article>")
    assert (found.head.published, found.body) == (None, line + TEXT)


def test_what_the_head_of_a_page_states_goes_before_its_lines() -> None:
    body = f"<article><p>Published 2 May 2026</p>{TEXT}</article>"
    found = page('<meta name="date" content="2026-05-03">', body)
    assert found.head.published == Day(date=date(2026, 5, 3), zone=NEW_YORK)
    assert found.body == TEXT


def test_the_description_for_social_media_is_that_of_the_article() -> None:
    site = '<meta name="description" content="News.">'
    article = '<meta property="og:description" content="A lamp.">'
    assert head_of(site + article).summary == "A lamp."


@pytest.mark.parametrize(
    "html", ["", "<title>Only a title</title>", "<frameset><frame></frameset>"]
)
def test_a_page_may_have_no_text(html: str) -> None:
    assert parse(html).body == ""


def test_a_page_that_nests_without_end_is_read() -> None:
    assert "text" in parse("<title>T</title>" + "<div>" * 50_000 + "text").body


# -- the title --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Lit\n again &amp; bright</title>", "", "Lit again & bright"),
        ("<title>Lit again | The Harbour</title>", "", "Lit again | The Harbour"),
        (
            "<title>Lit again - at last - The Harbour</title>"
            '<meta property="og:site_name" content="The harbour">',
            "",
            "Lit again - at last",
        ),
        ("<title>Lit again – Harbour</title>", "<h1>Lit again</h1>", "Lit again"),
        ("<title>Harbour: Lit again</title>", "<h1>Lit again</h1>", "Lit again"),
        (
            '<title>Lit again | H</title><meta property="og:title" content="Lit again">',
            "",
            "Lit again",
        ),
        ('<title>Whole</title><meta property="og:title" content="Other">', "<h1>H</h1>", "Whole"),
        ('<title> </title><meta property="og:title" content="Shared">', "<h1>H</h1>", "Shared"),
        ("", "<p>News</p><h1>Lit again</h1>", "Lit again"),
        ("", "<svg><title>Logo</title></svg><p>Text</p>", ""),
        ("", "", ""),
    ],
)
def test_the_title_of_a_page(head: str, body: str, title: str) -> None:
    assert page(head, body).title == title


@pytest.mark.parametrize(
    ("html", "title", "body"),
    [
        ("<h2>Lit</h2><p>Text</p>", "Lit", "<p>Text</p>"),
        ("<header><h1>Lit</h1></header><p>Text</p>", "Lit", "<header></header><p>Text</p>"),
        ("<p>Text</p><h2>Later</h2>", "", "<p>Text</p><h2>Later</h2>"),
        ("<title>Lit</title><h1>Other</h1>", "Lit", "<h1>Other</h1>"),
    ],
)
def test_the_title_of_a_fragment_is_the_heading_that_it_begins_with(
    html: str, title: str, body: str
) -> None:
    parsed = parse(html)
    assert (parsed.title, parsed.body) == (title, body)


@pytest.mark.parametrize(
    ("html", "rest"),
    [
        ("<h1>Lit  <b>again</b></h1><p>x</p>", "<p>x</p>"),
        ("<div><h3>LIT AGAIN</h3></div><p>x</p>", "<div></div><p>x</p>"),
        ("<span>News, 2 May</span><h1>Lit again</h1><p>x</p>", "<span>News, 2 May</span><p>x</p>"),
        ("<h1>Lit</h1><p>x</p>", "<h1>Lit</h1><p>x</p>"),
        (
            f"<p>{'Long ago. ' * 20}</p><h2>Lit again</h2>",
            f"<p>{'Long ago. ' * 20}</p><h2>Lit again</h2>",
        ),
    ],
)
def test_a_heading_above_the_text_that_repeats_the_title_is_dropped(html: str, rest: str) -> None:
    assert drop_heading(html, "Lit again") == rest


# -- the metadata ------------------------------------------------------------------------------


def test_a_page_states_its_addresses_summary_and_rights() -> None:
    head = head_of(
        '<base href="/a/"><link rel="alternate canonical" href="/a/b">'
        '<meta name="Description" content=" About\n the light. ">'
        '<meta name="copyright" content="The harbour">'
    )
    assert (head.base, head.link) == ("/a/", "/a/b")
    assert (head.summary, head.rights) == ("About the light.", "The harbour")
    shared = head_of('<meta property="og:url" content="https://x.example/">')
    assert shared.link == "https://x.example/"


@pytest.mark.parametrize(
    ("lang", "language"), [("pt", "pt"), ("en_US", "en-US"), ("", ""), ("no language", "")]
)
def test_a_page_states_its_language(lang: str, language: str) -> None:
    assert parse(f'<html lang="{lang}"><body>x').head.language == language


ARTICLE_BY_REFERENCE = {"@type": "Article", "author": {"@id": "#a"}}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta name="author" content="By Ada Example">', ["Ada Example"]),
        ('<meta name="author" content="A"><meta name="author" content="B">', ["A", "B"]),
        ('<meta property="article:author" content="https://social.example/ada">', []),
        ('<meta name="DC.creator" content="Ada">', ["Ada"]),
        (linked_data({"@type": "NewsArticle", "author": "Ada"}), ["Ada"]),
        (linked_data({"@type": ["BlogPosting"], "author": [{"name": "A"}, "B"]}), ["A", "B"]),
        (linked_data({"@graph": [ARTICLE_BY_REFERENCE, {"@id": "#a", "name": "Ada"}]}), ["Ada"]),
        (linked_data({"@type": "Organization", "author": "Nobody"}), []),
    ],
)
def test_a_page_states_its_authors(head: str, expected: list[str]) -> None:
    assert [person.name for person in head_of(head).authors] == expected


MOMENT = datetime(2026, 5, 2, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2026-05-02T17:00:00Z">', ""),
        ('<meta name="date" content="2026-05-02 13:00">', ""),
        ('<meta name="dcterms.date" content="2 May 2026 17:00 GMT">', ""),
        ("", '<meta itemprop="datePublished" content="2026-05-02T17:00Z">'),
        ("", '<time itemprop="datePublished" datetime="2026-05-02T17:00Z">Today</time>'),
        ("", '<time pubdate datetime="2026-05-02T17:00Z">Today</time>'),
        (linked_data("x", [{"@type": "Article", "datePublished": "2026-05-02T17:00Z"}]), ""),
        (linked_data({"@type": "WebPage", "datePublished": "2026-05-02T17:00Z"}), ""),
        (
            '<meta name="date" content="2026-05-02"><meta name="pubdate" content="02/05/26">'
            + linked_data({"@type": "Article", "datePublished": "2026-05-02T17:00Z"}),
            "",
        ),
    ],
)
def test_a_page_states_when_it_was_published(head: str, body: str) -> None:
    found = head_of(head, body + TEXT)
    assert (found.published, found.updated, found.diagnostics) == (MOMENT, None, ())


def test_a_page_may_state_only_the_day_and_when_it_changed() -> None:
    head = head_of(
        '<meta name="date" content="2026-05-02">'
        '<meta property="article:modified_time" content="2026-05-02T17:00:00Z">'
    )
    assert head.published == Day(date=date(2026, 5, 2), zone=NEW_YORK)
    assert head.updated == MOMENT


def test_a_date_in_a_page_that_can_not_be_read_is_a_note() -> None:
    html = '<meta name="date" content="02/05/2026">'
    head = head_of(html)
    assert head.published is None
    (note,) = head.diagnostics
    assert (note.code, note.severity) == ("date-unreadable", Severity.NOTE)
    assert str(note).startswith("a.html: says when it was published, but")
    assert "02/05/2026" in str(note)
    ordered = parse(html, date_order=DateOrder.DMY).head
    assert ordered.published == Day(date=date(2026, 5, 2), zone=NEW_YORK)


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, '{"@type": 7, "author": {"name": []}}', "7"]
)
def test_linked_data_that_is_broken_is_passed_over(script: str) -> None:
    parsed = page(f'<script type="application/ld+json">{script}</script>')
    assert (parsed.head.authors, parsed.head.published, parsed.body) == ((), None, TEXT)


pieces = st.sampled_from(
    ["<h1>", "</h1>", "<article>", "</article>", "<main>", "<p>", "<title>", "</title>", "<body>",
     "<svg>", "<template>", "<form>", "</form>", "<time pubdate datetime=x>", "<table>", "<!--",
     "-->", "text", "<b>"]
)  # fmt: skip


@given(st.lists(st.one_of(pieces, st.text(max_size=5)), max_size=25).map("".join))
def test_any_html_is_read(html: str) -> None:
    parsed = parse(html)
    assert "\n" not in parsed.title
    assert len(drop_heading(parsed.body, parsed.title)) <= len(drop_heading(parsed.body, ""))
