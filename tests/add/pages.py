"""Pages of a site, to be added: written here, each after what real ones do."""

from __future__ import annotations

import base64
import json

PARAGRAPHS = """\
<p>The <a href="/moon">moon</a> pulls the sea <em>twice</em> a day, and the <b>harbour</b> follows.
Nobody on the quay remembers a day on which it did not.</p>
<p><img src="../img/quay?size=2" alt="The quay at noon"></p>
<h2>How it is read</h2>
<p>Fishermen read it in a table that the office prints each spring, so small that it fits
a pocket.</p>
<ul><li>High water comes at six in the morning.</li><li>Low water comes about noon.</li></ul>
<blockquote>
<p>It comes, and it goes, said the keeper of the lamp, who has seen it for years.</p>
</blockquote>
"""
MARKDOWN = """\
The [moon](https://news.example/moon) pulls the sea *twice* a day, and the **harbour** follows. \
Nobody on the quay remembers a day on which it did not.

![The quay at noon](https://news.example/img/quay?size=2)

## How it is read

Fishermen read it in a table that the office prints each spring, so small that it fits a pocket.

- High water comes at six in the morning.
- Low water comes about noon.

> It comes, and it goes, said the keeper of the lamp, who has seen it for years.
"""
ADDRESS = "https://news.example/sea/tide"
JSON_LD = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "The tide &amp; the quay",
    "datePublished": "2026-03-04T10:30:00+01:00",
    "author": [{"@type": "Person", "name": "Ada Example"}],
    "publisher": {"@type": "Organization", "name": "Harbour News"},
    "image": ["/img/tide.jpg"],
}
OPEN_GRAPH = """\
<meta property="og:title" content="The tide">
<meta property="og:site_name" content="Harbour News">
<meta property="og:image" content="https://news.example/img/tide.jpg">
<meta property="og:description" content="Twice a day, and nobody minds.">
<meta property="article:published_time" content="2026-03-04T10:30:00+01:00">
<meta name="author" content="Ada Example">
"""
LOGIN = """\
<html><head><title>Log in</title></head><body><h1>Members</h1><form action="/in">
<input name="user"><input type="password" name="word"><button>Log in</button></form></body></html>
"""
SPA_SHELL = """\
<!doctype html><html><head><title>App</title><script src="/app.js"></script></head>
<body><div id="root"></div>
<noscript>You need to enable JavaScript to run this app.</noscript></body></html>
"""


def page(
    head: str = "", *, above: str = "", title: str = "The tide", text: str = PARAGRAPHS
) -> str:
    """A whole page with a menu, an aside and a footer around its article."""
    return f"""\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | Harbour News</title>{head}</head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/weather">Weather</a></nav>
<main><article><h1>{title}</h1>{above}{text}</article></main>
<aside><h3>Most read</h3><ul><li><a href="/1">Ten boats that you must see</a></li></ul></aside>
<footer>Copyright Harbour News. <a href="/imprint">Imprint</a></footer>
</body></html>
"""


def json_ld(**changes: object) -> str:
    """A head with JSON-LD."""
    return f'<script type="application/ld+json">{json.dumps({**JSON_LD, **changes})}</script>'


def mhtml(html: str, address: str = ADDRESS) -> bytes:
    """A page as Chrome saves it."""
    lines = [
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {address}",
        "Subject: The tide",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="----B1"',
        "",
        "------B1",
        "Content-Type: text/html",
        "Content-ID: <frame-1@mhtml.blink>",
        "Content-Transfer-Encoding: base64",
        f"Content-Location: {address}",
        "",
        base64.encodebytes(html.encode()).decode().rstrip(),
        "------B1",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "Content-Location: https://news.example/img/quay.png",
        "",
        "iVBORw0KGgo=",
        "------B1--",
        "",
    ]
    return "\r\n".join(lines).encode()
