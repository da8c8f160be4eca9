"""Where other tools publish a file, unless their configuration says otherwise."""

from __future__ import annotations

import re

from ..parsing.dates import stem_without_date


def hugo_address(page: str) -> str:
    """Where Hugo publishes the file `page`, which may have a fragment.

    One without a folder is beside the article that it is linked from.
    """
    path, mark, fragment = page.partition("#")
    if not path:
        return page
    name = re.sub(r"(?:^|/)_?index$", "", re.sub(r"\.(?:md|html)$", "", path))
    address = f"/{name.strip('/')}/" if "/" in path else f"../{name}/"
    return address.replace("//", "/") + mark + fragment


def zola_address(page: str) -> str:
    """Where Zola publishes the file `page`, which may have a fragment."""
    folder, _, name = page.partition("#")[0].rpartition("/")
    stem = name.removesuffix(".md")
    return hugo_address(f"/{folder}/{stem_without_date(stem) or stem}") + "".join(
        page.partition("#")[1:]
    )


def jekyll_address(path: str) -> str:
    """Where Jekyll publishes the file `path` unless its configuration says otherwise."""
    folder, _, name = path.removeprefix("/").rpartition("/")
    stem = re.sub(r"\.(?:md|markdown|html)$", "", name)
    rest = stem_without_date(stem)
    if rest and rest != stem:
        return f"/{stem[:10].replace('-', '/')}/{rest}.html"
    return f"/{folder}/{stem}.html".replace("//", "/")
