"""The lines for Apache 2.4."""

from __future__ import annotations

from collections.abc import Iterator

from .served import FeedAddress, Served, cache_rules, compressible, endings_by_type


def apache(served: Served) -> Iterator[str]:
    """The lines for the virtual host that serves the folder."""
    yield "# In the virtual host; needs mod_mime, mod_headers, mod_filter and mod_deflate."
    yield from _section("Location", served.home, _everywhere())
    # The last section that matches holds.
    for rule in reversed(cache_rules()):
        line = f'Header set Cache-Control "{rule.cache_control}"'
        yield from _section("LocationMatch", f"{served.pattern}{rule.pattern}", [line])
    for feed in served.feeds:
        yield from _section("Location", feed.path, _links(served, feed))
    yield "# What feedpub remembers of this folder is no secret, but nobody's concern."
    if served.hides_state:
        yield from _section("Location", served.state, ["Require all denied"])
    else:
        yield "# To ask for the password there too, where AuthType and AuthUserFile hold for it:"
        section = _section("Location", served.state, ["Require valid-user"])
        yield from (f"# {line}" for line in section)


def _section(name: str, path: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    quoted = path.replace('"', r"\"")
    yield f'<{name} "{quoted}">'
    yield from (f"    {line}" for line in lines)
    yield f"</{name}>"


def _everywhere() -> Iterator[str]:
    for media_type, charset, endings in endings_by_type():
        dotted = " ".join(f".{ending}" for ending in endings)
        yield f"AddType {media_type} {dotted}"
        if charset:
            yield f"AddCharset {charset} {dotted}"
    yield f"AddOutputFilterByType DEFLATE {' '.join(compressible())}"
    yield "# What was compressed has an ETag of its own, which must be known again."
    yield """RequestHeader edit "If-None-Match" '^(W/)?"(.*)-gzip"$' '$1"$2", $1"$2-gzip"'"""


def _links(served: Served, feed: FeedAddress) -> Iterator[str]:
    for url, rel in ((feed.url, "self"), *((hub, "hub") for hub in served.hubs)):
        # mod_headers reads "%" as the beginning of a format.
        yield rf'Header add Link "<{url.replace("%", "%%")}>; rel=\"{rel}\""'
