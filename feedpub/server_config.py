"""What a web server should be told about a folder of feeds: types, caching, compression, hubs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from .errors import ConfigError, Fault
from .formats import FORMATS
from .headers import Turn, cache_control, media_type
from .model import Settings

IN_HTTP = "# In the http block:"
IN_SERVER = "# In the server block, or in the location that serves this folder:"
PLAIN_TYPES = {
    "application/xml": "xml xsl atom rss",
    "application/feed+json": "json",
    "text/html": "html htm",
    "text/css": "css",
    "text/javascript": "js",
    "text/plain": "txt",
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg jpeg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/x-icon": "ico",
    "audio/mpeg": "mp3",
    "application/pdf": "pdf",
}
COMPRESSIBLE = "application/xml application/feed+json text/html text/css text/javascript text/plain"
KINDS = (
    (Turn.IMMUTABLE, r"(/archive/|[.-][0-9a-f]{8,64}\.)", "archive/1.xml"),
    (Turn.FEED, r"(atom\.xml|rss\.xml|feed\.json|index\.html|/)$", "atom.xml"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedAddress:
    """A feed as the server sees it: the path of its address, and the whole of it."""

    path: str
    url: str


def snippet(server: str, settings: Settings) -> str:
    """What to put into the config of `server`; raises ConfigError where that is not known."""
    write = SERVERS.get(server)
    if write is None:
        problem = f"there is nothing to print for “{server}”"
        remedy = f"Known are {', '.join(SERVERS)}."
        raise ConfigError(Fault(place="--print-config", problem=problem, remedy=remedy))
    return "\n".join(write(settings))


def feed_addresses(settings: Settings) -> tuple[FeedAddress, ...]:
    """Where each feed of `settings` is served."""
    paths = (
        f"{feed.name}/{FORMATS[name].file_name}" if feed.name else FORMATS[name].file_name
        for feed in settings.feeds
        for name in settings.formats
    )
    home = urlsplit(settings.site.url).path
    return tuple(FeedAddress(path=home + path, url=settings.site.url + path) for path in paths)


def _links(settings: Settings, address: FeedAddress) -> list[str]:
    links = [f'<{address.url}>; rel="self"']
    return links + [f'<{hub}>; rel="hub"' for hub in settings.hubs]


def _home(settings: Settings) -> str:
    return urlsplit(settings.site.url).path


def _nginx(settings: Settings) -> Iterator[str]:
    home = _home(settings).replace(".", r"\.")
    yield IN_HTTP
    yield "map $uri $feedpub_cache {"
    for _, pattern, example in KINDS:
        yield f'    "~^{home}.*{pattern}" "{cache_control(example)}";'
    yield f'    "~^{home}" "{cache_control("page.html")}";'
    yield "}"
    for number, _ in enumerate(("self", *settings.hubs)):
        yield f"map $uri $feedpub_link_{number} {{"
        for address in feed_addresses(settings):
            yield f"    {address.path} '{_links(settings, address)[number]}';"
        yield "}"
    yield ""
    yield IN_SERVER
    yield "types {"
    for kind, endings in PLAIN_TYPES.items():
        yield f"    {kind} {endings};"
    yield "}"
    yield "charset utf-8;"
    yield f"charset_types {COMPRESSIBLE.replace('text/html ', '')};"
    yield "gzip on;"
    yield f"gzip_types {COMPRESSIBLE.replace('text/html ', '')};"
    yield "gzip_vary on;"
    if "gzip" in _twins(settings):
        yield "gzip_static on;"
    if "brotli" in _twins(settings):
        yield "# brotli_static on;    # with the module ngx_brotli"
    yield "add_header Cache-Control $feedpub_cache;"
    for number, _ in enumerate(("self", *settings.hubs)):
        yield f"add_header Link $feedpub_link_{number};"
    yield from _about_state("auth_basic in a location for it")


def _apache(settings: Settings) -> Iterator[str]:
    home = _home(settings)
    yield "# In the virtual host; needs mod_mime, mod_headers, mod_filter and mod_deflate."
    yield f'<Location "{home}">'
    for kind, endings in PLAIN_TYPES.items():
        dotted = " ".join(f".{ending}" for ending in endings.split())
        yield f"    AddType {kind} {dotted}"
    for ending in ("xml", "json", "html", "css", "js", "txt"):
        yield f"    AddCharset utf-8 .{ending}"
    yield f"    AddOutputFilterByType DEFLATE {COMPRESSIBLE}"
    yield "    # What was compressed has an ETag of its own, which must be known again."
    yield """    RequestHeader edit "If-None-Match" '^(W/)?"(.*)-gzip"$' '$1"$2", $1"$2-gzip"'"""
    yield f'    Header set Cache-Control "{cache_control("page.html")}"'
    yield "</Location>"
    for _, pattern, example in reversed(KINDS):
        yield f'<LocationMatch "^{home.replace(".", chr(92) + ".")}.*{pattern}">'
        yield f'    Header set Cache-Control "{cache_control(example)}"'
        yield "</LocationMatch>"
    for address in feed_addresses(settings):
        yield f'<Location "{address.path}">'
        for link in _links(settings, address):
            quoted = link.replace('"', r"\"")
            yield f'    Header add Link "{quoted}"'
        yield "</Location>"
    yield from _about_state("Require valid-user in a <Location> for it")


def _caddy(settings: Settings) -> Iterator[str]:
    home = _home(settings)
    yield f"{urlsplit(settings.site.url).scheme}://{urlsplit(settings.site.url).netloc} {{"
    yield f"    handle {home}* {{"
    yield "        # The folder above the one that feedpub pushes to:"
    yield "        root * /srv/www"
    yield "        encode gzip"
    if twins := _twins(settings):
        names = " ".join({"gzip": "gzip", "brotli": "br"}[twin] for twin in twins)
        yield "        file_server {"
        yield f"            precompressed {names}"
        yield "        }"
    else:
        yield "        file_server"
    yield f'        header Cache-Control "{cache_control("page.html")}"'
    for kind, pattern, example in reversed(KINDS):
        yield f"        @{kind.name.lower()} path_regexp {pattern}"
        yield f'        header @{kind.name.lower()} Cache-Control "{cache_control(example)}"'
    for number, address in enumerate(feed_addresses(settings)):
        yield f"        @feed{number} path {address.path}"
        yield f'        header @feed{number} Content-Type "{media_type(address.path)}"'
        for link in _links(settings, address):
            yield f"        header @feed{number} +Link `{link}`"
    yield "    }"
    yield "}"
    yield from _about_state("basic_auth for it")


def _twins(settings: Settings) -> tuple[str, ...]:
    return tuple(dict.fromkeys(twin for target in settings.targets for twin in target.twins))


def _about_state(means: str) -> Iterator[str]:
    yield "# `.feedpub/` in this folder is what feedpub remembers: no secrets, but nobody else"
    yield f"# has to read it. To hide it, ask for the password there too: {means}."


SERVERS: Mapping[str, Callable[[Settings], Iterator[str]]] = {
    "nginx": _nginx,
    "apache": _apache,
    "caddy": _caddy,
}
