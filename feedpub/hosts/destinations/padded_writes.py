"""How a file is replaced on a server that looks at its size before it opens it, as Apache does.

A reader that comes in between gets the bytes of the new file in the length of the old one. So its
length never changes while its bytes do: before it grows, the old text gets blank lines at its end,
and a text that is shorter than before keeps some.
"""

from __future__ import annotations

from ..serving import is_text

_SERVERS = ("apache",)
"""How the Server header of those begins that look at the size first."""


def stats_before_open(server: str) -> bool:
    """Whether the server of this name, the Server header, looks before it opens."""
    return server.lower().startswith(_SERVERS)


def padded_writes(old: bytes | None, new: bytes, media_type: str) -> tuple[bytes, ...]:
    """What to write, one after the other, so that each reader gets `old` or `new` whole."""
    if old is None or not is_text(media_type):
        return (new,)
    size = max(len(old), len(new))
    padded = new.ljust(size, b"\n")
    return (padded,) if len(old) == size else (old.ljust(size, b"\n"), padded)
