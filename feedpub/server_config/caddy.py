"""The lines for Caddy 2."""

from __future__ import annotations

from collections.abc import Iterator

from .served import CACHE_RULES, MEDIA_TYPES, Served

TWINS = {"gzip": "gzip", "brotli": "br"}


def caddy(served: Served) -> Iterator[str]:
    """A whole site; who has one already takes the part in `handle`."""
    yield f"{served.origin} {{"
    yield f"    handle {_quoted(f'{served.home}*')} {{"
    yield from (f"        {line}" for line in _handle(served))
    yield "    }"
    yield "}"


def _handle(served: Served) -> Iterator[str]:
    yield "# The folder that holds this one:"
    yield "root * /srv/www"
    yield "encode gzip"
    twins = " ".join(TWINS[twin] for twin in served.twins)
    yield f"file_server {{\n            precompressed {twins}\n        }}" if twins else "file_server"
    for ending, kind in MEDIA_TYPES.items():
        if "charset" in kind:
            matcher = f"@feedpub_{ending[1:]}"
            yield f"{matcher} path {_quoted(f'{served.home}*{ending}')}"
            yield f"header {matcher} Content-Type {_quoted(kind)}"
    for rule in CACHE_RULES:
        matcher = f"@feedpub_{rule.name}"
        yield f"{matcher} path_regexp {_quoted(f'{served.pattern}{rule.pattern}')}"
        yield f"header {matcher} Cache-Control {_quoted(rule.cache_control)}"
    for number, feed in enumerate(served.feeds, start=1):
        matcher = f"@feedpub_{number}"
        yield f"{matcher} path {_quoted(feed.path)}"
        for url, rel in ((feed.url, "self"), *((hub, "hub") for hub in served.hubs)):
            link = f'<{url}>; rel="{rel}"'
            yield f"header {matcher} +Link {_quoted(link)}"
    yield "# What feedpub remembers of this folder is no secret, but nobody's concern."
    mark = "" if served.hides_state else "# "
    yield f"{mark}respond {_quoted(f'{served.state}*')} 404"


def _quoted(text: str) -> str:
    return f"`{text}`"
