"""Reads keys and values that TOML or YAML has parsed, and gathers every fault on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ..errors import Diagnostic
from ..text.characters import clean_characters
from ..text.wording import alternatives, listed, nearest, shown, type_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a table stands: a file or a key of config.toml, and how to find a key's line."""

    name: str
    line_of: Callable[[str], int] = lambda _: 0


class Values:
    """One table; every reading takes its key out, so that what is left over is unknown.

    A reading gives None where the key is absent, null, or at fault; faults add up in `faults`,
    a list that a table shares with the tables inside it.
    """

    def __init__(
        self,
        table: Mapping[str, object],
        place: Place,
        *,
        prefix: str = "",
        faults: list[Diagnostic] | None = None,
    ) -> None:
        self.place = place
        self.prefix = prefix
        self.faults: list[Diagnostic] = [] if faults is None else faults
        self._left = {str(key): value for key, value in table.items()}

    def fault(self, key: str, problem: str, remedy: str = "") -> None:
        """Notes what is wrong with `key`."""
        full = self.prefix + key
        self.faults.append(
            Diagnostic(
                place=self.place.name,
                line=self.place.line_of(full),
                problem=f"`{full}` {problem}",
                remedy=remedy,
            )
        )

    def unread(self) -> tuple[str, ...]:
        """The keys that nobody has read yet."""
        return tuple(self._left)

    def take(self, key: str) -> object:
        """The bare value of `key`."""
        return self._left.pop(key, None)

    def said(self, key: str) -> bool:
        """Whether `key` is there and not null."""
        return self._left.get(key) is not None

    def text(self, key: str) -> str | None:
        """A line of text: white space collapsed, None where nothing is left of it."""
        value = self.lines(key)
        return (" ".join(value.split()) or None) if value is not None else None

    def required(self, key: str) -> str:
        """A line of text that must be there; "" with a fault where it is not."""
        is_set, reported = self.said(key), len(self.faults)
        text = self.text(key)
        if text is None and len(self.faults) == reported:
            self.fault(key, "is empty" if is_set else "is missing")
        return text or ""

    def lines(self, key: str) -> str | None:
        """A text whose line breaks matter."""
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, str):
            return clean_characters(value).strip() or None
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        self.fault(key, f"must be a text, not {type_name(value)}", 'Write it in quotes: "…".')
        return None

    def flag(self, key: str) -> bool | None:
        """True or false."""
        value = self.take(key)
        if value is None or isinstance(value, bool):
            return value
        self.fault(key, f"must be true or false, not {shown(value)}")
        return None

    def number(self, key: str) -> int | None:
        """A whole number, not below zero."""
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.fault(key, f"must be a whole number, 0 or more, not {shown(value)}")
        return None

    def choice(self, key: str, allowed: Iterable[str]) -> str | None:
        """One of the words in `allowed`."""
        value = self.take(key)
        words = tuple(allowed)
        if value is None or (isinstance(value, str) and value in words):
            return value
        self.fault(key, f"must be {alternatives(words)}, not {shown(value)}")
        return None

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts; a single text with commas stands for such a list."""
        value = self.take(key)
        if value is None:
            return None
        items = value.split(",") if isinstance(value, str) else value
        if not isinstance(items, list | tuple):
            self.fault(key, f"must be a list of texts, not {type_name(value)}")
            return None
        words: dict[str, None] = {}
        for item in items:
            if isinstance(item, bool) or not isinstance(item, str | int):
                self.fault(key, f"must be a list of texts, but {shown(item)} is not a text")
                return None
            if word := " ".join(clean_characters(str(item)).split()):
                words[word] = None
        return tuple(words)

    def table(self, key: str) -> Values | None:
        """The table under `key`, with its own keys to read."""
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return self.inner(key, value)
        self.fault(key, f"must be a table, not {type_name(value)}", f"Write it as [{key}].")
        return None

    def tables(self, key: str) -> tuple[Values, ...]:
        """The tables of a list such as `[[key]]`."""
        value = self.take(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return tuple(self.inner(f"{key}[{n}]", item) for n, item in enumerate(value, 1))
        self.fault(key, f"must be a list of tables, not {type_name(value)}", f"Write [[{key}]].")
        return ()

    def inner(self, key: str, table: Mapping[str, object]) -> Values:
        """`table`, a part of this one that stands at `key`."""
        return Values(table, self.place, prefix=f"{self.prefix}{key}.", faults=self.faults)

    def refuse_the_rest(
        self, known: Iterable[str], synonyms: Mapping[str, str] | None = None
    ) -> None:
        """Faults every key that no reading has asked for, and offers the nearest right one."""
        names = tuple(known)
        for key in self._left:
            offer = (synonyms or {}).get(key.lower()) or nearest(key, names)
            remedy = f"Did you mean `{offer}`?" if offer else f"Known are {listed(names)}."
            self.fault(key, "is not a key that feedpub knows", remedy)
