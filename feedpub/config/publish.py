"""Reads the table `[publish]`: what runs of `feedpub publish` do beside building and pushing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..metadata import read_web_address
from ..parsing.values import Values
from ..settings import FeedSource

_SYNONYMS = {"ping": "heartbeat", "healthcheck": "heartbeat", "requirement": "install"}
# A name alone, as in git+ssh://git@host/, is no secret; on a web address, it may be a token.
_LOGIN = re.compile(r"https?://[^/\s]*@|://[^/\s:@]*:[^/\s@]*@")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishTable:
    """`heartbeat` is an address, `install` what pip installs feedpub from; both may be empty.

    `sources` is whether a run adds what is new in sources.
    """

    heartbeat: str = ""
    install: str = ""
    sources: bool = False


def read_publish(values: Values, sources: tuple[FeedSource, ...]) -> PublishTable:
    """What `[publish]` states; `sources` are those of `[[source]]`."""
    publish = values.table("publish")
    if publish is None:
        return PublishTable()
    table = PublishTable(
        heartbeat=read_web_address(publish, "heartbeat") or "",
        install=_read_install(publish),
        sources=publish.boolean("sources") is True,
    )
    if table.sources and not sources:
        remedy = 'Write [[source]] and feed = "https://…", the feed of what you star.'
        publish.error("sources", "source-missing", "has no [[source]] to read", remedy)
    publish.reject_unknown_keys(("heartbeat", "install", "sources"), _SYNONYMS)
    return table


def _read_install(publish: Values) -> str:
    requirement = publish.text("install") or ""
    if _LOGIN.search(requirement):
        problem = "must hold no user and no password"
        remedy = "Others read config.toml, and the workflow that it is written into."
        publish.error("install", "secret-in-config", problem, remedy)
    elif requirement.startswith("-"):
        problem = "must be one requirement of pip, not an option"
        remedy = "Write git+https://host/feedpub.git@REVISION, or the path of a wheel."
        publish.error("install", "value-not-allowed", problem, remedy)
    else:
        return requirement
    return ""
