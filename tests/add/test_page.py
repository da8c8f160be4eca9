"""What is taken of a page: metadata from the best place that states it, and Markdown."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from feedpub.add.page import PageArticle, open_saved_page, read_web_page
from feedpub.config import read_settings
from feedpub.errors import PageError
from feedpub.model import Day, Person, Source

from ..workshop import CONFIG
from .pages import ADDRESS, LOGIN, MARKDOWN, OPEN_GRAPH, PARAGRAPHS, SPA_SHELL, json_ld, mhtml, page

SITE = read_settings(CONFIG, Path("/a/config.toml")).site
MOMENT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def read(html: str, address: str = ADDRESS, *, summary_only: bool = False) -> PageArticle:
    return read_web_page(
        html, place="the page", address=address, site=SITE, summary_only=summary_only
    )


def test_json_ld_tells_all() -> None:
    found = read(page(json_ld()))
    metadata = found.metadata
    assert metadata.title == "The tide & the quay"
    assert metadata.published == MOMENT
    assert metadata.authors == (Person(name="Ada Example"),)
    assert metadata.source == Source(title="Harbour News", link="https://news.example/")
    assert (metadata.language, metadata.image) == ("en", "https://news.example/img/tide.jpg")
    assert found.missing == ()


def test_open_graph_tells_all() -> None:
    metadata = read(page(OPEN_GRAPH)).metadata
    assert (metadata.title, metadata.published) == ("The tide", MOMENT)
    assert metadata.authors == (Person(name="Ada Example"),)
    assert metadata.source == Source(title="Harbour News", link="https://news.example/")
    assert metadata.summary == "Twice a day, and nobody minds."
    assert metadata.image == "https://news.example/img/tide.jpg"


def test_the_text_is_markdown_with_absolute_addresses_and_without_furniture() -> None:
    assert read(page(json_ld())).body == MARKDOWN


@pytest.mark.parametrize(
    ("above", "published", "names"),
    [
        ("<p>By Ada Example</p><p>March 4, 2026 at 10:30 CET</p>", MOMENT, ("Ada Example",)),
        (
            "<p>By Ada Example and Ben Sample</p><p>Published: 4 March 2026</p>",
            Day(date=date(2026, 3, 4), zone=SITE.zone),
            ("Ada Example", "Ben Sample"),
        ),
        (
            '<a rel="author" href="/ada">Ada Example</a><time datetime="2026-03-04T10:30+01:00">'
            "last week</time>",
            MOMENT,
            ("Ada Example",),
        ),
        ("<p>Updated March 5, 2026</p><p>By the harbour office of the city</p>", None, ()),
    ],
)
def test_what_the_page_shows_counts_where_its_metadata_says_nothing(
    above: str, published: datetime | Day | None, names: tuple[str, ...]
) -> None:
    metadata = read(page(above=above)).metadata
    assert metadata.published == published
    assert tuple(each.name for each in metadata.authors) == names


def test_a_dateline_and_a_byline_do_not_stand_in_the_text_again() -> None:
    above = "<p>By Ada Example</p><p>Published: March 4, 2026 at 10:30 CET</p>"
    assert read(page(above=above)).body == MARKDOWN


def test_a_shown_time_completes_a_day_of_the_metadata() -> None:
    html = page(json_ld(datePublished="2026-03-04"), above="<p>4 March 2026, 10:30 CET</p>")
    assert read(html).metadata.published == MOMENT


def test_what_is_not_found_is_named() -> None:
    html = "<html><body><article>" + PARAGRAPHS + "</article></body></html>"
    missing = ("date", "author", "name of the site", "language", "image")
    assert read(html).missing[-5:] == missing


@pytest.mark.parametrize(
    ("canonical", "link"),
    [
        ("/sea/tide-2", "https://news.example/sea/tide-2"),
        ("https://www.news.example/tide", "https://www.news.example/tide"),
        ("/", ADDRESS),
        ("javascript:alert(1)", ADDRESS),
        ("", ADDRESS),
    ],
)
def test_the_canonical_link_is_resolved_and_a_home_page_is_none(canonical: str, link: str) -> None:
    assert read(page(f'<link rel="canonical" href="{canonical}">')).metadata.link == link


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="robots" content="index, NOARCHIVE">',
        '<meta name="robots" content="noai, noimageai">',
        '<meta name="tdm-reservation" content="1">',
    ],
)
def test_of_a_page_that_reserves_its_text_a_summary_is_taken(head: str) -> None:
    found = read(page(head + OPEN_GRAPH))
    assert found.body == ""
    assert found.metadata.summary == "Twice a day, and nobody minds."
    assert [note.code for note in found.diagnostics] == ["text-reserved"]


def test_a_page_that_reserves_nothing_is_taken_whole() -> None:
    assert read(page('<meta name="tdm-reservation" content="0">')).body


def test_a_summary_is_made_of_the_text_where_the_page_has_none() -> None:
    found = read(page(), summary_only=True)
    assert found.body == ""
    assert found.metadata.summary and found.metadata.summary.startswith("The moon pulls the sea")


def test_a_page_for_subscribers_is_noted() -> None:
    found = read(page(json_ld(isAccessibleForFree=False)))
    assert [note.code for note in found.diagnostics] == ["text-partial"]
    assert "Open it in a browser" in found.diagnostics[0].remedy


@pytest.mark.parametrize(("html", "problem"), [(LOGIN, "asks for a login"), (SPA_SHELL, "scripts")])
def test_a_page_without_a_text_is_refused_with_a_way_out(html: str, problem: str) -> None:
    with pytest.raises(PageError, match=problem) as raised:
        read(html)
    assert "save it as a file" in raised.value.diagnostics[0].remedy


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<p>Two * stars, a_name and _one_, 2 &lt; 3.</p>",
            "Two \\* stars, a_name and \\_one\\_, 2 \\< 3.",
        ),
        ("<p># no heading</p>", "\\# no heading"),
        ("<p>1. no list</p>", "1\\. no list"),
        ("<pre><code>a\n\n  b</code></pre>", "```\na\n\n  b\n```"),
        ("<ol><li>One of them</li><li>Two of them</li></ol>", "1. One of them\n2. Two of them"),
        (
            "<ul><li>Outer one<ul><li>Inner one</li></ul></li></ul>",
            "- Outer one\n  - Inner one",
        ),
        (
            "<table><tr><th>Day</th><th>High</th></tr><tr><td>Mon</td><td>6|7</td></tr></table>",
            "| Day | High |\n| --- | --- |\n| Mon | 6\\|7 |",
        ),
        (
            '<p>See <a href="/a_(b)">this (page)</a>.</p>',
            "See [this (page)](<https://news.example/a_(b)>).",
        ),
    ],
)
def test_markup_becomes_markdown_that_means_the_same(html: str, markdown: str) -> None:
    assert markdown in read(page(text=PARAGRAPHS + html)).body.split("\n\n", 6)[-1]


def test_singlefile_and_browsers_say_where_a_page_was_saved_from() -> None:
    marks = (
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: today\n-->",
        f"<!-- saved from url=(0029){ADDRESS} -->",
    )
    for mark in marks:
        html = page().replace('<!doctype html>\n<html lang="en">', f"<!doctype html><html>{mark}")
        saved = open_saved_page(html.encode(), "page.html")
        assert saved and saved.address == ADDRESS


def test_a_page_saved_as_mhtml_is_opened() -> None:
    saved = open_saved_page(mhtml(page()), "page.mhtml")
    assert saved and (saved.address, saved.html.strip()) == (ADDRESS, page().strip())


def test_mhtml_without_a_page_is_refused() -> None:
    content = mhtml(page()).replace(b"Content-Type: text/html", b"Content-Type: text/plain")
    with pytest.raises(PageError, match="without a page"):
        open_saved_page(content, "page.mhtml")


@pytest.mark.parametrize("content", [b"Plain text", b"# Markdown", b"<p>A fragment</p>", b""])
def test_other_files_are_no_saved_pages(content: bytes) -> None:
    assert open_saved_page(content, "file") is None
