"""Numbers are written as people read them, in every message alike."""

from __future__ import annotations

from feedpub.text.wording import counted, tallied


def test_thousands_are_parted() -> None:
    assert counted(1063, "article") == "1,063 articles"
    assert tallied(((1063, "new"), (2, "changed"))) == "1,063 new, 2 changed"


def test_nothing_is_said_of_what_there_is_none_of() -> None:
    assert tallied(((0, "new"), (0, "changed"))) == ""
