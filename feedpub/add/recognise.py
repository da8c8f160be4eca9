"""What a file or a paste is: a list of links, a saved page, or a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import tzinfo

from ..articles.encoding import decode
from ..text.urls import is_web
from .lists import LinkList, read_list
from .page import SavedPage, open_saved_page

_ADDRESS = re.compile(r"\s*(\S+)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paste:
    """A text that is neither a page nor a list."""

    text: str

    @property
    def address(self) -> str:
        """The address that is all of the text, "" if it is more or none."""
        only = _ADDRESS.fullmatch(self.text)
        return only[1] if only and is_web(only[1]) else ""


def recognise(content: bytes, place: str, *, zone: tzinfo) -> LinkList | SavedPage | Paste:
    """What `content`, which stood at `place`, is; dates of lists without a zone are in `zone`.

    Raises PageError where it is a broken page or list, and ArticleError where it is not text.
    """
    listed = read_list(content, place, zone=zone)
    return listed or open_saved_page(content, place) or Paste(text=decode(content, place).text)
