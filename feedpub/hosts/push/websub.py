"""Tells WebSub hubs which feeds have changed (W3C WebSub §6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from ...errors import Diagnostic, Severity, TargetError
from ...http.client import Client
from ...http.retries import BRIEF_RETRY, send
from .results import HUB_NOT_TOLD

HUB_TIMEOUT = 10.0
"""Seconds without a word from a hub, which a push must not be held up by."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def announce(
    client: Client, hubs: tuple[str, ...], topics: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """Tells each of `hubs` that each of `topics` has changed: public addresses, by path.

    Gives a warning for each that a hub does not take, its place the path; that does not stop the
    others.
    """
    return tuple(each for hub in hubs for each in _announce_to(client, hub, topics))


def _announce_to(client: Client, hub: str, topics: Mapping[str, str]) -> Iterator[Diagnostic]:
    unreachable = ""
    for path, topic in topics.items():
        try:
            problem = unreachable or _refusal(client, hub, topic)
        except TargetError as error:
            # To wait for it again with each feed would hold up the push.
            problem = unreachable = " and ".join(
                f"the hub {each.place} {each.problem}" for each in error.diagnostics
            )
        if problem:
            yield Diagnostic(
                code=HUB_NOT_TOLD, severity=Severity.WARNING, place=path, problem=problem
            )


def _refusal(client: Client, hub: str, topic: str) -> str:
    # The Recommendation leaves the form open: some hubs read `hub.url`, others `hub.topic`.
    form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    reply = send(client, "POST", hub, headers=FORM, content=form.encode(), retry=BRIEF_RETRY)
    if 200 <= reply.status < 300:
        return ""
    return f"the hub {hub} was told and says {reply.status_line}"
