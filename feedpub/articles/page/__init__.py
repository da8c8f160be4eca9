"""HTML articles, fragments and whole saved pages: what they say of themselves, and their text."""

from .content import drop_heading
from .read import Page, read_page

__all__ = ["Page", "drop_heading", "read_page"]
