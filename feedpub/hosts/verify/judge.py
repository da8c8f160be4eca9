"""What the replies of a host mean to readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from ...formats import FeedMetadata
from ...http.redirects import REDIRECTS
from ...http.reply import Reply
from .delivery import check_delivery
from .feed_metadata import NotAFeed, read_feed_metadata
from .finding import Finding, Matter, Weight
from .probe import ProbeResult
from .remedies import UNSEEN, host_of, remedy, remedy_of_status

# RFC 8288 §3, as far as hosts use it.
LINK = re.compile(r"<([^>]*)>\s*;[^,]*?\brel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))")


def judge(
    result: ProbeResult, *, hubs: tuple[str, ...] = (), local: bytes | None = None
) -> tuple[Finding, ...]:
    """The findings at one address: `hubs` are those that the feed should name, `local` is the
    document that it should be, None where that is not known."""
    host = host_of(result.reply, result.final_url)
    return tuple(
        finding
        if finding.remedy or finding.weight is Weight.OK
        else replace(finding, remedy=remedy(finding.matter, host))
        for finding in _findings(result, hubs, local)
    )


def _findings(result: ProbeResult, hubs: tuple[str, ...], local: bytes | None) -> Iterator[Finding]:
    if result.certificate_error:
        yield Finding.error(
            Matter.CERTIFICATE, f"has a certificate nobody trusts: {result.certificate_error}"
        )
        return
    yield from _moves(result)
    reply = result.reply
    if reply is None or reply.status != 200:
        yield _no_feed(reply)
        return
    try:
        feed_type, metadata = read_feed_metadata(reply.content)
    except NotAFeed as error:
        yield Finding.error(Matter.CONTENT, str(error))
        return
    yield Finding.ok(
        Matter.ADDRESS, f"can be read ({feed_type.name}, {len(reply.content):,} bytes)"
    )
    yield from check_delivery(result, reply, feed_type, metadata.encoding)
    yield from _self_link(result, reply, metadata)
    yield from _hubs(reply, metadata, hubs)
    if local is not None:
        yield _same(reply, local)


def _moves(result: ProbeResult) -> Iterator[Finding]:
    if not result.redirects:
        return
    schemes = [urlsplit(url).scheme for url in (result.url, *result.redirects)]
    times = f" {len(result.redirects)} times, in the end" if len(result.redirects) > 1 else ""
    what = f"is moved{times} to {result.final_url}"
    if "https" in schemes and schemes[-1] == "http":
        yield Finding.error(Matter.ADDRESS, f"{what}, which is not encrypted")
    else:
        advice = "Readers follow, but write that address into `[site] url`."
        yield Finding.note(Matter.ADDRESS, what, advice)


def _no_feed(reply: Reply | None) -> Finding:
    if reply is None:
        return Finding.error(Matter.ADDRESS, "gives no answer")
    if reply.status in REDIRECTS:
        to = reply.headers.get("location") or "nowhere"
        return Finding.error(Matter.ADDRESS, f"is moved on and on, at last to {to}")
    return Finding.error(
        Matter.ADDRESS, f"can't be read: {reply.status_line}", remedy_of_status(reply.status)
    )


def _self_link(result: ProbeResult, reply: Reply, metadata: FeedMetadata) -> Iterator[Finding]:
    link = metadata.self_link
    advice = "Correct `[site] url` in config.toml, build and push."
    if not link:
        yield Finding.error(Matter.SELF_LINK, "does not name its own address", advice)
    elif link not in (result.url, *result.redirects):
        yield Finding.error(Matter.SELF_LINK, f"names {link} as its own address", advice)
    else:
        yield Finding.ok(Matter.SELF_LINK, "names its own address")
    for header in _header_links(reply, "self"):
        if header not in (result.url, *result.redirects):
            what = f"comes with a Link header that names {header} as its address"
            yield Finding.error(Matter.SELF_LINK, what, "Print the lines for the server anew.")


def _hubs(reply: Reply, metadata: FeedMetadata, hubs: tuple[str, ...]) -> Iterator[Finding]:
    in_headers = _header_links(reply, "hub")
    for hub in hubs or metadata.hubs:
        if hub not in (*metadata.hubs, *in_headers):
            yield Finding.error(Matter.HUB, f"does not name the hub {hub}", "Build and push again.")
        elif hub not in in_headers:
            yield Finding.note(
                Matter.HUB, f"names the hub {hub} in itself, but not in a Link header"
            )
        else:
            yield Finding.ok(Matter.HUB, f"names the hub {hub}")


def _header_links(reply: Reply, rel: str) -> list[str]:
    headers = ", ".join(reply.headers.get_list("link"))
    found = LINK.findall(headers)
    return [url for url, quoted, bare in found if rel in (quoted or bare).lower().split()]


def _same(reply: Reply, local: bytes) -> Finding:
    # A push to Apache may have put blank lines at the end.
    if reply.content.rstrip(b"\n") == local.rstrip(b"\n"):
        return Finding.ok(Matter.CONTENT, "is what stands in the output folder")
    what = "is not what stands in the output folder"
    return Finding.error(Matter.CONTENT, what, f"Run `feedpub push`. {UNSEEN}")
