"""Front matter, the metadata at the head of an article: YAML between `---`, TOML between `+++`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from ..parsing.toml import TomlError, read_toml
from .yaml_block import YamlError, read_yaml
from .yaml_repair import Repair

_KEY = re.compile(r"[\w\"'-]+\s*[:=]")
_EMPTY: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The table of the block, and the body of the file, whose first line is `body_line`.

    `line_of` gives the line of a key in the file, from 1, 0 if unknown. `repairs` say what was read
    otherwise than YAML does, by lines of the file. Without a block the table is empty and the body
    the whole text.
    """

    table: Mapping[str, object] = field(default_factory=lambda: _EMPTY)
    line_of: Callable[[str], int] = lambda _: 0
    body: str = ""
    body_line: int = 1
    repairs: tuple[Repair, ...] = ()


class FrontMatterError(ValueError):
    """The block can't be read; `line` counts from 1 in the whole file."""

    def __init__(self, problem: str, line: int, remedy: str) -> None:
        super().__init__(problem)
        self.line = line
        self.remedy = remedy


def split_front_matter(text: str) -> FrontMatter:
    """Splits `text`, which has LF line ends and no trailing blanks, into block and body.

    Blank lines may stand above and below the `---` that opens a block, if a key follows; so a
    Markdown rule, or a paste that begins with dashes, stays text. Raises FrontMatterError.
    """
    above = len(text) - len(text.lstrip("\n"))
    fence, _, rest = text[above:].partition("\n")
    is_spaced = bool(above) or rest.startswith("\n")
    if is_spaced and not _KEY.match(rest.lstrip("\n")):
        return FrontMatter(body=text)
    if fence == "---":
        return _read(text, rest, above, fences=("---", "..."), read=_read_yaml)
    if fence == "+++":
        return _read(text, rest, above, fences=("+++",), read=_read_toml)
    return FrontMatter(body=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A block that was read; lines count from 1 in the block."""

    table: Mapping[str, object]
    line_of: Callable[[str], int]
    repairs: tuple[Repair, ...] = ()


def _read(
    text: str, rest: str, above: int, *, fences: tuple[str, ...], read: Callable[[str], _Block]
) -> FrontMatter:
    lines = rest.split("\n")
    end = next((n for n, line in enumerate(lines) if line in fences), None)
    if end is None:
        if fences[0] == "---" and not _KEY.match(rest):
            return FrontMatter(body=text)
        problem = f"the block of metadata that {fences[0]} opens is never closed"
        raise FrontMatterError(problem, above + 1, f"Write {fences[0]} on a line below it.")
    # The line of the file that is above the first of the block.
    top = above + 1
    try:
        block = read("\n".join(lines[:end]))
    except FrontMatterError as error:
        raise FrontMatterError(str(error), top + error.line, error.remedy) from None
    return FrontMatter(
        table=block.table,
        line_of=lambda key: (line := block.line_of(key)) and top + line,
        body="\n".join(lines[end + 1 :]),
        body_line=top + end + 2,
        repairs=tuple(replace(each, line=top + each.line) for each in block.repairs),
    )


def _read_toml(block: str) -> _Block:
    try:
        toml = read_toml(block)
    except TomlError as error:
        problem = f"this is not TOML: {error}"
        raise FrontMatterError(problem, error.line, error.remedy) from None
    return _Block(table=toml.table, line_of=toml.line_of)


def _read_yaml(block: str) -> _Block:
    try:
        yaml = read_yaml(block)
    except YamlError as error:
        raise FrontMatterError(str(error), error.line, error.remedy) from None
    return _Block(table=yaml.table, line_of=yaml.line_of, repairs=yaml.repairs)
