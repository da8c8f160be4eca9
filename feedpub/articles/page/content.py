"""Finds the text of a page and its title, and takes the title out of the text."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...html import without_deep_nesting
from ...text.characters import one_line
from .head import PageHead

_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_CONTENT = ("article", "main, [role=main]")
_NEVER_TEXT = ["script", "style", "template", "nav"]
_AROUND_TEXT = (
    "footer, aside, body > header:not(:has(h1)), [role=navigation], [role=banner],"
    " [role=contentinfo], [role=complementary], [role=search]"
)
_HEADINGS = "h1, h2, h3, h4, h5, h6"
_NOT_SHOWN = frozenset({"script", "style", "template", "title"})
# Characters that a page has above its title at most: a section, a date, the author.
_MAX_LENGTH_ABOVE_TITLE = 100
# A form with this part of the text of a page is around the page; others are for readers to fill in.
_FORM_AROUND_PAGE = 0.5
_SEPARATOR = re.compile(r"\s+[-–—|·•»:]+\s+|:\s+")


def parse_html(html: str) -> LexborHTMLParser:
    """Parses a page or a fragment, without tags that nest so deep that it would take too long."""
    return LexborHTMLParser(without_deep_nesting(html))


def is_whole_page(html: str) -> bool:
    """Whether `html` is a page, and no fragment that is its own text."""
    return _WHOLE_PAGE.search(html) is not None


def find_content(tree: LexborHTMLParser, html: str) -> LexborNode | None:
    """The element of `tree`, parsed from `html`, that holds the text.

    Page furniture is removed from `tree`.
    """
    is_whole = is_whole_page(html)
    if is_whole:
        tree.strip_tags(_NEVER_TEXT)
        _drop_forms(tree)
    for selector in _CONTENT:
        found = max(tree.css(selector), key=_length, default=None)
        if found is not None and _length(found):
            return found
    if is_whole and tree.body is not None:
        for node in tree.body.css(_AROUND_TEXT):
            node.decompose()
    return tree.body


def find_title(head: PageHead, content: LexborNode | None) -> str:
    """The title of the head, else that for social media, else the first heading, else "".

    The name of the site is cut from it where the page states that name or the title by itself.
    """
    heading = _text(content.css_first("h1")) if content is not None else ""
    if not head.title:
        first = _first_heading(content) if content is not None else ""
        return head.shared_title or first or heading
    site, titles = head.site_name.casefold(), {head.shared_title, heading} - {""}
    for separator in _SEPARATOR.finditer(head.title):
        before, after = head.title[: separator.start()], head.title[separator.end() :]
        if after.casefold() == site or before in titles:
            return before
        if before.casefold() == site or after in titles:
            return after
    return head.title


def without_heading(content: LexborNode, title: str) -> str:
    """The HTML inside `content`, without a heading above the text that repeats `title`.

    The heading is removed from the tree of `content`.
    """
    wanted = one_line(title).casefold()
    headings = content.css(_HEADINGS) if wanted else []
    heading = next((each for each in headings if _text(each).casefold() == wanted), None)
    if heading is not None and _length_above(content, heading) <= _MAX_LENGTH_ABOVE_TITLE:
        heading.decompose()
    return (content.inner_html or "").strip()


def drop_heading(html: str, title: str) -> str:
    """`html` without a heading above its text that repeats `title`."""
    body = parse_html(f"<body>{html}").body
    return without_heading(body, title) if body is not None else html


def _drop_forms(tree: LexborHTMLParser) -> None:
    # ASP.NET puts the whole of a page into a form.
    whole = _length(tree.body) if tree.body is not None else 0
    for form in tree.css("form"):
        if _length(form) < whole * _FORM_AROUND_PAGE:
            form.decompose()


def _first_heading(content: LexborNode) -> str:
    heading = content.css_first(_HEADINGS)
    if heading is None or _length_above(content, heading):
        return ""
    return _text(heading)


def _length_above(content: LexborNode, heading: LexborNode) -> int:
    """How many characters of text `content` shows before `heading`."""
    length = 0
    for node in content.traverse(include_text=True):
        if node == heading:
            break
        if node.is_text_node and node.parent is not None and node.parent.tag not in _NOT_SHOWN:
            length += len((node.text_content or "").strip())
    return length


def _length(node: LexborNode) -> int:
    return len(node.text(deep=True).strip())


def _text(node: LexborNode | None) -> str:
    return one_line(node.text(deep=True)) if node is not None else ""
