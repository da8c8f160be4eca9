"""Tells WebSub hubs which feeds have changed (W3C WebSub §6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from ...errors import Diagnostic, TargetError
from ...http.client import Client
from ...http.retries import BRIEF_RETRY, send

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def announce(
    client: Client, hubs: tuple[str, ...], topics: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """Tells each of `hubs` that each of `topics` has changed: paths to public addresses.

    A hub that does not take it is a fault, its place the path; it does not stop the others.
    """
    return tuple(fault for hub in hubs for fault in _faults(client, hub, topics))


def _faults(client: Client, hub: str, topics: Mapping[str, str]) -> Iterator[Diagnostic]:
    away = ""
    for path, topic in topics.items():
        try:
            problem = away or _refusal(client, hub, topic)
        except TargetError as error:
            # To wait for it again with each feed would hold up the push.
            problem = away = " and ".join(
                f"the hub {f.place} {f.problem}" for f in error.diagnostics
            )
        if problem:
            yield Diagnostic(place=path, problem=problem)


def _refusal(client: Client, hub: str, topic: str) -> str:
    # The Recommendation leaves the form open: some hubs read `hub.url`, others `hub.topic`.
    form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    reply = send(client, "POST", hub, headers=FORM, content=form.encode(), retry=BRIEF_RETRY)
    if 200 <= reply.status < 300:
        return ""
    return f"the hub {hub} was told and says {reply.status_line}"
