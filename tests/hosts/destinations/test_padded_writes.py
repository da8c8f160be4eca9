"""A reader that comes between a look at the size of a file and its opening still reads one text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedpub.hosts.destinations.padded_writes import padded_writes, stats_before_open

texts = st.binary(max_size=30).map(lambda text: text.rstrip(b"\n"))


def seen_between(before: bytes, after: bytes) -> bytes:
    """What a server sends that took the size of `before` and opened `after`."""
    assert len(after) >= len(before), "the server promised more than there is"
    return after[: len(before)]


@given(old=texts, blank=st.integers(0, 5), new=texts)
def test_every_reader_gets_the_old_text_or_the_new_one(old: bytes, blank: int, new: bytes) -> None:
    states = [old + b"\n" * blank, *padded_writes(old + b"\n" * blank, new, "application/xml")]
    for before, after in pairwise(states):
        assert seen_between(before, after).rstrip(b"\n") in (old, new)
    assert states[-1].rstrip(b"\n") == new


@pytest.mark.parametrize(
    ("old", "media_type"), [(None, "application/xml"), (b"x", "image/png"), (b"x", "font/woff2")]
)
def test_what_is_new_or_no_text_is_written_as_it_is(old: bytes | None, media_type: str) -> None:
    assert padded_writes(old, b"new bytes", media_type) == (b"new bytes",)


def test_a_text_of_the_same_length_is_written_once() -> None:
    assert padded_writes(b"one", b"two", "text/html; charset=utf-8") == (b"two",)


def test_apache_looks_first() -> None:
    assert stats_before_open("Apache/2.4.71 (Debian)")
    assert not stats_before_open("nginx/1.22.1")
    assert not stats_before_open("")
