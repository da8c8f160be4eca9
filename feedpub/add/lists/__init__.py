"""Lists of links: what bookmark and read-later services export, OPML, and feeds."""

from .kinds import read_list
from .links import LinkList, ListedLink

__all__ = ["LinkList", "ListedLink", "read_list"]
