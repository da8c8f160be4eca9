"""Which key of ours a name misspells."""

from __future__ import annotations

from datetime import date

from .names import KEYS, plain

# Letters. In a shorter key, one letter makes another word: `link` and `line`.
_MIN_MISSPELT_LENGTH = 5


def near_miss(name: str, value: object) -> str:
    """The key of ours that `name` misspells by one letter, "" if it does none."""
    word = plain(name.rpartition(".")[2])
    for key in KEYS:
        if (
            min(len(key), len(word)) >= _MIN_MISSPELT_LENGTH
            and word not in (f"{key}s", key.removesuffix("s"))
            and _is_one_slip(word, key)
            and _may_be_meant(key, value)
        ):
            return key
    return ""


def _may_be_meant(key: str, value: object) -> bool:
    if key in ("published", "updated", "expires"):
        return isinstance(value, str | date)
    return True


def _is_one_slip(word: str, key: str) -> bool:
    """Whether `word` is `key` with a letter more, less or changed, or two in the wrong order."""
    start = next((n for n, (a, b) in enumerate(zip(word, key, strict=False)) if a != b), None)
    if start is None:
        return abs(len(word) - len(key)) == 1
    rest, wanted = word[start:], key[start:]
    return (
        rest[1:] == wanted
        or rest == wanted[1:]
        or rest[1:] == wanted[1:]
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )
