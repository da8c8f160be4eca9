"""The metadata of an article whose page is taken again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ..articles.encoding import decode
from ..articles.front_matter import FrontMatterError, split_front_matter
from ..errors import ArticleError, Diagnostic
from ..files import file_diagnostic
from ..metadata import merged, read_metadata
from ..model import Metadata
from ..parsing.values import Place
from ..settings import Site


def renewed(old: Metadata, page: Metadata) -> Metadata:
    """The metadata of an article whose page says `page` now.

    What a page says of itself is taken from it, else left as it was; the rest is the curator's.
    """
    curators = replace(
        old,
        title=None,
        link=None,
        authors=(),
        published=None,
        updated=None,
        summary=None,
        language=None,
        source=None,
        image=None,
    )
    return merged(curators, merged(page, old))


def front_metadata(file: Path, path: str, site: Site) -> Metadata:
    """The metadata that stands at the head of the article at `path`.

    Raises ArticleError where the file can't be read.
    """
    try:
        front = split_front_matter(decode(file.read_bytes(), path).text)
    except OSError as error:
        raise ArticleError(file_diagnostic(path, "read", error)) from None
    except FrontMatterError as error:
        raise ArticleError(
            Diagnostic(code="front-matter-invalid", place=path, line=error.line, problem=str(error))
        ) from None
    place = Place(name=path, line_of=front.line_of)
    metadata, errors = read_metadata(front.table, place, site)
    if errors:
        raise ArticleError(*errors)
    return metadata
