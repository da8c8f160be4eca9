"""Values that decide nothing about publication: what is wrong is passed over with a warning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar

from ..errors import Severity
from ..parsing.values import Values
from .names import truth


class ForgivingValues(Values):
    """One table of front matter, of which a value that is wrong is passed over."""

    severity: ClassVar = Severity.WARNING

    def error(self, key: str, code: str, problem: str, remedy: str = "") -> None:
        """Reports that `key` is wrong, and that its value is passed over."""
        super().error(key, code, f"{problem}; it is passed over", remedy)

    def note(self, key: str, code: str, problem: str) -> None:
        """Reports how the value of `key` is understood; `problem` as in `error`."""
        super().error(key, code, problem)
        self.diagnostics[-1] = replace(self.diagnostics[-1], severity=Severity.NOTE)

    def multiline_text(self, key: str) -> str | None:
        """A text with its line breaks; numbers and dates, which YAML tells from texts, are one."""
        value = self.pop(key)
        if isinstance(value, float | date):
            value = str(value)
        self.put(key, value)
        return super().multiline_text(key)

    def boolean(self, key: str) -> bool | None:
        """True or false, also as a word of YAML 1.1."""
        value = self.pop(key)
        flag = truth(value)
        self.put(key, value if flag is None else flag)
        return super().boolean(key)

    def reject_unknown_keys(
        self, known: Iterable[str], synonyms: Mapping[str, str] | None = None
    ) -> None:
        """Does nothing: a table of another tool may say more than feedpub asks for."""
