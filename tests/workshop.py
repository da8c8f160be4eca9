"""A folder to try feedpub in: config, articles, a clock that the test sets, and the command."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from typer.testing import CliRunner

from feedpub.cli import clock
from feedpub.cli.app import app
from feedpub.http.client import ClientFactory

NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
CONFIG = """\
[site]
title = "Workshop"
url = "https://example.org/feeds/"
language = "en"
author = "Ada Example"
"""
# With it, a build has nothing to note.
CONFIG_WITH_LINKS = CONFIG + '[articles]\nlink = "https://example.org/{slug}"\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command said, and its exit code."""

    stdout: str
    stderr: str
    code: int


@dataclass(slots=True)
class Workshop:
    """`now` is what the command takes the time to be, `clients` makes its HTTP clients, as feedpub
    itself does where it is None."""

    root: Path
    now: datetime = field(default=NOW)
    clients: ClientFactory | None = None

    def start(self, config: str = CONFIG, **articles: str) -> Workshop:
        """Makes config.toml, and an article for each keyword: `a_txt` is a.txt."""
        (self.root / "articles").mkdir(parents=True, exist_ok=True)
        self.config(config)
        for name, text in articles.items():
            self.article(".".join(name.rsplit("_", 1)), text)
        return self

    def config(self, text: str) -> None:
        """Writes config.toml."""
        (self.root / "config.toml").write_text(text, encoding="utf-8")

    def article(self, path: str, text: str) -> Path:
        """Writes an article."""
        file = self.root / "articles" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def later(self, **delta: float) -> None:
        """Lets time pass, or turns the clock back."""
        self.now += timedelta(**delta)

    def run(self, *arguments: str, stdin: bytes = b"") -> Said:
        """Runs feedpub in this folder; an exception that is not a sentence is raised."""
        before = Path.cwd()
        os.chdir(self.root)
        try:
            with patch.object(clock, "now", lambda: self.now):
                result = CliRunner().invoke(app, arguments, input=stdin, obj=self.clients)
        finally:
            os.chdir(before)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(stdout=result.stdout, stderr=result.stderr, code=result.exit_code)

    def build(self, *options: str) -> Said:
        """Runs `feedpub build`, which must succeed."""
        said = self.run("build", *options)
        assert said.code == 0, said.stderr
        return said

    def feed(self, path: str = "atom.xml") -> bytes:
        """The bytes of a feed."""
        return (self.root / "feeds" / path).read_bytes()
