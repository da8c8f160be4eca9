"""The options that several commands have, and the settings that --config names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

JsonOption = Annotated[
    bool, typer.Option("--json", help="Print the report as JSON, for a program.")
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print nothing but what is wrong.")
]

if TYPE_CHECKING:
    from ..settings import Settings

ConfigOption = Annotated[
    Path, typer.Option("--config", metavar="PATH", help="The config file to use, or its folder.")
]


def settings_of(config: Path) -> Settings:
    """The settings in `config`, a file or a folder; raises ConfigError."""
    from ..config import load_settings

    return load_settings(config / "config.toml" if config.is_dir() else config)
