"""Markdown becomes HTML as curators know it from elsewhere, ready to be made safe."""

from __future__ import annotations

import pytest

from feedpub.articles.markdown import render_markdown, split_heading


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A *b* **c** `d`", "<p>A <em>b</em> <strong>c</strong> <code>d</code></p>\n"),
        ("~~gone~~", "<p><del>gone</del></p>\n"),
        ('"Quoted" -- and...', "<p>“Quoted” – and…</p>\n"),
        ("a  \nb\n\n***", "<p>a<br>\nb</p>\n<hr>\n"),
        ("- [ ] to do\n- [x] done", "<ul>\n<li>☐ to do</li>\n<li>☑ done</li>\n</ul>\n"),
        (
            "|a|b|\n|-|-:|\n|1|2|",
            '<table><thead><tr><th>a</th><th align="right">b</th></tr></thead><tbody>\n'
            '<tr><td>1</td><td align="right">2</td></tr>\n</tbody></table>\n',
        ),
        ("<p>raw</p>", "<p>raw</p>"),
    ],
)
def test_what_curators_write_is_understood(text: str, html: str) -> None:
    assert render_markdown(text) == html


# -- bare addresses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("See https://a.example/b.", '<a href="https://a.example/b">https://a.example/b</a>.'),
        ("(www.a.example)", '(<a href="https://www.a.example/">www.a.example</a>)'),
        ("é **http://a.example/_b_--c**", (
            '<a href="http://a.example/_b_--c">http://a.example/_b_--c</a></strong>'
        )),
        ("> - https://a.example/?b=1&c=2", (
            '<a href="https://a.example/?b=1&amp;c=2">https://a.example/?b=1&amp;c=2</a>'
        )),
        ("|a|\n|-|\n|https://a.example|", '<td><a href="https://a.example/">https://a.example</a></td>'),
        ("## On https://a.example/", '<a href="https://a.example/">https://a.example/</a></h2>'),
    ],
)  # fmt: skip
def test_a_bare_address_becomes_a_link_as_it_was_written(text: str, link: str) -> None:
    assert link in render_markdown(text)


@pytest.mark.parametrize(
    "quiet",
    [
        *("`https://a.example`", "    https://a.example", "```\nhttps://a.example\n```"),
        *("[https://a.example](/b)", "![https://a.example](/b)", "<https://a.example>"),
        *(
            "[b](https://a.example)",
            "[b]\n\n[b]: https://a.example",
            "<i title='https://a.example'>",
        ),
        *('<a href="/b"><b>b</b> https://a.example</a>', "<div>\nhttps://a.example\n</div>"),
    ],
)
def test_an_address_in_code_in_a_link_or_in_a_tag_is_left_alone(quiet: str) -> None:
    # The second address makes sure that somebody looked.
    html = render_markdown(f"{quiet}\n\nhttps://z.example/")
    assert (
        html
        == render_markdown(f"{quiet}\n\n")
        + '<p><a href="https://z.example/">https://z.example/</a></p>\n'
    )


# -- footnotes --------------------------------------------------------------------------------

NOTES = """\
First[^b], then[^a], first again[^b], none[^c].

[^a]: The *second*.
[^b]: The first.

    With more.

The last paragraph.
"""


def test_footnotes_come_last_in_the_order_of_their_marks() -> None:
    assert render_markdown(NOTES) == (
        '<p>First<sup id="fnref-1"><a href="#fn-1">1</a></sup>, '
        'then<sup id="fnref-2"><a href="#fn-2">2</a></sup>, '
        'first again<sup id="fnref-1-2"><a href="#fn-1">1</a></sup>, none[^c].</p>\n'
        "<p>The last paragraph.</p>\n"
        "<hr>\n<ol>\n"
        '<li id="fn-1"><p>The first.</p>\n<p>With more. <a href="#fnref-1">↩\ufe0e</a>'
        ' <a href="#fnref-1-2">↩\ufe0e</a></p></li>\n'
        '<li id="fn-2"><p>The <em>second</em>. <a href="#fnref-2">↩\ufe0e</a></p></li>\n'
        "</ol>\n"
    )


def test_a_footnote_may_refer_to_another_and_hold_divs() -> None:
    html = render_markdown("a[^1]\n\n[^1]: b[^2]\n\n    <div>x</div>\n\n[^2]: c\n\nd\n")
    body, notes = html.split("<hr>")
    assert body.endswith("<p>d</p>\n")
    assert '<li id="fn-1"><p>b<sup id="fnref-2"><a href="#fn-2">2</a></sup></p>' in notes
    assert '<div>x</div> <a href="#fnref-1">' in notes
    assert '<li id="fn-2"><p>c <a href="#fnref-2">' in notes


def test_a_footnote_without_a_mark_is_not_lost() -> None:
    assert '<li id="fn-1"><p>Alone.</p></li>' in render_markdown("Text.\n\n[^x]: Alone.\n")


# -- the title --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Using `code` & *more*\n\nText.", "Using code & more"),
        ("Set\nin two lines\n===\n\nText.", "Set in two lines"),
        ("\n\n### Any *level*\nText.", "Any level"),
        ("# A footnote[^1] & <b>tag</b>\n\nText.\n\n[^1]: n", "A footnote & tag"),
        ("# AT&T \\<T>\n\nText.", "AT&T <T>"),
    ],
)
def test_the_title_is_the_plain_text_of_the_first_heading(text: str, title: str) -> None:
    found, rest = split_heading(render_markdown(text))
    assert found == title
    assert rest.startswith("<p>Text.</p>")


@pytest.mark.parametrize("text", ["Text.\n\n# Later", "", "#\n\nText.", "> # Quoted"])
def test_without_a_first_heading_there_is_no_title(text: str) -> None:
    html = render_markdown(text)
    assert split_heading(html) == ("", html)


def test_the_heading_of_a_page_is_a_title_too() -> None:
    html = '\n<h1 class="t">The <span>title</span></h1>\n<h1>Next</h1>'
    assert split_heading(html) == ("The title", "<h1>Next</h1>")
