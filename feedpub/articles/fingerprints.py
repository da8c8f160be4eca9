"""What an article is compared by, from build to build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from zlib import crc32

from ..model import Day, Fingerprints, Metadata

SKETCH_SIZE = 8
SHORTEST = 20
# What subscribers see beside the text; tags, language, rights and dates are not news to them.
SEEN = ("link", "authors", "summary", "note", "source", "enclosures", "image")


def fingerprints(
    *, source: str, stated: Metadata, title: str, shown: Metadata, paragraphs: Iterable[str]
) -> Fingerprints:
    """The digests of an article: `source` and `stated` are what the curator wrote, the text and its
    metadata; the rest is what subscribers see."""
    words = [" ".join(paragraph.split()) for paragraph in paragraphs]
    return Fingerprints(
        source=_digest(source, *_pairs(stated, [field.name for field in fields(Metadata)])),
        content=_digest(title, " ".join(word for word in words if word), *_pairs(shown, SEEN)),
        sketch=tuple(
            sorted({_mark(word) for word in words if len(word) >= SHORTEST})[:SKETCH_SIZE]
        ),
    )


def _digest(*texts: str) -> str:
    joined = "\x1f".join(texts).encode(errors="surrogatepass")
    return hashlib.blake2b(joined, digest_size=12).hexdigest()


def _mark(paragraph: str) -> str:
    return f"{crc32(paragraph.encode(errors='surrogatepass')):08x}"


def _pairs(metadata: Metadata, names: Iterable[str]) -> list[str]:
    # What is not stated leaves no trace, so that a key which a newer feedpub knows changes nothing.
    return [
        f"{name}={_written(value)}"
        for name in sorted(names)
        if (value := getattr(metadata, name)) not in (None, ())
    ]


def _written(value: object) -> str:
    if isinstance(value, Day):
        return value.date.isoformat()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, tuple):
        return "\x1e".join(_written(item) for item in value)
    if hasattr(value, "__dataclass_fields__"):
        parts = ((name, getattr(value, name)) for name in value.__dataclass_fields__)
        return "\x1d".join(f"{name}={_written(part)}" for name, part in parts if part)
    return str(value)
