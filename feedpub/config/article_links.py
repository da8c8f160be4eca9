"""Reads `link` under `[articles]`: the pattern of the links of articles that have none."""

from __future__ import annotations

from ..parsing.values import Values
from ..settings import Site
from ..text.link_pattern import (
    NAMING_PLACEHOLDERS,
    PLACEHOLDERS,
    filled,
    in_normal_form,
    placeholders,
)
from ..text.urls import is_web
from ..text.wording import joined, listed, shown

_KNOWN = tuple(f"{{{name}}}" for name in PLACEHOLDERS)
_NAMING = joined([f"`{{{name}}}`" for name in NAMING_PLACEHOLDERS], "or")


def read_link_pattern(articles: Values, site: Site) -> str:
    """The pattern in the normal form, "" where there is none; one that begins with `/` is on the
    host of `site`."""
    text = articles.text("link")
    if text is None:
        return ""
    pattern = in_normal_form(_absolute(text, site))
    names = placeholders(pattern)
    if unknown := sorted(names.difference(PLACEHOLDERS)):
        problem = f"has the placeholder {shown(f'{{{unknown[0]}}}')}, which feedpub does not know"
        articles.error("link", "placeholder-unknown", problem, f"Known are {listed(_KNOWN)}.")
    elif not is_web(filled(pattern, dict.fromkeys(names, "1"))):
        problem = f"must be a web address with placeholders, not {shown(text)}"
        remedy = "Write it as https://example.org/{year}/{slug}/."
        articles.error("link", "address-invalid", problem, remedy)
    elif names.isdisjoint(NAMING_PLACEHOLDERS):
        problem = "would give articles of one day the same link"
        articles.error("link", "placeholder-missing", problem, f"Put {_NAMING} into it.")
    else:
        return pattern
    return ""


def _absolute(text: str, site: Site) -> str:
    if not text.startswith("/"):
        return text
    scheme, _, rest = site.url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}{text}"
