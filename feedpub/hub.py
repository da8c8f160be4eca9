"""Tells WebSub hubs which feeds have changed (W3C WebSub §6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from .destinations.client import BRIEF, Client, said, send
from .errors import Fault, UnreachableError

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def announce(client: Client, hubs: tuple[str, ...], topics: Mapping[str, str]) -> tuple[Fault, ...]:
    """Tells each of `hubs` that each of `topics` has changed: paths to public addresses.

    A hub that does not take it is a fault, its place the path; it does not stop the others.
    """
    return tuple(_faults(client, hubs, topics))


def _faults(client: Client, hubs: tuple[str, ...], topics: Mapping[str, str]) -> Iterator[Fault]:
    for hub in hubs:
        for path, topic in topics.items():
            # The Recommendation leaves the form open: some hubs read `hub.url`, others `hub.topic`.
            form = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
            try:
                reply = send(client, "POST", hub, headers=FORM, content=form.encode(), again=BRIEF)
            except UnreachableError as error:
                yield from (Fault(place=path, problem=f"the hub {fault}") for fault in error.faults)
            else:
                if not 200 <= reply.status < 300:
                    problem = f"the hub {hub} was told and says {said(reply)}"
                    yield Fault(place=path, problem=problem)
