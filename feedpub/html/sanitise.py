"""Sanitises HTML for feed readers, with every address absolute; the only import of nh3."""

from __future__ import annotations

import re
from html import escape

import nh3

from ..text.characters import clean_characters
from ..text.urls import SCHEMES, absolute
from .canonical import (
    plain_text,
    with_absolute_addresses,
    with_prefixed_ids,
    without_stray_tags,
)
from .without_scripts import without_scripts

_BLOCKS = (
    "address article aside blockquote br caption center dd details div dl dt figcaption figure"
    " footer h1 h2 h3 h4 h5 h6 header hr li menu nav ol p pre section summary table tbody td"
    " tfoot th thead tr ul"
)
_INLINE = (
    "a abbr acronym b bdi bdo big cite code col colgroup del dfn em i img ins kbd mark picture q rp"
    " rt ruby s samp small source span strike strong sub sup time tt u var wbr"
)
# Removed with their content; of any other tag that is not allowed, the content stays.
_DROPPED = (
    "button canvas datalist iframe math noembed noframes noscript object option script select style"
    " svg template textarea title"
)
_ATTRIBUTES = {
    "*": "id lang dir title",
    "a": "href hreflang",
    "abbr": "title",
    "blockquote": "cite",
    "col": "span",
    "colgroup": "span",
    "del": "cite datetime",
    "img": "src srcset sizes alt width height",
    "ins": "cite datetime",
    "li": "value",
    "ol": "start reversed type",
    "q": "cite",
    "source": "srcset sizes media type width height",
    "td": "colspan rowspan align",
    "th": "colspan rowspan align scope abbr",
    "time": "datetime",
}
_CLEANER = nh3.Cleaner(
    tags={*_BLOCKS.split(), *_INLINE.split()},
    clean_content_tags=set(_DROPPED.split()),
    attributes={tag: set(names.split()) for tag, names in _ATTRIBUTES.items()},
    url_schemes=set(SCHEMES),
    link_rel=None,
)
# Rounds of cleaning until nothing changes: one for nearly all HTML, two for broken HTML. What needs
# more than these was most likely written to get past a sanitiser.
_MAX_PASSES = 8
# Levels of tags. Time grows faster than their number, and browsers have a limit too (Blink: 512).
_MAX_DEPTH = 500
_NESTING = re.compile(
    "<(/?)(?:address|article|aside|b|big|blockquote|center|code|del|details|div|dl|em|fieldset"
    "|figure|font|footer|form|header|i|ins|label|main|mark|nav|ol|q|s|section|small|span|strike"
    r"|strong|sub|sup|table|tt|u|ul)(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)

_PRE_START = re.compile(r'(<pre(?: [a-z]+="[^"]*")*>)\n+')


def safe(html: str, *, base: str, id_prefix: str) -> str:
    """`html` by an allow-list, well formed, without scripts, styles and trackers.

    `base` is the absolute URL that its addresses are relative to. Links within the text keep
    working in a reader: the ids they lead to get `id_prefix`, made of letters, digits and "-";
    other ids are removed. HTML that does not come out stable is returned as plain text.
    """
    text = without_scripts(without_deep_nesting(clean_characters(html)), base)
    for _ in range(_MAX_PASSES):
        allowed = _CLEANER.clean(text)
        cleaned = _cleaned(allowed, base, id_prefix)
        if allowed == text and cleaned.count("<") == allowed.count("<"):
            return cleaned.strip()
        # Without some tags a parser may read the rest differently, such as a <p> inside a <p>.
        text = _CLEANER.clean(cleaned)
        if text == cleaned:
            return cleaned.strip()
    return f"<p>{escape(plain_text(text), quote=False)}</p>"


def without_deep_nesting(html: str) -> str:
    """`html` without all tags that can nest, if they nest deeper than 500 levels."""
    if html.count("<") <= _MAX_DEPTH:
        return html
    depth = deepest = 0
    for tag in _NESTING.finditer(html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return _NESTING.sub(" ", html) if deepest > _MAX_DEPTH else html


def _cleaned(html: str, base: str, id_prefix: str) -> str:
    html = with_absolute_addresses(clean_characters(html), base)
    html = with_prefixed_ids(html, (absolute(base, base) or "").partition("#")[0], id_prefix)
    html = without_stray_tags(html)
    # Each parser drops the first line end in a <pre>, and no reader shows it.
    return _PRE_START.sub(r"\1", html) if "<pre" in html else html
