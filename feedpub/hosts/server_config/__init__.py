"""What a web server should be told about a folder of feeds: types, caching, compression, hubs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from ...errors import ConfigError, Diagnostic
from ...settings import Settings
from ...text.wording import shown
from .apache import apache
from .caddy import caddy
from .nginx import IN_HTTP, IN_SERVER, nginx
from .served import FeedAddress, Served, feed_addresses, served

SERVERS: Mapping[str, Callable[[Served], Iterator[str]]] = MappingProxyType(
    {"nginx": nginx, "apache": apache, "caddy": caddy}
)


def snippet(server: str, settings: Settings) -> str:
    """What to put into the config of `server`; raises ConfigError where that is not known."""
    write = SERVERS.get(server)
    if write is None:
        problem = f"there is nothing to print for {shown(server)}"
        remedy = f"Known are {', '.join(SERVERS)}."
        raise ConfigError(
            Diagnostic(
                code="server-unknown", place="--print-config", problem=problem, remedy=remedy
            )
        )
    return "\n".join(write(served(settings)))


__all__ = ["IN_HTTP", "IN_SERVER", "SERVERS", "FeedAddress", "feed_addresses", "snippet"]
