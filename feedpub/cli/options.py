"""What several commands have: options, the settings that --config names, and HTTP clients."""

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
    from ..http.client import ClientFactory
    from ..settings import Settings

ConfigOption = Annotated[
    Path, typer.Option("--config", metavar="PATH", help="The config file to use, or its folder.")
]


def settings_of(config: Path) -> Settings:
    """The settings in `config`, a file or a folder; raises ConfigError."""
    from ..config import load_settings

    return load_settings(config / "config.toml" if config.is_dir() else config)


def clients_of(context: typer.Context) -> ClientFactory:
    """What makes HTTP clients: what the caller of the program lends as the object of the context of
    Click, else `make_client`."""
    from ..http.client import make_client

    lent: ClientFactory | None = context.obj
    return lent or make_client
