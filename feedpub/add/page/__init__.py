"""A web page to an article: its metadata, and its text as Markdown."""

from .read import PageArticle, read_web_page
from .saved import SavedPage, open_saved_page

__all__ = ["PageArticle", "SavedPage", "open_saved_page", "read_web_page"]
