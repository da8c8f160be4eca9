"""Replaces what needs a script or a plug-in by plain HTML, as feed readers run neither.

Lazy images get their addresses, embedded players become links, checkboxes signs; scripts themselves
are for `sanitise` to remove.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from ..text.urls import absolute

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

TRACKER_ADDRESS = re.compile(
    r"https?://(?:[^/?#]*\.)?(?:"
    r"doubleclick\.net|googlesyndication\.com|google-analytics\.com|googletagmanager\.com"
    r"|scorecardresearch\.com|quantserve\.com|stats\.wordpress\.com|pixel\.wp\.com|feedsportal\.com"
    r"|counter\.yadro\.ru|mc\.yandex\.ru|feeds\.feedburner\.com/~|facebook\.com/(?:tr|plugins)\b"
    r"|list-manage\.com/track)",
    re.IGNORECASE,
)
"""Addresses of services that count readers or carry advertisements."""

_TAGS = re.compile(r"<(?:iframe|embed|object|video|audio|noscript|input)\b")
# A match in the text does no harm, as parsing a page for nothing costs little.
_ATTRIBUTES = ("data-", "style=", " hidden", " name=")
_LAZY_SOURCES = ("data-src", "data-lazy-src", "data-original", "data-orig-src", "data-lazy")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset")
# A width of 0 is not among these: some pages give it to real images, which grow to their frame.
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])(?:width|height)\s*:\s*1px",
    re.IGNORECASE,
)
_PLAYERS = (
    (
        re.compile(r"https?://www\.youtube(?:-nocookie)?\.com/embed/(?!videoseries)([\w-]{11})"),
        "https://www.youtube.com/watch?v=",
    ),
    (re.compile(r"https?://player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/"),
)
_PHRASING_TAG = re.compile("p|span|a|b|i|em|strong|small|sub|sup|h[1-6]|dt|summary")


def without_scripts(html: str, base: str) -> str:
    """`html` with images for lazy ones, links for embedded media, ☐ and ☑ for checkboxes.

    `base` is the absolute URL of the page. The text of a link is the title of the media, or else
    its address. The result is not sanitised.
    """
    lower = html.lower()
    if not (_TAGS.search(lower) or any(sign in lower for sign in _ATTRIBUTES)):
        return html
    from selectolax.lexbor import LexborHTMLParser

    # Without <body>, the parser would take tags at the beginning for a head.
    page = LexborHTMLParser("<body>" + html)
    if page.body is None:
        return html
    for image in page.css("img, source"):
        _load(image)
    _show_noscript(page)
    _mark_checkboxes(page)
    # From the last to the first, so that media inside others are replaced before these are.
    for embed in reversed(page.css("iframe, embed, object, video, audio")):
        _link(embed, base)
    for anchor in page.css("a[name]"):
        if not anchor.attributes.get("id"):
            anchor.attrs["id"] = anchor.attributes["name"] or ""
    return page.body.inner_html or ""


def _load(image: LexborNode) -> None:
    """Gives a lazy image its address, and removes a hidden one."""
    attributes = image.attributes
    if _is_hidden(attributes):
        image.decompose()
        return
    for name, lazy_names in (("src", _LAZY_SOURCES), ("srcset", _LAZY_SETS)):
        lazy = next((attributes[lazy] for lazy in lazy_names if attributes.get(lazy)), None)
        if lazy and not lazy.startswith(("data:", "{", "[")):
            image.attrs[name] = lazy


def _is_hidden(attributes: Mapping[str, str | None]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))


def _show_noscript(page: LexborHTMLParser) -> None:
    """Keeps an image that is for browsers without scripts, unless the page has it outside too."""
    inside = {image.mem_id for image in page.css("noscript img")}
    shown = {i.attributes.get("src") for i in page.css("img") if i.mem_id not in inside}
    for noscript in reversed(page.css("noscript")):
        sources = {image.attributes.get("src") for image in noscript.css("img")}
        if sources and not sources & shown:
            noscript.unwrap()
        else:
            noscript.decompose()


def _mark_checkboxes(page: LexborHTMLParser) -> None:
    for box in page.css("input"):
        if (box.attributes.get("type") or "").lower() == "checkbox":
            box.replace_with("☑ " if "checked" in box.attributes else "☐ ")


def _link(embed: LexborNode, base: str) -> None:
    """Replaces embedded media by a link, an object that has a fallback by that."""
    attributes = embed.attributes
    if embed.tag == "object" and (embed.text(strip=True) or embed.css_first("img")):
        embed.unwrap()
        return
    address = _address(embed, base)
    if not address:
        embed.decompose()
        return
    title = attributes.get("title") or attributes.get("aria-label") or address
    poster = attributes.get("poster")
    image = f'<img src="{escape(poster)}" alt="">' if poster else ""
    link = f'<a href="{escape(address)}">{image}{escape(title)}</a>'
    embed.replace_with(_node(link if _is_in_a_line(embed) else f"<p>{link}</p>"))


def _is_in_a_line(embed: LexborNode) -> bool:
    parent = embed.parent
    while parent is not None and parent.tag == "object":
        parent = parent.parent
    return parent is not None and bool(_PHRASING_TAG.fullmatch(parent.tag or ""))


def _address(embed: LexborNode, base: str) -> str:
    """Where the media can be seen or heard; empty for a hidden one and for a tracker."""
    attributes = embed.attributes
    sizes = {(attributes.get(side) or "").strip() for side in ("width", "height")}
    if _is_hidden(attributes) or sizes & {"0", "1"}:
        return ""
    sources = [attributes.get(name) for name in ("data-src", "src", "data")]
    sources += [source.attributes.get("src") for source in embed.css("source")]
    address = next(filter(None, (absolute(base, source or "") for source in sources)), "")
    for player, watch in _PLAYERS:
        if video := player.match(address):
            return watch + video[1]
    return "" if TRACKER_ADDRESS.match(address) else address


def _node(html: str) -> LexborNode:
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(html).body
    assert body is not None and body.child is not None
    return body.child
