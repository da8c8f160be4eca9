"""An address means what a browser takes it for, is written as RFC 3986 has it, and runs nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.text.urls import absolute, host, is_web

PAGE = "https://news.example/2026/story?part=2#top"

# RFC 3986, appendix A, as far as it tells a URI from what is none.
PCHAR = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
URI = re.compile(
    rf"[a-z][a-z0-9+.-]*:(?://(?:{PCHAR}*@)?(?:\[[0-9a-f:.]+\]|{PCHAR}*)(?::[0-9]+)?(?=[/?#]|$))?"
    rf"(?:{PCHAR}|/)*(?:\?(?:{PCHAR}|[/?])*)?(?:\#(?:{PCHAR}|[/?])*)?"
)


@pytest.mark.parametrize(
    ("ref", "url"),
    [
        ("other", "https://news.example/2026/other"),
        ("../2025/", "https://news.example/2025/"),
        ("/a.png", "https://news.example/a.png"),
        ("//cdn.example/a.png", "https://cdn.example/a.png"),
        ("?part=3", "https://news.example/2026/story?part=3"),
        ("#note", "https://news.example/2026/story?part=2#note"),
        ("HTTP://Other.Example:80", "http://other.example/"),
        ("  /spaced out \n", "https://news.example/spaced%20out"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("tel:+1 555", "tel:+1%20555"),
    ],
)
def test_a_reference_is_resolved_against_its_page(ref: str, url: str) -> None:
    assert absolute(PAGE, ref) == url


@pytest.mark.parametrize(
    ("ref", "url"),
    [
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ("/a|b[c]^`{d}", "https://news.example/a%7Cb%5Bc%5D%5E%60%7Bd%7D"),
        ('/?q="<a>"', "https://news.example/?q=%22%3Ca%3E%22"),
        ("/100%", "https://news.example/100%25"),
        ("/%zz%41", "https://news.example/%25zz%41"),
        ("#a#b", "https://news.example/2026/story?part=2#a%23b"),
        ("http://[2001:DB8::1]/[x]", "http://[2001:db8::1]/%5Bx%5D"),
    ],
)
def test_what_a_uri_may_not_hold_is_escaped(ref: str, url: str) -> None:
    assert absolute(PAGE, ref) == url


@pytest.mark.parametrize(
    "ref",
    [
        *("", " \n", "https://", "http://ex ample.org/", "http://[::1/", "http://a.example:99999/"),
        *("javascript:alert(1)", " java\tscript:alert(1)", "JavaScript:1", "vbscript:x"),
        *("data:text/html,<b>", "file:///etc/passwd", r"C:\a.png", "blob:x", "about:blank"),
    ],
)
def test_what_is_blank_broken_or_dangerous_has_no_address(ref: str) -> None:
    assert absolute(PAGE, ref) is None


def test_an_absolute_address_needs_no_page() -> None:
    assert absolute("", "https://news.example/a") == "https://news.example/a"
    assert absolute("", "/a") is None


@given(st.text(max_size=40) | st.text("ab:/?#[]@%|^ .\\é\n", max_size=40))
def test_whatever_comes_out_is_a_uri_and_its_own_absolute_form(ref: str) -> None:
    url = absolute(PAGE, ref)
    if url is not None:
        assert URI.fullmatch(url)
        assert absolute("https://elsewhere.example/", url) == url


@pytest.mark.parametrize("url", ["http://a.example", "HTTPS://A.example/b?c#d", "http://[::1]/"])
def test_a_web_address_is_http_with_a_host(url: str) -> None:
    assert is_web(url)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "a.example",
            "//a.example",
            "/a",
            "https:a.example",
            "https://",
            "https:///a.example",
        ),
        *("ftp://a.example/", "mailto:a@b.example", "https://ada:secret@a.example/"),
        *("https://ada@a.example/", " https://a.example/", "https://a b.example/"),
    ],
)
def test_anything_else_is_no_web_address(url: str) -> None:
    assert not is_web(url)


def test_the_host_is_ascii_in_lower_case_and_empty_where_there_is_none() -> None:
    assert host("https://Bücher.Example:8080/a") == "xn--bcher-kva.example"
    assert host("mailto:ada@example.org") == ""
    assert host("not an address") == ""
