"""How a host serves a feed that it has: types, caching, compression, and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...http.reply import Reply
from .feed_metadata import FeedMetadata
from .finding import Finding, Matter, remark, well, wrong
from .probe import ProbeResult

TYPES = {
    "atom": ("application/xml", "application/atom+xml", "text/xml"),
    "rss": ("application/xml", "application/rss+xml", "text/xml"),
    "json": ("application/feed+json", "application/json"),
}
LONGEST_CACHE = 3600
"""Seconds that subscribers may wait for what is new."""

SMALL = 1400
"""Bytes that go into one packet: there is nothing to win by compression."""

CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
AGE = re.compile(r"(?:max-age|s-maxage)\s*=\s*\"?(\d+)")


def check_delivery(result: ProbeResult, whole: Reply, metadata: FeedMetadata) -> Iterator[Finding]:
    """The findings about how `whole`, which claims to be `metadata`, is served."""
    yield _media_type(whole, metadata)
    yield _caching(whole)
    yield from _conditional(result)
    yield from _compression(result, whole)
    yield _readers(result, whole)
    if result.head is None or result.head.status != 200:
        answer = result.head.status_line if result.head else "nothing"
        yield remark(Matter.HEAD, f"answers HEAD with {answer}")


def _media_type(whole: Reply, metadata: FeedMetadata) -> Finding:
    served = whole.headers.get("content-type", "")
    essence = served.partition(";")[0].strip().lower()
    charset = CHARSET.search(served)
    if essence not in TYPES[metadata.form]:
        wanted = TYPES[metadata.form][0]
        return wrong(Matter.MEDIA_TYPE, f"is served as {served or 'nothing'}, not as {wanted}")
    if charset and charset[1].lower().replace("utf8", "utf-8") != metadata.encoding:
        what = f"is served with charset={charset[1]}, but is {metadata.encoding.upper()}"
        return wrong(Matter.MEDIA_TYPE, what)
    if essence == "text/xml" and not charset:
        # RFC 3023 §3.1 said US-ASCII; RFC 7303 §3 took that back, but not every reader knows.
        what = "is served as text/xml without a charset, which old readers take for ASCII"
        return remark(Matter.MEDIA_TYPE, what)
    return well(Matter.MEDIA_TYPE, f"is served as {served}")


def _caching(whole: Reply) -> Finding:
    control = whole.headers.get("cache-control", "").lower()
    age = max((int(seconds) for seconds in AGE.findall(control)), default=0)
    if age > LONGEST_CACHE:
        what = f"may be cached for {age // 60} minutes: news come late"
        return wrong(Matter.CACHING, what)
    if "immutable" in control:
        return wrong(Matter.CACHING, "is said to be immutable: news never come")
    if not control:
        return remark(Matter.CACHING, "has no Cache-Control")
    if "no-store" in control:
        return remark(Matter.CACHING, "must not be kept (no-store), so it is sent whole each time")
    return well(Matter.CACHING, f"says how long it may be cached: {control}")


def _conditional(result: ProbeResult) -> Iterator[Finding]:
    if not result.unchanged:
        what = "has neither ETag nor Last-Modified: it is sent whole each time"
        yield wrong(Matter.CONDITIONAL, what)
        return
    known = [name for name, reply in result.unchanged.items() if reply and reply.status == 304]
    for name, reply in result.unchanged.items():
        if name in known:
            continue
        what = f"answers {name} with {reply.status_line if reply else 'nothing'}, not with 304"
        # A reader that sends both is served by one of them.
        yield remark(Matter.CONDITIONAL, what) if known else wrong(Matter.CONDITIONAL, what)
    if result.outdated and result.outdated.status == 304:
        what = "says 304 even to a reader that has another text, which so never gets news"
        yield wrong(Matter.CONDITIONAL, what)
    elif known:
        yield well(Matter.CONDITIONAL, f"is not sent again unchanged ({', '.join(known)})")


def _compression(result: ProbeResult, whole: Reply) -> Iterator[Finding]:
    packed = {
        coding: each
        for coding, each in result.packed.items()
        if each.reply is None or "content-encoding" in each.reply.headers
    }
    if not packed and len(whole.content) > SMALL:
        yield remark(Matter.COMPRESSION, "is not compressed")
    for coding, each in packed.items():
        if each.reply is None or each.reply.content != whole.content:
            yield wrong(Matter.COMPRESSION, f"is another text when it is compressed ({coding})")
        elif each.unchanged is not None and each.unchanged.status != 304:
            what = f"is sent whole each time when it is compressed ({coding})"
            yield wrong(Matter.CONDITIONAL, what)
        elif "accept-encoding" not in each.reply.headers.get("vary", "").lower():
            what = f"is compressed ({coding}) without Vary, so that a cache may mix it up"
            yield remark(Matter.COMPRESSION, what)
        else:
            yield well(Matter.COMPRESSION, f"is compressed ({coding})")


def _readers(result: ProbeResult, whole: Reply) -> Finding:
    served = whole.headers.get("content-type", "")
    refused = [
        agent or "nothing at all"
        for agent, reply in result.agents.items()
        # Some hosts turn programs away with a page of status 200.
        if reply is None or reply.status != 200 or reply.headers.get("content-type", "") != served
    ]
    if refused:
        what = f"turns readers away that call themselves {', '.join(refused)}"
        return wrong(Matter.READERS, what)
    return well(Matter.READERS, "turns no reader away by its name")
