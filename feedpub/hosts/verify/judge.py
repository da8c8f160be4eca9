"""What the answers of a host mean to readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from ...http.redirects import REDIRECTS
from ...http.reply import Reply
from .delivery import check_delivery
from .feed_metadata import FeedMetadata, NotAFeed, read_feed_metadata
from .finding import Finding, Matter, Weight, remark, well, wrong
from .probe import ProbeResult
from .remedies import UNSEEN, host_of, remedy, remedy_of_status

# RFC 8288 §3, as far as hosts use it.
LINK = re.compile(r"<([^>]*)>\s*;[^,]*?\brel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))")


def judge(
    result: ProbeResult, *, hubs: tuple[str, ...] = (), local: bytes | None = None
) -> tuple[Finding, ...]:
    """The findings at one address: `hubs` are those it should name, `local` what it should show."""
    host = host_of(result.whole, result.place)
    return tuple(
        finding
        if finding.remedy or finding.weight is Weight.WELL
        else replace(finding, remedy=remedy(finding.matter, host))
        for finding in _findings(result, hubs, local)
    )


def _findings(result: ProbeResult, hubs: tuple[str, ...], local: bytes | None) -> Iterator[Finding]:
    if result.distrusted:
        yield wrong(Matter.CERTIFICATE, f"has a certificate nobody trusts: {result.distrusted}")
        return
    yield from _moves(result)
    whole = result.whole
    if whole is None or whole.status != 200:
        yield _no_feed(whole)
        return
    try:
        metadata = read_feed_metadata(whole.content)
    except NotAFeed as error:
        yield wrong(Matter.CONTENT, str(error))
        return
    yield well(Matter.ADDRESS, f"can be read ({metadata.form}, {len(whole.content):,} bytes)")
    yield from check_delivery(result, whole, metadata)
    yield from _self_link(result, whole, metadata)
    yield from _hubs(whole, metadata, hubs)
    if local is not None:
        yield _same(whole, local)


def _moves(result: ProbeResult) -> Iterator[Finding]:
    if not result.moved:
        return
    schemes = [urlsplit(url).scheme for url in (result.asked, *result.moved)]
    times = f" {len(result.moved)} times, in the end" if len(result.moved) > 1 else ""
    what = f"is moved{times} to {result.place}"
    if "https" in schemes and schemes[-1] == "http":
        yield wrong(Matter.ADDRESS, f"{what}, which is not encrypted")
    else:
        advice = "Readers follow, but write that address into `[site] url`."
        yield remark(Matter.ADDRESS, what, advice)


def _no_feed(whole: Reply | None) -> Finding:
    if whole is None:
        return wrong(Matter.ADDRESS, "gives no answer")
    if whole.status in REDIRECTS:
        to = whole.headers.get("location") or "nowhere"
        return wrong(Matter.ADDRESS, f"is moved on and on, at last to {to}")
    return wrong(
        Matter.ADDRESS, f"can't be read: {whole.status_line}", remedy_of_status(whole.status)
    )


def _self_link(result: ProbeResult, whole: Reply, metadata: FeedMetadata) -> Iterator[Finding]:
    link = metadata.self_link
    advice = "Correct `[site] url` in config.toml, build and push."
    if not link:
        yield wrong(Matter.SELF_LINK, "does not name its own address", advice)
    elif link not in (result.asked, *result.moved):
        yield wrong(Matter.SELF_LINK, f"names {link} as its own address", advice)
    else:
        yield well(Matter.SELF_LINK, "names its own address")
    for header in _header_links(whole, "self"):
        if header not in (result.asked, *result.moved):
            what = f"comes with a Link header that names {header} as its address"
            yield wrong(Matter.SELF_LINK, what, "Print the lines for the server anew.")


def _hubs(whole: Reply, metadata: FeedMetadata, hubs: tuple[str, ...]) -> Iterator[Finding]:
    in_headers = _header_links(whole, "hub")
    for hub in hubs or metadata.hubs:
        if hub not in (*metadata.hubs, *in_headers):
            yield wrong(Matter.HUB, f"does not name the hub {hub}", "Build and push again.")
        elif hub not in in_headers:
            yield remark(Matter.HUB, f"names the hub {hub} in itself, but not in a Link header")
        else:
            yield well(Matter.HUB, f"names the hub {hub}")


def _header_links(reply: Reply, rel: str) -> list[str]:
    headers = ", ".join(reply.headers.get_list("link"))
    found = LINK.findall(headers)
    return [url for url, quoted, bare in found if rel in (quoted or bare).lower().split()]


def _same(whole: Reply, local: bytes) -> Finding:
    # A push to Apache may have put blank lines at the end.
    if whole.content.rstrip(b"\n") == local.rstrip(b"\n"):
        return well(Matter.CONTENT, "is what stands in the output folder")
    what = "is not what stands in the output folder"
    return wrong(Matter.CONTENT, what, f"Run `feedpub push`. {UNSEEN}")
