"""A block of metadata in YAML as a table; the only import of yaml-rs."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from .yaml_repair import Repair, keep_hashes, repair

_YAML_POSITION = re.compile(r"line (\d+), column \d+")
_DUPLICATE_KEY = re.compile(r"duplicate mapping key: '(.*)'")
_YAML_LINE = re.compile(
    r"""
    (?P<indent>[ ]*(?:-[ ]+)*)
    (?:(?P<key>"[^"]*"[ ]*|'[^']*'[ ]*|[^\s\#"'].*?):(?=[ ]|$))?
    (?P<block_scalar>[ ]*(?:[!&]\S*[ ]+)*[|>][-+0-9]*[ ]*(?:\#.*)?$)?
    """,
    re.VERBOSE,
)
_PLAIN_REMEDY = (
    "Write one `key: value` a line, the value in quotes if it has more than words in it."
)
_WINDOWS_REMEDY = r"Write a Windows path in single quotes, such as 'C:\pictures', or with `/`."
# What yaml-rs says, in plainer words where that helps, and what to do about it.
_REMEDIES = (
    ("mapping values are not allowed", "a value with `: ` in it must stand in quotes", ""),
    ("tab", "a tab stands where YAML has blanks", "Put blanks in place of tabs."),
    ("hexadecimal|escape character", r"`\` begins a code in double quotes", _WINDOWS_REMEDY),
    ("unclosed quote", "", "Close it with the same quote."),
    ("unclosed bracket", "", "Close it, or write the value in quotes."),
    ("trailing content", "a text goes on after its quotes", "Put the whole of it in quotes."),
    ("anchor", "a value begins with `*` or `&`", "Put it in quotes."),
    ("unexpected character", "", "Put the value in quotes."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yaml:
    """What a YAML text says, and the line of each key in it, from 1, 0 if unknown."""

    table: Mapping[str, object]
    line_of: Callable[[str], int]
    repairs: tuple[Repair, ...] = ()


class YamlError(ValueError):
    """The text is not YAML; `line` counts from 1."""

    def __init__(self, problem: str, line: int, remedy: str) -> None:
        super().__init__(problem)
        self.line = line
        self.remedy = remedy


def read_yaml(block: str) -> Yaml:
    """The mapping that `block` is, if need be with repairs; raises YamlError."""
    written, kept = keep_hashes(block)
    try:
        table, repairs = _loads(written), kept
    except ValueError as error:
        repaired = repair(written, _loads)
        if repaired is None:
            raise _error(str(error), block) from None
        table, repairs = repaired.table, (*kept, *repaired.repairs)
    if table is None:
        return Yaml(table={}, line_of=lambda _: 0)
    if not isinstance(table, dict):
        problem = "the block of metadata must be lines of `key: value`"
        raise YamlError(problem, 1, _PLAIN_REMEDY)
    return Yaml(table=table, line_of=lambda key: _line_of(block, key), repairs=repairs)


def _loads(text: str) -> object:
    """Parses YAML; raises ValueError."""
    import yaml_rs

    # `parse_datetime` gives dates as dates; YAML 1.2 leaves `no` and `12:30` as text.
    return yaml_rs.loads(text, parse_datetime=True)


def _error(message: str, block: str) -> YamlError:
    if duplicate := _DUPLICATE_KEY.search(message):
        key = duplicate[1]
        line = max((line for line, _, name in _keys(block) if name == key), default=0)
        return YamlError(f"`{key}` is said twice", line, "Keep one.")
    where = _YAML_POSITION.search(message)
    said = message.strip().splitlines()[-1]
    found = next((each for each in _REMEDIES if re.search(each[0], said)), ("", "", ""))
    problem, remedy = found[1] or said, found[2] or _PLAIN_REMEDY
    return YamlError(f"this is not YAML: {problem}", int(where[1]) if where else 0, remedy)


def _line_of(block: str, path: str) -> int:
    """The line of the key at `path`, else of the last one on the way there."""
    wanted = path.split(".")
    found, depth = 0, 0
    above: list[tuple[int, str]] = []
    for line, column, key in _keys(block):
        above = [*(each for each in above if each[0] < column), (column, key)]
        if depth < len(above) and [name for _, name in above] == wanted[: len(above)]:
            found, depth = line, len(above)
    return found


def _keys(block: str) -> Iterator[tuple[int, int, str]]:
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
