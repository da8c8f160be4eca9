"""feedpub turns a folder of curated articles into feeds that people subscribe to.

A program that wants to build feeds itself needs three names: `load_settings` reads config.toml,
`prepare_build` works out what a build would do, `write_build` does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .version import VERSION as __version__

if TYPE_CHECKING:
    from .build import prepare_build, write_build
    from .config import load_settings

__all__ = ["__version__", "load_settings", "prepare_build", "write_build"]


def __getattr__(name: str) -> object:
    # feedgen, lxml and the rest are loaded when they are needed, not by `feedpub --version`.
    if name == "load_settings":
        from .config import load_settings

        return load_settings
    if name in ("prepare_build", "write_build"):
        from . import build

        return getattr(build, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
