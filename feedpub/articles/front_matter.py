"""Front matter, the metadata at the head of an article: YAML between `---`, TOML between `+++`.

The only import of yaml-rs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from ..parsing.toml import TomlError, read_toml

_YAML_POSITION = re.compile(r"line (\d+), column \d+")
_DUPLICATE_KEY = re.compile(r"duplicate mapping key: '(.*)'")
_KEY = re.compile(r"[\w\"'-]+\s*[:=]")
_YAML_LINE = re.compile(
    r"""
    (?P<indent>[ ]*(?:-[ ]+)*)
    (?:(?P<key>"[^"]*"[ ]*|'[^']*'[ ]*|[^\s\#"'].*?):(?=[ ]|$))?
    (?P<block_scalar>[ ]*(?:[!&]\S*[ ]+)*[|>][-+0-9]*[ ]*(?:\#.*)?$)?
    """,
    re.VERBOSE,
)
_EMPTY: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The table of the block, and the body of the file, whose first line is `body_line`.

    `line_of` gives the line of a key in the file, from 1, 0 if unknown. Without a block the table
    is empty and the body the whole text.
    """

    table: Mapping[str, object] = field(default_factory=lambda: _EMPTY)
    line_of: Callable[[str], int] = lambda _: 0
    body: str = ""
    body_line: int = 1


class FrontMatterError(ValueError):
    """The block can't be read; `line` counts from 1 in the whole file."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


def split_front_matter(text: str) -> FrontMatter:
    """Splits `text`, which has LF line ends and no trailing blanks, into block and body.

    A `---` opens a block only if the next line is not blank, and after blank lines only if that is
    a key; so a Markdown rule, or a paste that begins with dashes, stays text. Raises
    FrontMatterError.
    """
    blank = len(text) - len(text.lstrip("\n"))
    fence, _, rest = text[blank:].partition("\n")
    may_be = _KEY.match(rest) if blank else not rest.startswith("\n")
    if fence == "---" and may_be:
        return _read(text, rest, blank, fences=("---", "..."), read=_read_yaml)
    if fence == "+++" and (may_be or not blank):
        return _read(text, rest, blank, fences=("+++",), read=_read_toml)
    return FrontMatter(body=text)


_Reader = Callable[[str], tuple[Mapping[str, object], Callable[[str], int]]]


def _read(
    text: str, rest: str, blank: int, *, fences: tuple[str, ...], read: _Reader
) -> FrontMatter:
    lines = rest.split("\n")
    end = next((n for n, line in enumerate(lines) if line in fences), None)
    if end is None:
        if fences[0] == "---" and not _KEY.match(rest):
            return FrontMatter(body=text)
        problem = f"the block of metadata that {fences[0]} opens is never closed"
        raise FrontMatterError(problem, blank + 1)
    try:
        table, line_of = read("\n".join(lines[:end]))
    except FrontMatterError as error:
        raise FrontMatterError(str(error), error.line + blank) from None
    return FrontMatter(
        table=table,
        line_of=lambda key: (line := line_of(key)) and blank + line + 1,
        body="\n".join(lines[end + 1 :]),
        body_line=blank + end + 3,
    )


def _read_toml(block: str) -> tuple[Mapping[str, object], Callable[[str], int]]:
    try:
        toml = read_toml(block)
    except TomlError as error:
        raise FrontMatterError(f"this is not TOML: {error}", error.line + 1) from None
    return toml.table, toml.line_of


def _read_yaml(block: str) -> tuple[Mapping[str, object], Callable[[str], int]]:
    import yaml_rs

    try:
        # `parse_datetime` gives dates as dates; YAML 1.2 leaves `no` and `12:30` as text.
        table = yaml_rs.loads(block, parse_datetime=True)
    except yaml_rs.YAMLDecodeError as error:
        raise _yaml_error(str(error), block) from None
    if table is None:
        return _EMPTY, lambda _: 0
    if not isinstance(table, dict):
        raise FrontMatterError("the block of metadata must be lines of `key: value`", 2)
    return table, lambda key: _yaml_line(block, key)


def _yaml_error(message: str, block: str) -> FrontMatterError:
    if duplicate := _DUPLICATE_KEY.search(message):
        key = duplicate[1]
        line = max((line for line, _, name in _yaml_keys(block) if name == key), default=0)
        return FrontMatterError(f"`{key}` is said twice; keep one", line + 1)
    where = _YAML_POSITION.search(message)
    problem = message.strip().splitlines()[-1]
    if "mapping values are not allowed" in problem:
        problem = "a value with `: ` in it must stand in quotes"
    return FrontMatterError(f"this is not YAML: {problem}", int(where[1]) + 1 if where else 1)


def _yaml_line(block: str, path: str) -> int:
    """The line of the key at `path`, else of the last one on the way there."""
    wanted = path.split(".")
    found, depth = 0, 0
    above: list[tuple[int, str]] = []
    for line, column, key in _yaml_keys(block):
        above = [*(each for each in above if each[0] < column), (column, key)]
        if depth < len(above) and [name for _, name in above] == wanted[: len(above)]:
            found, depth = line, len(above)
    return found


def _yaml_keys(block: str) -> Iterator[tuple[int, int, str]]:
    """Line, column and name of each key that begins a line; yaml-rs gives no lines of keys."""
    scalar: float = math.inf
    for number, text in enumerate(block.split("\n"), 1):
        if not text.strip() or len(text) - len(text.lstrip(" ")) > scalar:
            continue
        line = _YAML_LINE.match(text)
        assert line, "each part of the pattern may be absent"
        column = len(line["indent"])
        if line["key"]:
            yield number, column, line["key"].strip("\"' ")
        # A block scalar goes on for as long as lines are deeper than its key or its dash.
        scalar = math.inf
        if line["block_scalar"]:
            scalar = column if line["key"] else len(line["indent"].rstrip()) - 1
