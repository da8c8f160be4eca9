"""How redirects are followed (RFC 9110 §15.4): a client of ours follows none by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..text.urls import absolute, is_web
from .reply import Reply

REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The reply in the end, and the addresses that redirects have led to, in order."""

    reply: Reply
    moved: tuple[str, ...] = ()


def follow_redirects(get: Callable[[str], Reply], url: str, *, limit: int) -> Followed:
    """What `get` gives for `url`, or for where redirects lead from there.

    The reply is a redirect itself where there are more than `limit`, or one leads to no web
    address.
    """
    moved: list[str] = []
    reply = get(url)
    while reply.status in REDIRECTS and len(moved) < limit:
        target = absolute(url, reply.headers.get("location", "")) or ""
        if not is_web(target):
            break
        url = target
        moved.append(url)
        reply = get(url)
    return Followed(reply=reply, moved=tuple(moved))
