"""HTML is read on a terminal as text: paragraphs, lists, quotations, the targets of links."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.html import plain_text, safe, text_blocks, text_lines


def shown(html: str) -> list[str]:
    return list(text_lines(text_blocks(safe(html, base="https://example.org/a", id_prefix="e-"))))


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>One\n two.</p><p>Three<br>four</p>", ["One two.", "", "Three", "four"]),
        ("<h2>Boats</h2><p>Text</p>", ["## Boats", "", "Text"]),
        ("<p>a</p><hr><p>b</p>", ["a", "", "* * *", "", "b"]),
        ("<p>1 &lt; 2 &amp; 3</p>", ["1 < 2 & 3"]),
        ("<ul><li>a</li><li>b</li></ul><p>c</p>", ["- a", "- b", "", "c"]),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", ["- a", "  - b", "- c"]),
        ('<ol start="9"><li>a</li><li>b<br>c</li></ol>', ["9. a", "10. b", "    c"]),
        ('<ol><li value="4">a</li><li>b</li></ol>', ["4. a", "5. b"]),
        ("<blockquote><p>a</p><ul><li>b</li></ul></blockquote>", ["> a", "", "> - b"]),
        ("<pre>if a:\n    b</pre>", ["    if a:", "        b"]),
        ("<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>", ["a", "    b", "c"]),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
            ["a | b", "1 | 2"],
        ),
        ('<p>See <a href="/b?c=1&amp;d">b</a>.</p>', ["See b <https://example.org/b?c=1&d>."]),
        (
            '<p><a href="https://example.org/b">https://example.org/b</a></p>',
            ["https://example.org/b"],
        ),
        (
            '<p>A<sup><a href="#n">1</a></sup></p><p id="n">Note <a href="#r">↩</a></p>',
            ["A[1]", "", "Note"],
        ),
        ('<p><img src="/p.png" alt="A ship"></p>', ["[A ship] <https://example.org/p.png>"]),
        ('<p><img src="/p.png"></p>', ["[picture] <https://example.org/p.png>"]),
        ("", []),
    ],
)
def test_html_is_read_without_a_browser(html: str, lines: list[str]) -> None:
    assert shown(html) == lines


@given(
    st.from_regex(r"(<(/?)(p|li|ol|ul|blockquote|h1|td|a|br)>|[abc]{1,3} ){0,30}", fullmatch=True)
)
def test_no_word_is_lost(html: str) -> None:
    sanitised = safe(html, base="https://example.org/", id_prefix="e-")
    words = re.findall("[abc]+", plain_text(sanitised))
    assert re.findall("[abc]+", "\n".join(text_lines(text_blocks(sanitised)))) == words


def test_a_number_that_is_none_is_passed_over() -> None:
    html = '<ol start="x"><li value="">a</li><li value="9">b</li><li>c</li></ol>'
    assert list(text_lines(text_blocks(html))) == ["1. a", "9. b", "10. c"]
