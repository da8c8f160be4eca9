"""Reads what is almost YAML: plain texts that have marks of YAML in them, and bad values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..errors import Severity
from ..metadata import DECIDING, key_of

Loads = Callable[[str], object]
"""Parses YAML; raises ValueError."""

_FIELD = re.compile(r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s\"'#\[{-][^:]*?)\s*:(?:\s+(?P<value>.*))?$")
_HASH = re.compile(r"\s#(?=\S)")
_MARKED = re.compile(r"[\"'\[{|>&!*%@`#]")
_TEXT_KEYS = frozenset({"title", "summary", "note", "authors", "source", "link"})
_NAME = re.compile(r"[\w-]+(?=\s*:)")
# A quote within a quoted text that ends it: a letter before it, none after it.
_ENDS_TEXT = re.compile(r"[\w.!?,][\"'](?=[\s.,;:])")
# Lines. A text in quotes that goes on longer was never closed.
_MAX_QUOTED_LINES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What was read otherwise than it is written: a line, from 1, and a sentence on it."""

    line: int
    severity: Severity
    code: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What a block says once it is repaired."""

    table: object
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """A key at the left margin, its `value` on that line, and the lines until the next such key."""

    line: int
    key: str
    value: str
    lines: tuple[str, ...]

    @property
    def meaning(self) -> str:
        return key_of(self.key)

    @property
    def is_text(self) -> bool:
        """Whether its value may be read as a plain text: one of ours, and no list or table."""
        rest = [line.strip() for line in self.lines[1:]]
        return self.meaning in _TEXT_KEYS and not any(
            line.startswith("- ") or _FIELD.match(line) for line in rest
        )

    @property
    def decides(self) -> bool:
        """Whether something that decides publication may be said in its lines."""
        names = (name for line in self.lines for name in _NAME.findall(line))
        return any(key_of(name) in DECIDING or name == "status" for name in names)


def keep_hashes(block: str) -> tuple[str, tuple[Repair, ...]]:
    """`block` with plain texts such as `Issue #12` in quotes: YAML takes ` #12` for a comment."""
    repairs, lines = [], block.split("\n")
    for field in _fields(block) if " #" in block else ():
        if (
            len(field.lines) == 1
            and field.is_text
            and field.meaning != "link"
            and not _MARKED.match(field.value)
            and _HASH.search(field.value)
        ):
            lines[field.line - 1] = f"{field.key}: {_quoted(field.value)}"
            repairs.append(_as_text(field, "in YAML ` #` begins a comment"))
    return "\n".join(lines), tuple(repairs)


def repair(block: str, loads: Loads) -> Repaired | None:
    """What `block`, which is not YAML, means; None where that is in doubt.

    Texts of ours that are no YAML are read as they are written. Any other value that is none, and
    a key that is said again, are passed over, unless they may decide publication.
    """
    block = _with_indented_quotes(block)
    pieces: list[str] = []
    repairs: list[Repair] = []
    fields = list(_fields(block))
    if not fields:
        return None
    last = {field.key: field.line for field in fields}
    above = block.split("\n")[: fields[0].line - 1]
    for field in fields:
        text, said = "\n".join(field.lines), None
        if field.line != last[field.key] and not field.decides:
            text, said = "", _passed_over(field, "key-duplicate", "is said twice; the last holds")
        elif not _is_yaml(text, loads) and field.is_text:
            text, said = (
                f"{field.key}: {_quoted(_plain_text(field))}",
                _as_text(field, "it is not YAML"),
            )
        elif not _is_yaml(text, loads) and not field.decides:
            text = ""
            said = _passed_over(field, "front-matter-invalid", "is not YAML; it is passed over")
        pieces.append(text)
        repairs += [said] if said else []
    try:
        return Repaired(table=loads("\n".join([*above, *pieces])), repairs=tuple(repairs))
    except ValueError:
        return None


def _fields(block: str) -> Iterator[_Field]:
    lines = block.split("\n")
    found = [(n, match) for n, line in enumerate(lines) if (match := _FIELD.match(line))]
    ends = [*(number for number, _ in found[1:]), len(lines)]
    # Without a field there is no end of one.
    for (number, match), end in zip(found, ends, strict=False):
        yield _Field(
            line=number + 1,
            key=match["key"],
            value=(match["value"] or "").strip(),
            lines=tuple(lines[number:end]),
        )


def _with_indented_quotes(block: str) -> str:
    """`block` with the lines of texts in quotes indented: YAML 1.1 does not ask for that."""
    lines = block.split("\n")
    number = 0
    while number < len(lines):
        field = _FIELD.match(lines[number])
        number += 1
        value = (field["value"] or "").strip() if field else ""
        if value[:1] not in ("'", '"') or value.count(value[0]) != 1:
            continue
        below = lines[number : number + _MAX_QUOTED_LINES]
        end = next((n for n, line in enumerate(below) if line.rstrip().endswith(value[0])), None)
        if end is not None and not any(value[0] in line for line in below[:end]):
            lines[number : number + end + 1] = [f"  {line}" for line in below[: end + 1]]
            number += end + 1
    return "\n".join(lines)


def _is_yaml(text: str, loads: Loads) -> bool:
    try:
        loads(text)
    except ValueError:
        return False
    return True


def _plain_text(field: _Field) -> str:
    text = " ".join([field.value, *map(str.strip, field.lines[1:])]).strip()
    mark = text[:1]
    if mark in ("'", '"') and text.count(mark) == 1:
        return text[1:]
    if mark in ("'", '"') and text.endswith(mark):
        inside = text[1:-1]
        return text if _ENDS_TEXT.search(inside) else inside
    return text


def _quoted(text: str) -> str:
    # A JSON string is a double-quoted scalar of YAML.
    return json.dumps(text, ensure_ascii=False)


def _as_text(field: _Field, reason: str) -> Repair:
    problem = f"`{field.key}` is taken as plain text: {reason}"
    return Repair(
        line=field.line,
        severity=Severity.NOTE,
        code="front-matter-plain-text",
        problem=problem,
        remedy="Put it in quotes.",
    )


def _passed_over(field: _Field, code: str, problem: str) -> Repair:
    return Repair(
        line=field.line,
        severity=Severity.WARNING,
        code=code,
        problem=f"`{field.key}` {problem}",
        remedy="Put its value in quotes." if code == "front-matter-invalid" else "Keep one.",
    )
