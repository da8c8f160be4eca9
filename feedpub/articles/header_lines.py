"""Metadata as plain lines at the head of a text, as Pelican and e-mail have it: `Date: 2019`."""

from __future__ import annotations

import re

from ..metadata import DECIDING, key_of
from .front_matter import FrontMatter

_LINE = re.compile(r"(?P<name>[A-Za-z][A-Za-z _-]{0,30}):(?:[ \t]+(?P<value>\S.*))?$")
_YEAR = re.compile(r"\d{4}")
_TRUTH = re.compile(r"true|false|yes|no", re.IGNORECASE)
# Texts that begin with such a word and a colon are as often not metadata.
_ALSO_PROSE = frozenset({"note", "summary", "content"})


def read_header_lines(front: FrontMatter) -> FrontMatter:
    """`front`, a text without a block, with the plain lines of metadata that its body begins with.

    Lines are such only where the first names a key of ours and a blank line ends them. `authors` in
    the plural are parted at commas, or at semicolons where there are some.
    """
    lines = front.body.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    end = next((n for n in range(first, len(lines)) if not lines[n].strip()), len(lines))
    found = _pairs(lines[first:end], front.body_line + first)
    if found is None or not any(line.strip() for line in lines[end:]):
        return front
    values, numbers = found
    return FrontMatter(
        table=values,
        line_of=lambda key: numbers.get(key, 0),
        body="\n".join(lines[end + 1 :]),
        body_line=front.body_line + end + 1,
    )


def _pairs(lines: list[str], number: int) -> tuple[dict[str, object], dict[str, int]] | None:
    """The values of `lines`, the first of which is line `number`, and their lines; None if one is
    no metadata."""
    texts: dict[str, str] = {}
    numbers: dict[str, int] = {}
    name = ""
    for offset, line in enumerate(lines):
        if name and line.startswith((" ", "\t")):
            texts[name] += f" {line.strip()}"
        elif (pair := _LINE.match(line)) and pair["name"] not in texts:
            name = pair["name"]
            texts[name], numbers[name] = pair["value"] or "", number + offset
        else:
            return None
    names = list(texts)
    if not names or not key_of(names[0]) or all(key_of(each) in _ALSO_PROSE for each in names):
        return None
    if not all(map(_may_be_meant, texts, texts.values())):
        return None
    return {name: _value(name, text) for name, text in texts.items()}, numbers


def _may_be_meant(name: str, text: str) -> bool:
    key = key_of(name)
    if key not in DECIDING - {"id"}:
        return True
    return bool(_TRUTH.fullmatch(text) or (key != "draft" and _YEAR.search(text)))


def _value(name: str, text: str) -> object:
    if key_of(name) == "authors" and name.casefold().endswith("s"):
        parts = text.split(";") if ";" in text else text.split(",")
        return [part.strip() for part in parts if part.strip()]
    return text
