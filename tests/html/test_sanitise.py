"""Whatever HTML an article holds, readers get some that is safe, well formed and complete."""

from __future__ import annotations

import re
import time

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedpub.html import plain_text, safe

PAGE = "https://news.example/2026/story"


def shown(html: str) -> str:
    return safe(html, base=PAGE, id_prefix="e1-")


# -- what may be shown ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        '<p>Plain, <em>stressed</em>, <strong lang="fr">fort</strong>.</p>',
        '<h2 dir="rtl">Heading</h2>',
        '<blockquote cite="https://a.example/">Said.</blockquote>',
        '<ol start="3" reversed="" type="a"><li value="7">x</li></ol>',
        "<dl><dt>term</dt><dd>meaning</dd></dl>",
        '<table><caption>c</caption><tbody><tr><th scope="row">a</th><td colspan="2" align="right">'
        "b</td></tr></tbody></table>",
        "<details><summary>More</summary><p>text</p></details>",
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
        '<abbr title="et cetera">etc.</abbr> <q>x</q> <kbd>x</kbd> <samp>x</samp> <mark>x</mark>',
        'H<sub>2</sub>O<sup>3</sup> <del datetime="2026-01-01">old</del> <ins>new</ins>',
        '<time datetime="2026-05-01">May Day</time>',
        '<figure><picture><source srcset="https://a.example/a.webp 2x" type="image/webp">'
        '<img src="https://a.example/a.png" alt="A" width="640" height="480"></picture>'
        "<figcaption>Seen</figcaption></figure>",
        "<pre><code>if a &lt; b:\n    pass\n</code></pre>",
    ],
)
def test_the_markup_of_an_article_is_kept(html: str) -> None:
    assert shown(html) == html


@pytest.mark.parametrize(
    ("html", "rest"),
    [
        ("a<script>alert(1)</script><style>p{}</style>b", "ab"),
        (
            '<p onclick="x()" style="color:red" class="c" aria-label="l" itemprop="p">t</p>',
            "<p>t</p>",
        ),
        ("a<!-- c --><!--[if IE]><p>b</p><![endif]-->", "a"),
        ("<form><label>Mail</label><input type=text><button>Send</button></form>t", "Mailt"),
        ("<svg><text>s</text></svg><math><mi>m</mi></math>t", "t"),
        ("<my-widget>t</my-widget><font color=red>u</font>", "tu"),
        ("<html><head><title>T</title></head><body><p>t</body></html>", "<p>t</p>"),
        ('<a href="javascript:x()">t</a> <a href="data:text/html,x">u</a>', "t u"),
        ('<img src="data:image/png;base64,xx"><img alt="no address">t', "t"),
        ("a\x00b&#1;c&#x96;d&#xfffe;", "abc–d"),
    ],
)
def test_what_is_no_part_of_an_article_goes(html: str, rest: str) -> None:
    assert shown(html) == rest


def test_code_is_shown_without_its_colours() -> None:
    html = (
        '<div class="highlight"><pre><span></span><code class="language-py"><span class="k">if'
        '</span> <span class="n">x</span>:\n</code></pre></div>'
    )
    assert shown(html) == "<div><pre><code>if x:\n</code></pre></div>"


def test_sizes_are_numbers() -> None:
    html = '<img src="https://a.example/b" width="640px" height="50%">'
    assert shown(html) == '<img src="https://a.example/b" width="640">'


# -- addresses --------------------------------------------------------------------------------


def test_every_address_is_absolute() -> None:
    html = (
        '<a href="other?a=1&b=2">l</a><img src=/a.png srcset="/a.png 1x, b,c.png 2x, '
        'data:image/png;base64,x,y 3x, d.png 40q"><blockquote cite="//a.example">q</blockquote>'
    )
    assert shown(html) == (
        '<a href="https://news.example/2026/other?a=1&amp;b=2">l</a><img '
        'src="https://news.example/a.png" srcset="https://news.example/a.png 1x, '
        'https://news.example/2026/b,c.png 2x"><blockquote cite="https://a.example/">q</blockquote>'
    )


def test_an_image_with_a_srcset_alone_has_a_src_for_old_readers() -> None:
    assert 'src="https://news.example/a.png"' in shown('<img srcset="/a.png 1x, /b.png 2x">')


def test_links_within_the_text_work_in_a_reader() -> None:
    html = (
        '<p>x<a href="#fn1" id="ref1">1</a> <a href="/2026/story#fn1">again</a></p>'
        '<p id="fn1">Note <a href="#ref1">back</a></p>'
    )
    assert shown(html) == (
        f'<p>x<a href="{PAGE}#e1-fn1" id="e1-ref1">1</a> <a href="{PAGE}#e1-fn1">again</a></p>'
        f'<p id="e1-fn1">Note <a href="{PAGE}#e1-ref1">back</a></p>'
    )


def test_old_anchors_are_targets_too() -> None:
    html = '<a href="#n%C3%B6">1</a><p><a name="nö"></a>Note</p>'
    assert shown(html) == (f'<a href="{PAGE}#e1-n%C3%B6">1</a><p><a id="e1-nö"></a>Note</p>')


def test_ids_that_nothing_leads_to_go_and_twins_too() -> None:
    html = '<h2 id="intro">a</h2><p id="x">b</p><p id="x">c</p><a href="#x">d</a>'
    assert shown(html) == (f'<h2>a</h2><p id="e1-x">b</p><p>c</p><a href="{PAGE}#e1-x">d</a>')


def test_a_link_to_a_part_that_is_not_in_the_text_leads_to_the_page() -> None:
    assert shown('<a href="#comments">c</a><p id="x">') == f'<a href="{PAGE}#comments">c</a><p></p>'


# -- what pages leave to scripts and plug-ins -----------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        '<img src="data:image/gif;base64,R0" data-src="/real.png">',
        '<img data-lazy-src="/real.png" class="lazy"><noscript><img src="/real.png"></noscript>',
        '<img src="/blank.gif" data-original="/real.png">',
        '<noscript><img src="/real.png"></noscript>',
    ],
)
def test_a_lazy_image_is_shown_once_by_its_real_address(html: str) -> None:
    assert shown(f"<p>t {html}</p>") == '<p>t <img src="https://news.example/real.png"></p>'


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://a.example/p.gif" width="1" height="1">',
        '<img src="https://a.example/p.gif" style="height:1px;width:1px">',
        '<img src="https://a.example/p.gif" height="0">',
        '<img src="https://a.example/p.gif" style="display: none">',
        '<img src="https://pixel.wp.com/g.gif?x=1">',
        '<img src="//feeds.feedburner.com/~r/name/~4/abc">',
        '<noscript><img src="https://www.facebook.com/tr?id=1" height=1 width=1></noscript>',
        '<iframe src="https://www.googletagmanager.com/ns.html?id=1"></iframe>',
        '<iframe src="https://a.example/" width="0" height="0"></iframe>',
        '<iframe src="about:blank"></iframe>',
    ],
)
def test_what_counts_readers_goes(html: str) -> None:
    assert shown(f"<p>t{html}</p>") == "<p>t</p>"


@pytest.mark.parametrize(
    "style",
    ["width:0;height:0;min-width:100%", "max-width:1px", "border-width: 1px", "width:1.5em"],
)
def test_an_image_that_its_page_shapes_stays(style: str) -> None:
    html = f'<img src="https://a.example/p.png" style="{style}">'
    assert shown(html) == '<img src="https://a.example/p.png">'


@pytest.mark.parametrize(
    ("html", "link"),
    [
        (
            '<iframe src="//a.example/map" title="A &amp; B"></iframe>',
            '"https://a.example/map">A &amp; B',
        ),
        (
            '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghij_?start=3"></iframe>',
            '"https://www.youtube.com/watch?v=abcdefghij_">https://www.youtube.com/watch?v=abcdefghij_',
        ),
        (
            '<iframe data-src="https://player.vimeo.com/video/123?h=1" title="Film"></iframe>',
            '"https://vimeo.com/123">Film',
        ),
        (
            '<object data="/a.swf"><param name="x"><embed src="/b.swf"></object>',
            '"https://news.example/b.swf">https://news.example/b.swf',
        ),
        (
            '<audio controls><source src="/a.mp3">Get a browser.</audio>',
            '"https://news.example/a.mp3">https://news.example/a.mp3',
        ),
        (
            '<video controls src="/v.mp4" poster="/v.jpg" title="Film"></video>',
            '"https://news.example/v.mp4"><img src="https://news.example/v.jpg" alt="">Film',
        ),
    ],
)  # fmt: skip
def test_what_a_reader_cant_play_becomes_a_link(html: str, link: str) -> None:
    assert shown(f"<div>{html}</div>") == f"<div><p><a href={link}</a></p></div>"
    assert shown(f"<p>t {html}</p>").replace("\n", "") == f"<p>t <a href={link}</a></p>"


def test_an_object_that_can_be_shown_otherwise_is() -> None:
    html = '<object data="/a.svg"><img src="/a.png"></object>'
    assert shown(html) == '<img src="https://news.example/a.png">'


def test_task_lists_keep_their_ticks() -> None:
    html = "<ul><li><input type=checkbox checked>done</li><li><INPUT TYPE=CHECKBOX>not</li></ul>"
    assert shown(html) == "<ul><li>☑ done</li><li>☐ not</li></ul>"


# -- whatever comes -------------------------------------------------------------------------------

TAGS = re.findall(
    r"\S+",
    """
    a b i p div span table tr td th tbody caption colgroup col li ul ol dl dt dd h1 h2 pre code
    ruby rt rp svg math mi foreignObject title style script template noscript select option button
    object applet marquee form input textarea iframe embed video audio source picture img br hr
    nobr font center details summary figcaption main em body html head frameset plaintext xmp
    listing image menu dir address x-foo o:p base link meta param
    """,
)
ATTRIBUTES = (
    'href="#f"|href=x|href=javascript:1|id=f|id="g"|name=f|class=x|style="display:none"|src=x.png'
    '|data-src=y.png|srcset="a 1x, b,c 2x"|width=1|width=640px|onclick=x|title="a<b>&quot;"|lang=fr'
    "|type=checkbox|checked|start=3|cite=x|poster=p|title='\"'|x<y|\"|reversed"
    f"|href={PAGE}#f"
).split("|")
PIECES = st.one_of(
    st.builds(
        lambda tag, attributes, end: f"<{' '.join([tag, *attributes])}{end}",
        st.sampled_from(TAGS),
        st.lists(st.sampled_from(ATTRIBUTES), max_size=3),
        st.sampled_from([">", "/>"]),
    ),
    st.sampled_from(TAGS).map("</{}>".format),
    st.sampled_from(
        [
            *("x", " ", "\n", "\r", "&amp;", "&lt;b&gt;", "&foo;", "&#0;", "&#13;", "&#150;", "<"),
            *(">", '"', "\x00", "\ufffe", "\xa0", "<!-- c -->", "<!", "<?x?>", "<![CDATA[x]]>"),
            *("</", "é"),
        ]
    ),
    st.text(st.characters(exclude_categories=()), max_size=3),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
@example("<p><button><p>a")
@example("<pre>\n\n\na")
@example("<a href=x><object><a href=y>")
@example("<table><a href=x><tr><td><a href=y></table>z")
@example("<ruby><b><rt>a")
@example("<h1><span><h2>a")
@example("<dd><summary><dd>a")
@example("<svg><p><style><img src=x onerror=alert(1)>")
@example("<plaintext><b>")
def test_it_is_well_formed_safe_and_stays_as_it_is(html: str) -> None:
    result = shown(html)
    # Strict: raises at the first error that an HTML5 parser, and so a feed validator, knows of.
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(result)
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name in {"href", "src", "cite"}:
                assert re.match("https?://", value)
        assert element.tag not in {"script", "style", "iframe", "object", "form", "svg", "math"}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd-\uffff]", result)
    assert shown(result) == result


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000 + "x" + "</div>" * 50_000,
        "<b>" * 50_000 + "x",
        "<ul><li>" * 50_000 + "x",
        "<table><tr><td>" * 10_000 + "x",
        "<b " * 100_000,
        "<a href='" * 100_000,
        '<img srcset="' + "a, " * 100_000,
        "<pre>" + "\n" * 1_000_000 + "x",
        '<p id="a"><a href="#a">x</a></p>' * 50_000,
        "<p>An <em>ordinary</em> paragraph with <a href=/a>a link</a>.</p>\n" * 80_000,
    ],
    ids=["div", "b", "ul", "table", "open", "quote", "srcset", "newlines", "ids", "5 MB"],
)  # fmt: skip
def test_no_input_takes_for_ever(html: str) -> None:
    start = time.process_time()
    shown(html)
    assert time.process_time() - start < 5


# -- the text of it ----------------------------------------------------------------------------


def test_the_text_has_a_line_for_each_block() -> None:
    html = (
        "<h2>A &amp; B</h2>\n<p>One\ntwo<br>three&nbsp;<b>four</b>five</p>"
        '<ul><li title="a>b">x</li><li>y</li></ul><p> </p>'
    )
    assert plain_text(shown(html)) == "A & B\nOne two\nthree\u00a0fourfive\nx\ny"


def test_the_text_leaves_out_the_links_to_footnotes_and_back() -> None:
    html = (
        '<p>Fact<sup id="r1"><a href="#n1">1</a></sup>.</p>'
        '<ol><li id="n1">Source. <a href="#r1">↩</a></li></ol>'
    )
    assert plain_text(shown(html)) == "Fact.\nSource."


def test_the_text_is_no_markup() -> None:
    assert plain_text(shown("<p>Use &lt;b&gt; &amp;amp; &quot;x&quot;</p>")) == 'Use <b> &amp; "x"'
