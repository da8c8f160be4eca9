"""What a program that uses feedpub as a library is promised: names, types, and an example."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import feedpub


def test_the_example_in_the_package_works() -> None:
    result = doctest.testmod(feedpub)
    assert result.attempted >= 10
    assert result.failed == 0


@pytest.mark.parametrize("name", sorted(set(feedpub.__all__) - {"__version__"}))
def test_a_promised_name_is_there(name: str) -> None:
    assert getattr(feedpub, name).__name__ == name


def test_every_error_is_promised() -> None:
    errors = importlib.import_module("feedpub.errors")
    kinds = {
        name
        for name, each in vars(errors).items()
        if isinstance(each, type) and issubclass(each, feedpub.FeedpubError)
    }
    assert kinds <= set(feedpub.__all__)


def test_the_package_is_marked_as_typed() -> None:
    assert feedpub.__file__ is not None
    assert (Path(feedpub.__file__).parent / "py.typed").is_file()
