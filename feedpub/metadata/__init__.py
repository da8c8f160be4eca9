"""Metadata of articles: the keys, the types of their values, and how several sources are merged."""

from .article import merged, read_metadata
from .fields import ABSOLUTE_URI, LANGUAGE, read_amount, read_language, read_web_address
from .people import EMAIL, read_people

__all__ = [
    "ABSOLUTE_URI",
    "EMAIL",
    "LANGUAGE",
    "merged",
    "read_amount",
    "read_language",
    "read_metadata",
    "read_people",
    "read_web_address",
]
