"""HTML as strict readers want it: whole, harmless, with absolute addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import html5lib

from .names import words

ABSOLUTE = re.compile(
    r"(https?|mailto|tel|sms|ftps?|sftp|xmpp|sips?|geo|magnet|ircs?|news|nntp|webcal|gemini|gopher"
    r"|matrix|bitcoin):[!#$%&'()*+,\-./0-9:;=?@A-Z_a-z~]+"
)
DANGEROUS_TAGS = words(
    "script style iframe object embed applet base link meta title frame frameset param slot "
    "form input button select textarea svg math noscript"
)
ADDRESSES = words("href src poster cite")


def complaints_about_html(html: str) -> list[str]:
    """What strict readers have against a piece of HTML."""
    said = []
    try:
        tree = html5lib.HTMLParser(strict=True).parseFragment(html)
    except html5lib.html5parser.ParseError as error:
        said.append(f"not well-formed HTML: {error!r}")
        tree = html5lib.parseFragment(html)
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2]
        if tag in DANGEROUS_TAGS or "-" in tag:
            said.append(f"<{tag}>")
        for name, value in element.attrib.items():
            said += _about_attribute(tag, str(name), str(value))
    return said


def plain(html: str) -> str:
    """The text of a piece of HTML, each run of white space one blank."""
    return " ".join("".join(html5lib.parseFragment(html).itertext()).split())


def _about_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name in ("style", "class"):
        yield f"<{tag} {name}>"
    if name in ADDRESSES and not ABSOLUTE.fullmatch(value):
        yield f"<{tag} {name}={value!r}> is not absolute"
    if name == "srcset":
        for candidate in re.split(r",\s+", value):
            if not ABSOLUTE.fullmatch(candidate.split()[0]):
                yield f"<{tag} {name}={value!r}> is not absolute"
