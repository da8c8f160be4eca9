"""Patterns for the links of articles, such as `https://blog.example/{year}/{slug}/`.

In the normal form, every placeholder stands in braces and is one of PLACEHOLDERS.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

DATE_PLACEHOLDERS: Final = ("year", "month", "day")
"""Filled with the date on which an entry was published."""

NAMING_PLACEHOLDERS: Final = ("slug", "path", "permalink")
"""Filled with what tells one article from another."""

PLACEHOLDERS: Final = (*DATE_PLACEHOLDERS, *NAMING_PLACEHOLDERS, "section")

# What Hugo and Jekyll call the same in their patterns.
_ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "title": "slug",
        "filename": "slug",
        "contentbasename": "slug",
        "slugorfilename": "slug",
        "slugorcontentbasename": "slug",
    }
)
# `{slug}`, and as Hugo and Jekyll have it, `:slug`.
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|(?<=[/._-]):([a-z_]+)", re.IGNORECASE)
_DOUBLE_SLASHES = re.compile(r"(?<!:)//+")


def in_normal_form(pattern: str) -> str:
    """`pattern` with every placeholder in braces, by our names where they are known."""

    def renamed(match: re.Match[str]) -> str:
        name = (match[1] or match[2] or "").strip()
        return f"{{{_ALIASES.get(name.lower(), name)}}}"

    return _PLACEHOLDER.sub(renamed, pattern)


def placeholders(pattern: str) -> frozenset[str]:
    """The names in the braces of a `pattern` in the normal form, known or not."""
    return frozenset(re.findall(r"\{([^{}]*)\}", pattern))


def filled(pattern: str, values: Mapping[str, str]) -> str:
    """A `pattern` in the normal form with `values` in the place of its placeholders.

    An empty value takes a slash with it, so that an article in no folder has no `//` in its link.
    """
    link = re.sub(r"\{([^{}]*)\}", lambda match: values[match[1]], pattern)
    return _DOUBLE_SLASHES.sub("/", link)
