"""How a host serves a feed: media type, caching, conditional requests, compression, to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...formats import FeedType
from ...http.reply import Reply
from ..serving import essence
from .finding import Finding, Matter
from .probe import ProbeResult

MAX_AGE = 3600
"""Seconds that subscribers may wait for what is new."""

ONE_PACKET = 1400
"""Bytes that one packet carries on any network: compression of less wins nothing."""

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
AGE = re.compile(r"(?:max-age|s-maxage)\s*=\s*\"?(\d+)")


def check_delivery(
    result: ProbeResult, reply: Reply, feed_type: FeedType, encoding: str
) -> Iterator[Finding]:
    """The findings about how `reply` is served, a feed of `feed_type` in `encoding`."""
    yield _media_type(reply, feed_type, encoding)
    yield _caching(reply)
    yield from _conditional(result)
    yield from _compression(result, reply)
    yield _readers(result, reply)
    if result.head is None or result.head.status != 200:
        answer = result.head.status_line if result.head else "nothing"
        yield Finding.note(Matter.HEAD, f"answers HEAD with {answer}")


def _media_type(reply: Reply, feed_type: FeedType, encoding: str) -> Finding:
    served = reply.headers.get("content-type", "")
    charset = CHARSET.search(served)
    if essence(served) not in feed_type.accepted:
        wanted = feed_type.accepted[0]
        return Finding.error(
            Matter.MEDIA_TYPE, f"is served as {served or 'nothing'}, not as {wanted}"
        )
    if charset and charset[1].lower().replace("utf8", "utf-8") != encoding:
        what = f"is served with charset={charset[1]}, but is {encoding.upper()}"
        return Finding.error(Matter.MEDIA_TYPE, what)
    if essence(served) == "text/xml" and not charset:
        # RFC 3023 §3.1 said US-ASCII; RFC 7303 §3 took that back, but not every reader knows.
        what = "is served as text/xml without a charset, which old readers take for ASCII"
        return Finding.note(Matter.MEDIA_TYPE, what)
    return Finding.ok(Matter.MEDIA_TYPE, f"is served as {served}")


def _caching(reply: Reply) -> Finding:
    control = reply.headers.get("cache-control", "").lower()
    age = max((int(seconds) for seconds in AGE.findall(control)), default=0)
    if age > MAX_AGE:
        what = f"may be cached for {age // 60} minutes: news come late"
        return Finding.error(Matter.CACHING, what)
    if "immutable" in control:
        return Finding.error(Matter.CACHING, "is said to be immutable: news never come")
    if not control:
        return Finding.note(Matter.CACHING, "has no Cache-Control")
    if "no-store" in control:
        return Finding.note(
            Matter.CACHING, "must not be kept (no-store), so it is sent whole each time"
        )
    return Finding.ok(Matter.CACHING, f"says how long it may be cached: {control}")


def _conditional(result: ProbeResult) -> Iterator[Finding]:
    if not result.conditional:
        what = "has neither ETag nor Last-Modified: it is sent whole each time"
        yield Finding.error(Matter.CONDITIONAL, what)
        return
    known = [name for name, reply in result.conditional.items() if reply and reply.status == 304]
    for name, reply in result.conditional.items():
        if name in known:
            continue
        what = f"answers {name} with {reply.status_line if reply else 'nothing'}, not with 304"
        # A reader that sends both is served by one of them.
        yield (
            Finding.note(Matter.CONDITIONAL, what)
            if known
            else Finding.error(Matter.CONDITIONAL, what)
        )
    if result.mismatched and result.mismatched.status == 304:
        what = "says 304 even to a reader that has another text, which so never gets news"
        yield Finding.error(Matter.CONDITIONAL, what)
    elif known:
        yield Finding.ok(Matter.CONDITIONAL, f"is not sent again unchanged ({', '.join(known)})")


def _compression(result: ProbeResult, reply: Reply) -> Iterator[Finding]:
    compressed = {
        coding: each
        for coding, each in result.compressed.items()
        if each.reply is None or "content-encoding" in each.reply.headers
    }
    if not compressed and len(reply.content) > ONE_PACKET:
        yield Finding.note(Matter.COMPRESSION, "is not compressed")
    for coding, each in compressed.items():
        if each.reply is None or each.reply.content != reply.content:
            yield Finding.error(
                Matter.COMPRESSION, f"is another text when it is compressed ({coding})"
            )
        elif each.conditional is not None and each.conditional.status != 304:
            what = f"is sent whole each time when it is compressed ({coding})"
            yield Finding.error(Matter.CONDITIONAL, what)
        elif "accept-encoding" not in each.reply.headers.get("vary", "").lower():
            what = f"is compressed ({coding}) without Vary, so that a cache may mix it up"
            yield Finding.note(Matter.COMPRESSION, what)
        else:
            yield Finding.ok(Matter.COMPRESSION, f"is compressed ({coding})")


def _readers(result: ProbeResult, reply: Reply) -> Finding:
    served = reply.headers.get("content-type", "")
    refused = [
        agent or "nothing at all"
        for agent, each in result.by_user_agent.items()
        # Some hosts turn programs away with a page of status 200.
        if each is None or each.status != 200 or each.headers.get("content-type", "") != served
    ]
    if refused:
        what = f"turns readers away that call themselves {', '.join(refused)}"
        return Finding.error(Matter.READERS, what)
    return Finding.ok(Matter.READERS, "turns no reader away by its name")
