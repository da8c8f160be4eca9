"""How an id that is no URI is written where it must be one; RSS has no such rule for its guid."""

from __future__ import annotations

import re

# RFC 3987 §2.2, as far as it tells a URI from a number or a sentence.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
# The namespace of ids that are made of others, as RFC 9562 §5.5 asks for: it must never change.
_NAMESPACE = "5f0b3b1c-6f1e-4c0e-9b55-3f0a6b5d9c21"


def is_uri(uid: str) -> bool:
    """Whether `uid` can stand in an atom:id (RFC 4287 §4.2.6)."""
    return _IRI.fullmatch(uid) is not None


def uri_of(uid: str) -> str:
    """`uid` itself where it is a URI, else always the same URI, whatever becomes of the site."""
    if is_uri(uid):
        return uid
    # Hardly any folder needs it.
    from uuid import UUID, uuid5

    return uuid5(UUID(_NAMESPACE), uid).urn
