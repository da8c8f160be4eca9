"""Metadata of articles: the keys, the types of their values, and how several sources are merged."""

from .article import FrontMatterMetadata, merged, read_front_matter, read_metadata
from .fields import ABSOLUTE_URI, LANGUAGE, read_amount, read_language, read_web_address
from .names import DECIDING, NAMES, key_of
from .people import EMAIL, read_people

__all__ = [
    "ABSOLUTE_URI",
    "DECIDING",
    "EMAIL",
    "LANGUAGE",
    "NAMES",
    "FrontMatterMetadata",
    "key_of",
    "merged",
    "read_amount",
    "read_front_matter",
    "read_language",
    "read_metadata",
    "read_people",
    "read_web_address",
]
