"""Finds the text of a page; the only import of trafilatura."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...errors import Diagnostic, PageError
from ...formats.xml_read import root_or_none
from ...html import without_deep_nesting
from ...html.without_scripts import without_scripts
from ...text.urls import absolute, is_web
from .markdown import render_blocks

_INSTALL = "Install it: pip install 'feedpub[add]'."
# trafilatura takes an image for one by the ending of its address, which many have not.
_PLACEHOLDER = "https://invalid/{}.jpg"


def extract_markdown(html: str, base: str) -> str:
    """The text of the page `html` as Markdown, "" where none is found.

    `base` is the absolute address that those of the page are relative to; in the result all are
    absolute. Raises PageError where trafilatura is not installed.
    """
    try:
        # It takes 120 ms to load.
        import trafilatura
    except ImportError:
        problem = "the text of a web page can't be read: trafilatura is not installed"
        diagnostic = Diagnostic(
            code="library-missing", place="feedpub add", problem=problem, remedy=_INSTALL
        )
        raise PageError(diagnostic) from None
    tree = LexborHTMLParser(without_deep_nesting(html))
    if tree.body is None:
        return ""
    prepared = LexborHTMLParser(f"<body>{without_scripts(tree.body.inner_html or '', base)}")
    images = _prepare(prepared, base)
    xml = trafilatura.extract(
        prepared.html or "",
        output_format="xml",
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
    )
    root = root_or_none((xml or "").encode())
    main = root.find("main") if root is not None else None
    return render_blocks(main, images) if main is not None else ""


def _prepare(tree: LexborHTMLParser, base: str) -> dict[str, str]:
    """Makes the addresses of links absolute and puts placeholders for those of images; gives what
    the placeholders stand for."""
    for link in tree.css("a[href]"):
        address = absolute(base, link.attributes.get("href") or "")
        if address:
            link.attrs["href"] = address
        else:
            link.unwrap()
    images: dict[str, str] = {}
    for image in tree.css("img"):
        address = absolute(base, _source(image))
        if address and is_web(address):
            placeholder = _PLACEHOLDER.format(len(images))
            images[placeholder] = address
            image.attrs["src"] = placeholder
        else:
            image.decompose()
    return images


def _source(image: LexborNode) -> str:
    attributes = image.attributes
    candidates = (attributes.get("srcset") or "").split()
    return attributes.get("src") or next(iter(candidates), "").rstrip(",")
