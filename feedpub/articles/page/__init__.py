"""HTML articles, fragments and saved pages: their metadata and their text."""

from .content import drop_heading
from .head import PageHead
from .read import Page, read_page

__all__ = ["Page", "PageHead", "drop_heading", "read_page"]
