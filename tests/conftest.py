"""What the tests have in common: a switch that writes expected files anew, and two fixtures."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import stamina
from hypothesis import settings

from .canary import all_logs


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="write the expected files of tests/cases anew; read the difference before you commit",
    )


# The machines that run this are busy: how long one example takes says nothing.
settings.register_profile("feedpub", deadline=None)
settings.load_profile("feedpub")


@pytest.fixture
def everything() -> Iterator[io.StringIO]:
    """All that is logged."""
    with all_logs() as heard:
        yield heard


@pytest.fixture
def quick() -> Iterator[None]:
    """Tries twice, without a pause."""
    with stamina.set_testing(True, attempts=2):
        yield
