"""The lines for Caddy 2."""

from __future__ import annotations

from collections.abc import Iterator

from .served import Served, cache_rules, endings_by_type

CONTENT_CODINGS = {"gzip": "gzip", "brotli": "br"}


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
    precompressed = " ".join(CONTENT_CODINGS[coding] for coding in served.precompressed)
    yield (
        f"file_server {{\n            precompressed {precompressed}\n        }}"
        if precompressed
        else "file_server"
    )
    for media_type, charset, endings in endings_by_type():
        # Caddy knows the types of media by itself.
        if charset:
            matcher = f"@feedpub_{endings[0]}"
            pattern = f"{served.pattern}.*[.]({'|'.join(endings)})$"
            yield f"{matcher} path_regexp {_quoted(pattern)}"
            yield f"header {matcher} Content-Type {_quoted(f'{media_type}; charset={charset}')}"
    # The last line that matches holds.
    for rule in reversed(cache_rules()):
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
