"""Addresses that stand bare in a text become links, and nothing else does."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.text.linkify import link_urls


class Reading(HTMLParser):
    """What a reader shows of HTML, and the links in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "a"
        self.links += [value or "" for name, value in attrs if name == "href"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://a.example/b.", ["https://a.example/b"]),
        ("(http://a.example/b_(c)), then", ["http://a.example/b_(c)"]),
        ("“https://a.example/b”…", ["https://a.example/b"]),
        ("https://a.example/b!!! Or www.b.example/c?", [
            "https://a.example/b", "https://www.b.example/c",
        ]),
        ("<https://a.example> [https://b.example/]", ["https://a.example/", "https://b.example/"]),
        ("HTTPS://A.Example/B?c=d&e=f", ["https://a.example/B?c=d&e=f"]),
        ("http://bücher.example/straße", ["http://xn--bcher-kva.example/stra%C3%9Fe"]),
        ("**https://a.example/b** https://a.example/c|", [
            "https://a.example/b", "https://a.example/c",
        ]),
        ("見る：https://a.example/路。", ["https://a.example/%E8%B7%AF"]),
    ],
)  # fmt: skip
def test_a_bare_address_becomes_a_link_without_what_follows_it(text: str, links: list[str]) -> None:
    assert Reading(link_urls(text)).links == links


@pytest.mark.parametrize(
    "text",
    [
        *("README.md", "example.com", "ada@example.org", "mailto:ada@example.org", "//a.example/b"),
        *("http://", "https:// a.example", "www.", "xhttp://a.example", "ada@www.example.org"),
        *("ftp://a.example/", "javascript://a.example/%0a1", "file:///a"),
    ],
)
def test_what_only_looks_like_one_stays_text(text: str) -> None:
    assert Reading(link_urls(text)).links == []


def test_the_link_shows_what_was_written() -> None:
    assert link_urls("a < b & www.a.example/?x=1&y=2") == (
        'a &lt; b &amp; <a href="https://www.a.example/?x=1&amp;y=2">www.a.example/?x=1&amp;y=2</a>'
    )


def test_an_address_longer_than_any_is_text() -> None:
    assert Reading(link_urls("https://a.example/" + "a" * 100_000)).links == []


@given(st.lists(st.sampled_from(["http://a.example/", "www.b.cc", "<b>", "&amp;", ". ", "|", "é"])))
def test_the_text_is_shown_unchanged(parts: list[str]) -> None:
    text = "".join(parts)
    assert Reading(link_urls(text)).text == text


def test_a_text_without_addresses_costs_no_import() -> None:
    program = (
        "import sys; from feedpub.text.linkify import link_urls; link_urls('Mail a@b.example')"
        "; sys.exit('linkify_it' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
