"""What Omnivore exported until it was closed: a ZIP with files metadata_0_to_20.json and so on.

Each is a list of objects with url, title, labels, state, savedAt. One of these files is a list too.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from io import BytesIO

from .links import ListedLink, ListFile, ListKind, moment
from .values import Item, json_items, json_text, labels_of

_ZIP = b"PK\x03\x04"
_METADATA = "metadata*.json"
# Bytes of all files of metadata; 20 articles take some kilobytes.
_LARGEST = 50_000_000


def _matches(file: ListFile) -> bool:
    if file.content.startswith(_ZIP):
        return _METADATA.partition("*")[0].encode() in file.content
    items = json_items(file.text) if '"savedAt"' in file.text else []
    return any("savedAt" in each and "url" in each for each in items)


def _read(file: ListFile) -> Iterator[ListedLink]:
    texts = _unpacked(file.content) if file.content.startswith(_ZIP) else [file.text]
    for text in texts:
        yield from (_link(item, file) for item in json_items(text))


def _link(item: Item, file: ListFile) -> ListedLink:
    return ListedLink(
        link=json_text(item, "url"),
        title=json_text(item, "title"),
        tags=labels_of(item, "labels", "name"),
        added=moment(json_text(item, "savedAt"), file.zone),
    )


def _unpacked(content: bytes) -> Iterator[str]:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(content)) as archive:
            left = _LARGEST
            for name in sorted(archive.namelist()):
                if fnmatchcase(name.rpartition("/")[2], _METADATA):
                    with archive.open(name) as stream:
                        raw = stream.read(left + 1)
                    left -= len(raw)
                    if left < 0:
                        raise ValueError(f"its metadata is larger than {_LARGEST // 1_000_000} MB")
                    yield raw.decode("utf-8-sig", "replace")
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise ValueError(str(error)) from None


OMNIVORE = ListKind(name="an export of Omnivore", matches=_matches, read=_read)
