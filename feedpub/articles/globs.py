"""Globs of config.toml, which name articles by their paths."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PART = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]]*\]|[^*?\[]+|\[")


@dataclass(frozen=True, slots=True)
class Glob:
    """A pattern with `/` is for the whole path, one without for the file name in any folder.

    `**` crosses folders; a pattern that ends in `/` is for all that is in a folder.
    """

    expression: re.Pattern[str]
    is_for_path: bool

    @classmethod
    def of(cls, pattern: str) -> Glob:
        """The glob that `pattern`, in NFC, is."""
        whole = f"{pattern}**" if pattern.endswith("/") else pattern
        expression = re.compile("".join(_translated(part) for part in _PART.findall(whole)))
        return cls(expression, "/" in pattern)

    def matches(self, path: str) -> bool:
        """Whether the article at `path`, in NFC, is meant."""
        subject = path if self.is_for_path else path.rpartition("/")[2]
        return self.expression.fullmatch(subject) is not None


def is_glob(pattern: str) -> bool:
    """Whether `pattern` stands for more than one name."""
    return re.search(r"[*?\[]", pattern) is not None


def _translated(part: str) -> str:
    if part in ("**/", "**"):
        return "(?:.*/)?" if part == "**/" else ".*"
    if part in ("*", "?"):
        return "[^/]*" if part == "*" else "[^/]"
    if part.startswith("[") and len(part) > 1:
        inside = part[1:-1].replace("\\", r"\\")
        return f"[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"
    return re.escape(part)
