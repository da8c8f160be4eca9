"""The name of an article by the path of its file."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

# The text of a folder that holds its pictures too, perhaps in one language: index.md, index.fr.md.
_INDEX = re.compile(r"index(?:\.[a-z]{2,3}(?:-[a-z]{2,4})?)?", re.IGNORECASE)


def article_name(path: str) -> str:
    """The file name in `path` without its suffix, or the name of the folder of an `index` file."""
    file = PurePosixPath(path)
    return file.parent.name if file.parent.name and _INDEX.fullmatch(file.stem) else file.stem
