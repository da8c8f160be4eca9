"""feedpub turns a folder of curated articles into feeds that people subscribe to.

A program can do what the commands do. Times are aware, in UTC:

>>> import tempfile
>>> from datetime import UTC, datetime
>>> from pathlib import Path
>>> from feedpub import load_settings, prepare_build, write_build
>>> folder = Path(tempfile.mkdtemp())
>>> _ = (folder / "config.toml").write_text(
...     '[site]\\ntitle = "Notes"\\nurl = "https://example.org/"\\nlanguage = "en"\\n'
... )
>>> (folder / "articles").mkdir()
>>> _ = (folder / "articles" / "tide.txt").write_text("The tide\\n\\nIt comes twice a day.\\n")
>>> settings = load_settings(folder / "config.toml")
>>> build = prepare_build(settings, now=datetime(2026, 6, 15, 10, tzinfo=UTC))
>>> [entry.title for entry in build.feeds[0].entries]
['The tide']
>>> write_build(settings, build).written
('atom.xml', 'rss.xml')

`push_all` sends what was built to the targets of config.toml; `feedpub.publish.publish` does both,
as cron does, under the lock of the folder. A program that calls the others takes that lock itself:
`one_at_a_time`.
Every error is a FeedpubError, whose `diagnostics` say what is wrong, where, and what to do.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .version import VERSION as __version__

if TYPE_CHECKING:
    from .build import Build, prepare_build, write_build
    from .config import load_settings
    from .errors import (
        ArticleError,
        BehindError,
        BusyError,
        ConfigError,
        Diagnostic,
        FeedError,
        FeedpubError,
        LedgerError,
        OutputError,
        PageError,
        ScheduleError,
        Severity,
        TargetError,
        UnreachableError,
    )
    from .hosts.credentials import Credentials
    from .hosts.push.results import PushResult
    from .hosts.push.targets import push_all
    from .http.client import make_client
    from .model import Article, Channel, Document, Entry, Feed, Metadata, Person
    from .output.write import Written
    from .publish import PublishResult
    from .run_lock import one_at_a_time
    from .settings import Settings

__all__ = [
    "Article",
    "ArticleError",
    "BehindError",
    "Build",
    "BusyError",
    "Channel",
    "ConfigError",
    "Credentials",
    "Diagnostic",
    "Document",
    "Entry",
    "Feed",
    "FeedError",
    "FeedpubError",
    "LedgerError",
    "Metadata",
    "OutputError",
    "PageError",
    "Person",
    "PublishResult",
    "PushResult",
    "ScheduleError",
    "Settings",
    "Severity",
    "TargetError",
    "UnreachableError",
    "Written",
    "__version__",
    "load_settings",
    "make_client",
    "one_at_a_time",
    "prepare_build",
    "push_all",
    "write_build",
]

_MODULES = {
    "build": ("Build", "prepare_build", "write_build"),
    "config": ("load_settings",),
    "errors": (
        "ArticleError BehindError BusyError ConfigError Diagnostic FeedError FeedpubError "
        "LedgerError OutputError PageError ScheduleError Severity TargetError UnreachableError"
    ).split(),
    "hosts.credentials": ("Credentials",),
    "hosts.push.results": ("PushResult",),
    "hosts.push.targets": ("push_all",),
    "http.client": ("make_client",),
    "model": "Article Channel Document Entry Feed Metadata Person".split(),
    "output.write": ("Written",),
    "publish": ("PublishResult",),
    "run_lock": ("one_at_a_time",),
    "settings": ("Settings",),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    # feedgen, lxml and the rest are loaded when they are needed, not by `feedpub --version`.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
