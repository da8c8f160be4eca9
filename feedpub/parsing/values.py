"""Reads keys and values that TOML or YAML has parsed, and collects a diagnostic for each error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeGuard, TypeVar

from ..errors import Diagnostic, Severity
from ..text.characters import clean_characters
from ..text.wording import alternatives, listed, nearest, shown, type_name

_Member = TypeVar("_Member", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The file that a table is in; `line_of` gives the line of a key, from 1, 0 if unknown."""

    name: str
    line_of: Callable[[str], int] = lambda _: 0


class Values:
    """One table of TOML or YAML; a key that was read is gone, so that what is left is unknown.

    A read gives None where the key is absent, null or wrong. Errors are appended to `diagnostics`,
    a list that a table shares with the tables inside it. Messages name a key as `written` has it,
    where the file has another name for it.
    """

    severity: ClassVar = Severity.ERROR

    def __init__(
        self,
        table: Mapping[str, object],
        place: Place,
        *,
        prefix: str = "",
        written: Mapping[str, str] | None = None,
        diagnostics: list[Diagnostic] | None = None,
    ) -> None:
        self.place = place
        self.prefix = prefix
        self._written = written or {}
        self.diagnostics: list[Diagnostic] = [] if diagnostics is None else diagnostics
        self._unread = {str(key): value for key, value in table.items()}

    def error(self, key: str, code: str, problem: str, remedy: str = "") -> None:
        """Reports that `key` is wrong; `problem` continues a sentence that begins with the key."""
        path = self.prefix + self._written.get(key, key)
        self.diagnostics.append(
            Diagnostic(
                code=code,
                severity=self.severity,
                place=self.place.name,
                line=self.place.line_of(path),
                problem=f"`{path}` {problem}",
                remedy=remedy,
            )
        )

    def unread_keys(self) -> tuple[str, ...]:
        """The keys that have not been read yet."""
        return tuple(self._unread)

    def has(self, key: str) -> bool:
        """Whether `key` is there, not null, and not read yet."""
        return self._unread.get(key) is not None

    def pop(self, key: str) -> object:
        """The value of `key` as the parser gave it, None if it is absent."""
        return self._unread.pop(key, None)

    def put(self, key: str, value: object) -> None:
        """Takes `value` for what the parser gave for `key`, which is to be read again."""
        self._unread[key] = value

    def text(self, key: str) -> str | None:
        """A text on one line, with single spaces; None if it is empty."""
        value = self.multiline_text(key)
        return (" ".join(value.split()) or None) if value is not None else None

    def required(self, key: str) -> str:
        """A text on one line that must be there; "" and an error if it is not."""
        is_set, reported = self.has(key), len(self.diagnostics)
        text = self.text(key)
        if text is None and len(self.diagnostics) == reported:
            if is_set:
                self.error(key, "value-empty", "is empty")
            else:
                self.error(key, "key-missing", "is missing")
        return text or ""

    def multiline_text(self, key: str) -> str | None:
        """A text with its line breaks, stripped; None if it is empty."""
        value = self.pop(key)
        if value is None:
            return None
        if isinstance(value, str):
            return clean_characters(value).strip() or None
        if _is_integer(value):
            return str(value)
        self._wrong_type(key, f"a text, not {type_name(value)}", 'Write it in quotes: "…".')
        return None

    def boolean(self, key: str) -> bool | None:
        """True or false."""
        value = self.pop(key)
        if value is None or isinstance(value, bool):
            return value
        self._wrong_type(key, f"true or false, not {shown(value)}")
        return None

    def count(self, key: str) -> int | None:
        """A whole number, 0 or more."""
        value = self.pop(key)
        if value is None:
            return None
        if _is_integer(value) and value >= 0:
            return value
        code = "value-not-allowed" if _is_integer(value) else "value-wrong-type"
        self.error(key, code, f"must be a whole number, 0 or more, not {shown(value)}")
        return None

    def choice(self, key: str, allowed: Iterable[str]) -> str | None:
        """One of the words in `allowed`."""
        value = self.pop(key)
        words = tuple(allowed)
        if value is None or (isinstance(value, str) and value in words):
            return value
        problem = f"must be {alternatives(words)}, not {shown(value)}"
        self.error(key, "value-not-allowed", problem)
        return None

    def member(self, key: str, enum: type[_Member]) -> _Member | None:
        """The member of `enum` that the text names."""
        word = self.choice(key, list(enum))
        return None if word is None else enum(word)

    def text_list(self, key: str) -> tuple[str, ...] | None:
        """A list of texts without duplicates; one text with commas stands for such a list."""
        value = self.pop(key)
        if value is None:
            return None
        items = value.split(",") if isinstance(value, str) else value
        if not isinstance(items, list | tuple):
            self._wrong_type(key, f"a list of texts, not {type_name(value)}")
            return None
        texts: dict[str, None] = {}
        for item in items:
            if not isinstance(item, str) and not _is_integer(item):
                self._wrong_type(key, f"a list of texts, but {shown(item)} is not a text")
                return None
            if text := " ".join(clean_characters(str(item)).split()):
                texts[text] = None
        return tuple(texts)

    def table(self, key: str) -> Values | None:
        """The table under `key`."""
        value = self.pop(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return self.nested(key, value)
        self._wrong_type(key, f"a table, not {type_name(value)}", f"Write it as [{key}].")
        return None

    def tables(self, key: str) -> tuple[Values, ...]:
        """The tables of an array of tables, which TOML writes as `[[key]]`."""
        value = self.pop(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return tuple(self.nested(f"{key}[{n}]", item) for n, item in enumerate(value, 1))
        self._wrong_type(key, f"a list of tables, not {type_name(value)}", f"Write [[{key}]].")
        return ()

    def nested(self, key: str, table: Mapping[str, object]) -> Values:
        """`table`, which is the value of `key` here; its errors are added to this one's."""
        prefix = f"{self.prefix}{self._written.get(key, key)}."
        return type(self)(table, self.place, prefix=prefix, diagnostics=self.diagnostics)

    def reject_unknown_keys(
        self, known: Iterable[str], synonyms: Mapping[str, str] | None = None
    ) -> None:
        """Reports each key that was not read.

        The remedy offers the key that `synonyms` has for it in lower case, or the nearest of
        `known`.
        """
        names = tuple(known)
        for key in self._unread:
            offer = (synonyms or {}).get(key.lower()) or nearest(key, names)
            remedy = f"Did you mean `{offer}`?" if offer else f"Known are {listed(names)}."
            self.error(key, "key-unknown", "is not a key that feedpub knows", remedy)

    def _wrong_type(self, key: str, wanted: str, remedy: str = "") -> None:
        self.error(key, "value-wrong-type", f"must be {wanted}", remedy)


def _is_integer(value: object) -> TypeGuard[int]:
    # Python counts true and false as integers, TOML and YAML don't.
    return isinstance(value, int) and not isinstance(value, bool)
