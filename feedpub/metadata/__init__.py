"""What may be said about an article: the keys, their types, and how places are merged."""

from .article import merged, read_metadata
from .fields import ABSOLUTE_URI, LANGUAGE, amount, language, web_address
from .people import EMAIL, people

__all__ = [
    "ABSOLUTE_URI",
    "EMAIL",
    "LANGUAGE",
    "amount",
    "language",
    "merged",
    "people",
    "read_metadata",
    "web_address",
]
