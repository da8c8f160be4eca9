"""What a format that wants URIs makes of an id that is none: RSS has no such rule for its guid."""

from __future__ import annotations

import re
from uuid import UUID, uuid5

# RFC 3987 §2.2, as far as it tells a URI from a number or a sentence.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_GUIDS = UUID("5f0b3b1c-6f1e-4c0e-9b55-3f0a6b5d9c21")


def is_uri(uid: str) -> bool:
    """Whether `uid` can stand in an atom:id (RFC 4287 §4.2.6)."""
    return _IRI.fullmatch(uid) is not None


def uri_of(uid: str) -> str:
    """`uid` itself where it is a URI, else always the same URI, whatever becomes of the site."""
    return uid if is_uri(uid) else uuid5(_GUIDS, uid).urn
