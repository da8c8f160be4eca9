"""The lines for nginx, in two parts: one for the http block, one for a location."""

from __future__ import annotations

from collections.abc import Iterator

from .served import Served, cache_rules, compressible, endings_by_type

IN_HTTP = "# In the http block:"
IN_SERVER = (
    "# In the location that serves this folder, or in the server block if it is all there is:"
)


def nginx(served: Served) -> Iterator[str]:
    """The lines of both parts."""
    yield IN_HTTP
    yield from _in_http(served)
    yield ""
    yield IN_SERVER
    yield from _in_location(served)


def _in_http(served: Served) -> Iterator[str]:
    yield "map $uri $feedpub_cache {"
    for rule in cache_rules():
        yield f"    {_quoted(f'~{served.pattern}{rule.pattern}')} {_quoted(rule.cache_control)};"
    yield "}"
    for name, links in _links(served):
        yield f"map $uri ${name} {{"
        yield from (f"    {_quoted(path)} {_quoted(link)};" for path, link in links)
        yield "}"
    state = _quoted(f"~{served.state_pattern}")
    if served.hides_state:
        yield f"map $uri $feedpub_hidden {{ {state} 1; }}"
    else:
        yield f"map $uri $feedpub_realm {{ default off; {state} feedpub; }}"


def _in_location(served: Served) -> Iterator[str]:
    yield "types {"
    for media_type, _, endings in endings_by_type():
        yield f"    {media_type} {' '.join(endings)};"
    yield "}"
    yield "charset utf-8;"
    # text/html is in both lists by itself, and warned of when it is there twice.
    texts = [each for each, charset, _ in endings_by_type() if charset and each != "text/html"]
    yield f"charset_types {' '.join(texts)};"
    yield "gzip on;"
    yield f"gzip_types {' '.join(each for each in compressible() if each != 'text/html')};"
    yield "gzip_proxied any;"
    yield "gzip_vary on;"
    if "gzip" in served.precompressed:
        yield "gzip_static on;"
    if "brotli" in served.precompressed:
        yield "# brotli_static on;    # with the module ngx_brotli"
    yield "# These do not reach a location that has an add_header of its own: repeat them there."
    yield "add_header Cache-Control $feedpub_cache;"
    yield from (f"add_header Link ${name};" for name, _ in _links(served))
    yield from _about_state(served)


def _about_state(served: Served) -> Iterator[str]:
    yield "# What feedpub remembers of this folder is no secret, but nobody's concern."
    if served.hides_state:
        yield "if ($feedpub_hidden) { return 404; }"
    else:
        yield "# To ask for the password there too, name the file with the user who pushes:"
        yield "# auth_basic $feedpub_realm;"
        yield "# auth_basic_user_file /etc/nginx/feedpub.users;"


def _links(served: Served) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """For each Link header the name of its variable, and its values by path."""
    yield "feedpub_self", [(feed.path, f'<{feed.url}>; rel="self"') for feed in served.feeds]
    for number, hub in enumerate(served.hubs, start=1):
        name = f"feedpub_hub_{number}"
        yield name, [(feed.path, f'<{hub}>; rel="hub"') for feed in served.feeds]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", r"\\").replace("'", r"\'")
    return f"'{escaped}'"
