"""Looks at live feeds as a stranger would, and says what to change on the host."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin

from .destinations.client import BRIEF, Client, Reply, said, send
from .errors import UnreachableError
from .model import Settings
from .server_config import feed_addresses

AGENTS = (
    "curl/8.5.0",
    "python-requests/2.32.3",
    "Mozilla/5.0",
    "Feedly/1.0 (+fetcher)",
    "newsboat",
)
XML_TYPES = ("application/xml", "text/xml", "application/atom+xml", "application/rss+xml")
JSON_TYPES = ("application/feed+json", "application/json")
LONGEST_CACHE = 3600
REDIRECTS = 5
SELF = re.compile(rb"<(?:atom:)?link\b[^>]*\brel=[\"']self[\"'][^>]*>")
HUB = re.compile(rb"<(?:atom:)?link\b[^>]*\brel=[\"']hub[\"'][^>]*>")
HREF = re.compile(rb"\bhref=[\"']([^\"']+)[\"']")


class Weight(StrEnum):
    """What a finding means: all is well, it could be better, readers will have trouble."""

    WELL = "well"
    REMARK = "remark"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at; `remedy` is for the host in question."""

    weight: Weight
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found at one address."""

    url: str
    findings: tuple[Finding, ...]

    @property
    def is_wrong(self) -> bool:
        """Whether readers will have trouble."""
        return any(finding.weight is Weight.WRONG for finding in self.findings)


REMEDIES: Mapping[str, Mapping[str, str]] = {
    "type": {
        "nginx": "Add the ending to `types`: see `feedpub push --print-config nginx`.",
        "apache": "Add an AddType line: see `feedpub push --print-config apache`.",
        "s3": "Push again with feedpub, which sets the type, or correct the object's metadata.",
        "github": "GitHub Pages decides by the ending of the name: .xml is served well.",
        "": "Tell the server the type of .xml files: see `feedpub push --print-config`.",
    },
    "304": {
        "nginx": "`etag on` is the default: something takes the headers out (add_header, a proxy).",
        "apache": 'Set `FileETag MTime Size`, and see the If-None-Match line of "--print-config".',
        "s3": "S3 answers conditional requests: a proxy or CDN in front takes the headers out.",
        "github": "GitHub Pages answers conditional requests: a CDN in front takes them out.",
        "": "Let the server send an ETag or Last-Modified, and answer 304 to If-None-Match.",
    },
    "compression": {
        "nginx": "Set `gzip on` and `gzip_types application/xml`.",
        "apache": "Add `AddOutputFilterByType DEFLATE application/xml`.",
        "s3": "S3 does not compress: put a CDN in front, such as CloudFront.",
        "github": "GitHub Pages compresses by itself: a proxy in front takes it out.",
        "": "Let the server compress XML.",
    },
    "cache": {
        "nginx": 'Set `add_header Cache-Control "public, max-age=300"` for feeds.',
        "apache": 'Set `Header set Cache-Control "public, max-age=300"` for feeds.',
        "s3": "Push again with feedpub, which sets Cache-Control.",
        "github": "GitHub Pages says ten minutes for everything, which is well.",
        "": "Let feeds be cached for some minutes.",
    },
    "agents": {
        "nginx": "Look for `if ($http_user_agent …)` or a firewall in front.",
        "apache": "Look for BrowserMatch, mod_security or a firewall in front.",
        "s3": "Look at the rules of the CDN in front.",
        "github": "Look at the rules of the CDN in front.",
        "": "Feed readers are programs: let bot protection pass the addresses of feeds.",
    },
    "link": {
        "nginx": "Add the Link headers of `feedpub push --print-config nginx`.",
        "apache": "Add the Link headers of `feedpub push --print-config apache`.",
        "s3": "S3 can't send Link headers; what stands in the feed does for most hubs.",
        "github": "GitHub Pages can't send Link headers; what stands in the feed does for most.",
        "": "Add the Link headers of `feedpub push --print-config`.",
    },
}


def verify_all(client: Client, settings: Settings) -> Iterator[Verdict]:
    """Looks at every feed of `settings`; raises UnreachableError where nothing answers."""
    home = settings.site.url
    for address in feed_addresses(settings):
        local = settings.output / address.url.removeprefix(home)
        content = local.read_bytes() if local.exists() else None
        yield verify(client, address.url, hubs=settings.hubs, local=content)


def verify(
    client: Client, url: str, *, hubs: tuple[str, ...] = (), local: bytes | None = None
) -> Verdict:
    """Looks at one feed: `hubs` are those it should name, `local` the bytes it should have."""
    return Verdict(url=url, findings=tuple(_Look(client, url).findings(hubs, local)))


class _Look:
    """One address, asked in several ways."""

    def __init__(self, client: Client, url: str) -> None:
        self._client = client
        self._url = url
        self._host = ""

    def findings(self, hubs: tuple[str, ...], local: bytes | None) -> Iterator[Finding]:
        reply, chain = self._follow()
        self._host = _host_kind(reply, self._url)
        yield from _redirects(chain)
        if reply.status != 200:
            yield Finding(weight=Weight.WRONG, what=f"the server says {said(reply)}")
            return
        yield Finding(weight=Weight.WELL, what="can be read")
        yield from self._media_type(reply)
        yield from self._cache(reply)
        yield from self._conditional(reply)
        yield from self._compression(reply)
        yield from self._self_link(reply)
        yield from self._hubs(reply, hubs)
        yield from self._same(reply, local)
        yield from self._agents()
        yield from self._head()

    def _get(self, method: str = "GET", **headers: str) -> Reply:
        asked = {"Accept-Encoding": "identity"} | {
            key.replace("_", "-"): value for key, value in headers.items()
        }
        return send(self._client, method, self._url, headers=asked, again=BRIEF)

    def _follow(self) -> tuple[Reply, list[str]]:
        chain: list[str] = []
        reply = self._get()
        while reply.status in (301, 302, 303, 307, 308) and len(chain) < REDIRECTS:
            self._url = urljoin(self._url, reply.headers.get("location", ""))
            chain.append(self._url)
            reply = self._get()
        return reply, chain

    def _wrong(self, what: str, about: str = "") -> Finding:
        return Finding(weight=Weight.WRONG, what=what, remedy=self._remedy(about))

    def _remark(self, what: str, about: str = "") -> Finding:
        return Finding(weight=Weight.REMARK, what=what, remedy=self._remedy(about))

    def _remedy(self, about: str) -> str:
        return REMEDIES[about].get(self._host, "") if about else ""

    def _media_type(self, reply: Reply) -> Iterator[Finding]:
        served = reply.headers.get("content-type", "")
        essence, _, parameters = served.partition(";")
        wanted = JSON_TYPES if reply.content[:1] == b"{" else XML_TYPES
        if essence.strip().lower() not in wanted:
            yield self._wrong(f"is served as {served or 'nothing'}, not as {wanted[0]}", "type")
            return
        charset = re.search(r"charset=[\"']?([\w-]+)", parameters, re.IGNORECASE)
        if charset and charset[1].lower() not in ("utf-8", "utf8"):
            yield self._wrong(f"is served with charset={charset[1]}, but is UTF-8", "type")
        else:
            yield Finding(weight=Weight.WELL, what=f"is served as {served}")

    def _cache(self, reply: Reply) -> Iterator[Finding]:
        control = reply.headers.get("cache-control", "")
        age = re.search(r"max-age=(\d+)", control)
        if age and int(age[1]) > LONGEST_CACHE:
            minutes = int(age[1]) // 60
            yield self._wrong(f"may be cached for {minutes} minutes: readers get it late", "cache")
        elif not control:
            yield self._remark("has no Cache-Control", "cache")
        else:
            yield Finding(weight=Weight.WELL, what=f"Cache-Control is {control}")

    def _conditional(self, reply: Reply) -> Iterator[Finding]:
        etag, modified = reply.etag, reply.headers.get("last-modified", "")
        if not etag and not modified:
            yield self._wrong(
                "has neither ETag nor Last-Modified: it is sent whole each time", "304"
            )
            return
        asked = [{"If_None_Match": etag}] if etag else []
        asked += [{"If_Modified_Since": modified}] if modified else []
        for headers in asked:
            again = self._get(**headers)
            if again.status != 304:
                name = next(iter(headers)).replace("_", "-")
                yield self._wrong(f"{name} is answered with {again.status}, not with 304", "304")
                return
        yield Finding(weight=Weight.WELL, what="what has not changed is not sent again (304)")

    def _compression(self, reply: Reply) -> Iterator[Finding]:
        packed = self._get(Accept_Encoding="gzip, br")
        coding = packed.headers.get("content-encoding", "")
        if not coding:
            yield self._remark("is not compressed", "compression")
        elif packed.content != reply.content:
            yield self._wrong(f"is another text when it is compressed ({coding})", "compression")
        else:
            yield Finding(weight=Weight.WELL, what=f"is compressed ({coding})")
            yield from self._conditional_compressed(packed)

    def _conditional_compressed(self, packed: Reply) -> Iterator[Finding]:
        if packed.etag:
            again = self._get(Accept_Encoding="gzip, br", If_None_Match=packed.etag)
            if again.status != 304:
                yield self._wrong("compressed, it is sent whole each time (no 304)", "304")

    def _self_link(self, reply: Reply) -> Iterator[Finding]:
        if reply.content[:1] == b"{":
            return
        link = _href(SELF.search(reply.content))
        if link == self._url:
            yield Finding(weight=Weight.WELL, what="its self link is its address")
        else:
            named = f"names {link} as its own address" if link else "does not name its own address"
            remedy = "Correct `[site] url` in config.toml, build and push."
            yield Finding(weight=Weight.WRONG, what=named, remedy=remedy)

    def _hubs(self, reply: Reply, hubs: tuple[str, ...]) -> Iterator[Finding]:
        named = {_href(found) for found in HUB.finditer(reply.content)}
        headers = ", ".join(reply.headers.get_list("link"))
        for hub in hubs:
            if hub not in named and hub not in headers:
                what = f"does not name the hub {hub}"
                remedy = "Build and push again."
                yield Finding(weight=Weight.WRONG, what=what, remedy=remedy)
            elif hub not in headers:
                yield self._remark(
                    f"names the hub {hub} in itself, but not in a Link header", "link"
                )
            else:
                yield Finding(weight=Weight.WELL, what=f"names the hub {hub}")

    def _same(self, reply: Reply, local: bytes | None) -> Iterator[Finding]:
        if local is None:
            return
        if reply.content.rstrip(b"\n") == local.rstrip(b"\n"):
            yield Finding(weight=Weight.WELL, what="is what stands in the output folder")
        else:
            what = "is not what stands in the output folder"
            yield Finding(weight=Weight.WRONG, what=what, remedy="Run `feedpub push`.")

    def _agents(self) -> Iterator[Finding]:
        refused = [agent for agent in AGENTS if self._get(User_Agent=agent).status != 200]
        if refused:
            yield self._wrong(
                f"turns readers away that call themselves {', '.join(refused)}", "agents"
            )
        else:
            yield Finding(weight=Weight.WELL, what="turns no reader away by its name")

    def _head(self) -> Iterator[Finding]:
        reply = self._get("HEAD")
        if reply.status != 200:
            yield self._remark(f"HEAD is answered with {said(reply)}")


def _redirects(chain: list[str]) -> Iterator[Finding]:
    if not chain:
        return
    what = f"is moved to {chain[-1]}"
    if len(chain) > 1:
        what = f"is moved {len(chain)} times, in the end to {chain[-1]}"
    remedy = "Readers follow, but write that address into `[site] url`."
    yield Finding(weight=Weight.REMARK, what=what, remedy=remedy)


def _href(found: re.Match[bytes] | None) -> str:
    href = HREF.search(found[0]) if found else None
    return href[1].decode(errors="replace").replace("&amp;", "&") if href else ""


def _host_kind(reply: Reply, url: str) -> str:
    server = reply.headers.get("server", "").lower()
    if "github" in server or ".github.io/" in url:
        return "github"
    if "amazons3" in server or "seaweed" in server or "x-amz-request-id" in reply.headers:
        return "s3"
    return next((kind for kind in ("nginx", "apache") if kind in server), "")


__all__ = ["Finding", "UnreachableError", "Verdict", "Weight", "verify", "verify_all"]
