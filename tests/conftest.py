"""What the tests have in common: the switch that writes expected files anew."""

from __future__ import annotations

import pytest
from hypothesis import settings


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="write the expected files of tests/cases anew; read the difference before you commit",
    )


# The machines that run this are busy: how long one example takes says nothing.
settings.register_profile("feedpub", deadline=None)
settings.load_profile("feedpub")
