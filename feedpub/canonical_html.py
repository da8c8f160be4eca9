"""Rewrites the tags of HTML as a sanitiser writes it, where a parser would cost ten times as much.

What holds there and makes patterns safe: tags are balanced, attributes are allowed ones, their
values are quoted, and no "<" stands for anything but a tag.
"""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from urllib.parse import unquote

from feedpub.scriptless import TRACKER
from feedpub.urls import absolute

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")*)>')
_TAG_WITH_ATTRIBUTES = re.compile(r'<([a-z][a-z0-9]*)((?: [a-z]+="[^"]*")+)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_ID = re.compile(r' id="([^"]*)"')
_VOID = frozenset("br col hr img source wbr".split())

_ADDRESSES = frozenset("href src cite".split())
_NUMBERS = frozenset("width height start value colspan rowspan span".split())
_NUMBER = re.compile(r"\s*(-?[0-9]{1,9})(?:\.[0-9]*)?\s*(?:px)?\s*")
_CANDIDATE = re.compile(r"([^\s,](?:\S*[^\s,])?)(?:,|\s+([^,]*)|$)")
_DESCRIPTOR = re.compile(r"[0-9]+w|[0-9]*\.?[0-9]+x|")


def with_absolute_addresses(html: str, base: str) -> str:
    """`html` as it means on the page `base`; images that show nothing or count readers go."""
    return _TAG_WITH_ATTRIBUTES.sub(partial(_start_tag, base), html)


def without_bare_tags(html: str) -> str:
    """`html` without the <span> and <a> that say nothing, and the ruby text outside of a ruby."""
    if not any(start in html for start in ("<span>", "<a>", "<rt", "<rp")):
        return html
    open_tags: list[str] = []

    def kept(tag: re.Match[str]) -> str:
        slash, name, attributes = tag.groups()
        if name in _VOID:
            return tag[0]
        if slash:
            return tag[0] if open_tags.pop() else ""
        if name in {"rt", "rp"}:
            goes = next(filter(None, reversed(open_tags)), "") != "ruby"
        else:
            goes = name in {"span", "a"} and not attributes
        open_tags.append("" if goes else name)
        return "" if goes else tag[0]

    return TAG.sub(kept, html)


def with_prefixed_ids(html: str, page: str, prefix: str) -> str:
    """`html` with `prefix` before each id that a link to `page`#id leads to, without other ids.

    The links follow; one that leads nowhere in `html` leads to `page` as it did.
    """
    if ' id="' not in html:
        return html
    start = f' href="{page.replace("&", "&amp;")}#'
    link = re.compile(re.escape(start) + '([^"]+)"')
    present = {
        unescape(i) for tag in _TAG_WITH_ATTRIBUTES.finditer(html) for i in _ID.findall(tag[2])
    }
    linked = present & {_name(fragment) for fragment in link.findall(html)}
    placed: set[str] = set()

    def prefixed(written: str) -> str:
        return written if written.startswith(prefix) else prefix + written

    def new_link(match: re.Match[str]) -> str:
        return f'{start}{prefixed(match[1])}"' if _name(match[1]) in linked else match[0]

    def new_id(match: re.Match[str]) -> str:
        written = prefixed(match[1])
        if unescape(match[1]) not in linked or written in placed:
            return ""
        placed.add(written)
        return f' id="{written}"'

    def new_tag(tag: re.Match[str]) -> str:
        return f"<{tag[1]}{_ID.sub(new_id, link.sub(new_link, tag[2]))}>"

    return _TAG_WITH_ATTRIBUTES.sub(new_tag, html)


def _name(fragment: str) -> str:
    return unquote(unescape(fragment))


def _start_tag(base: str, tag: re.Match[str]) -> str:
    name, kept = tag[1], {}
    for attribute, written in _ATTRIBUTE.findall(tag[2]):
        value = _value(attribute, written, base)
        if value is not None:
            kept[attribute] = value
    if (name == "img" and not _shows(kept)) or (name == "source" and "srcset" not in kept):
        return ""
    return f"<{name}{''.join(f' {attribute}="{value}"' for attribute, value in kept.items())}>"


def _value(attribute: str, written: str, base: str) -> str | None:
    """The value of an attribute, escaped as it is `written`; None for one that can't be."""
    if attribute in _ADDRESSES:
        url = absolute(base, unescape(written))
        return url and url.replace("&", "&amp;")
    if attribute == "srcset":
        return _srcset(unescape(written), base).replace("&", "&amp;") or None
    if attribute in _NUMBERS:
        number = _NUMBER.fullmatch(written)
        return number and number[1]
    return written


def _srcset(written: str, base: str) -> str:
    """The candidates of a srcset with absolute addresses (HTML §4.8.4.2.1)."""
    candidates = []
    for address, descriptor in _CANDIDATE.findall(written):
        url = absolute(base, address)
        if url and _DESCRIPTOR.fullmatch(descriptor.strip()):
            candidates.append(f"{url} {descriptor}".strip())
    return ", ".join(candidates)


def _shows(image: dict[str, str]) -> bool:
    """Whether an image is for the eye; one with a srcset alone gets its first address as src."""
    if "src" not in image and "srcset" in image:
        image["src"] = image["srcset"].split()[0].rstrip(",")
    if {image.get("width"), image.get("height")} & {"0", "1"}:
        return False
    return "src" in image and not TRACKER.match(image["src"])
