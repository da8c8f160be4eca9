"""Reads the picture of an article, in the forms that other tools give it."""

from __future__ import annotations

from ..parsing.values import Values
from ..settings import Site
from .fields import read_media_address

_ADDRESS_KEYS = ("url", "src", "image", "path", "file", "feature")


def read_image(values: Values, site: Site) -> str | None:
    """The address under `image`: a text, a table that has one, or the first of a list.

    It may be relative to the address of `site`.
    """
    value = values.pop("image")
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = next((value[key] for key in _ADDRESS_KEYS if value.get(key)), None)
    values.put("image", value)
    return read_media_address(values, "image", site.url)
