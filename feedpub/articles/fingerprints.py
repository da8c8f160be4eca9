"""Computes what articles are compared by, from build to build."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from zlib import crc32

from ..model import Day, Fingerprints, Metadata

# Checksums: the lowest of those of all paragraphs (a bottom-k MinHash sketch). Enough to tell an
# edited article from another, and few enough for a line of the ledger.
_SKETCH_SIZE = 8
# Characters; shorter paragraphs, such as "Yes." or a heading, are in many articles.
_MIN_PARAGRAPH = 20
# Bytes. With 96 bits, the chance that two of a billion articles have one digest is below 10⁻¹⁰.
_DIGEST_SIZE = 12
# What subscribers see beside the text; a change of tags, language, rights or dates is no news to
# them.
_SHOWN = ("link", "authors", "summary", "note", "source", "enclosures", "image")


def fingerprints(
    *,
    source: str,
    stated: Metadata,
    title: str,
    shown: Metadata,
    paragraphs: Iterable[str],
    link_parts: Iterable[object] = (),
) -> Fingerprints:
    """The fingerprints of an article.

    `source` and `stated` are the body and the metadata as their author wrote them; `title`, `shown`
    and `paragraphs` are what subscribers see, `link_parts` what their author states of a link that
    is made. White space in paragraphs makes no difference.
    """
    texts = [" ".join(paragraph.split()) for paragraph in paragraphs]
    checksums = {_checksum(text) for text in texts if len(text) >= _MIN_PARAGRAPH}
    return Fingerprints(
        source=_digest(source, *_pairs(stated, [field.name for field in fields(Metadata)])),
        content=_digest(
            title,
            " ".join(filter(None, texts)),
            *_pairs(shown, _SHOWN),
            *(_written(part) for part in link_parts if part is not None),
        ),
        sketch=tuple(sorted(checksums)[:_SKETCH_SIZE]),
    )


def _digest(*texts: str) -> str:
    joined = "\x1f".join(texts).encode(errors="surrogatepass")
    return hashlib.blake2b(joined, digest_size=_DIGEST_SIZE).hexdigest()


def _checksum(paragraph: str) -> str:
    return f"{crc32(paragraph.encode(errors='surrogatepass')):08x}"


def _pairs(metadata: Metadata, names: Iterable[str]) -> list[str]:
    # Only what is stated, so that a key that a newer feedpub adds changes no digest.
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
