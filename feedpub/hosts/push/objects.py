"""The objects of a manifest: files that are named by their digest, so that they never change.

Shards hold the files on a target with their digests, pieces hold its ledger. One file more among a
hundred thousand changes one shard and one piece.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...errors import Diagnostic, TargetError
from ..serving import STATE

FILES_IN_A_SHARD = 1024
"""At most, on average: some 100 kB, of which one changed file costs one to be read and sent."""

LINES_IN_A_PIECE = 512
"""Some 150 kB of ledger: what a new line costs to be read and sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """One file on the target: the digest of its bytes, in hexadecimal, and their number."""

    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectSet:
    """What one side holds: shards and pieces, by digest, each in order."""

    shards: Mapping[str, bytes] = field(default_factory=dict)
    pieces: Mapping[str, bytes] = field(default_factory=dict)


def object_path(name: str) -> str:
    """Where an object stands; its name is its digest."""
    return f"{STATE}objects/{name}"


def object_set(files: Mapping[str, FileRecord], ledger: bytes) -> ObjectSet:
    """The objects for these files, by path, and for the bytes of this ledger."""
    shards = [_encoded(shard) for shard in _split_files(files)]
    pieces = _split_ledger(ledger)
    return ObjectSet(
        shards={digest(each): each for each in shards},
        pieces={digest(each): each for each in pieces},
    )


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def holds(content: bytes, record: FileRecord) -> bool:
    """Whether `content` is the file of `record`; blank lines at its end may have been added."""
    return digest(content[: record.size]) == record.sha256 and not content[record.size :].strip(
        b"\n"
    )


def packed(content: bytes) -> bytes:
    """An object as it is sent, by zlib (RFC 1950); its name is the digest of what is in it."""
    return zlib.compress(content, 9)


def unpacked(content: bytes, name: str, place: str) -> bytes:
    """The object of this name from what stands at `place`; raises TargetError where that is
    something else."""
    try:
        plain = zlib.decompress(content)
    except zlib.error:
        plain = b""
    if digest(plain) != name:
        problem = "does not hold what its name says"
        remedy = "Something else than feedpub has written there: push to an empty folder."
        raise TargetError(
            Diagnostic(code="object-invalid", place=place, problem=problem, remedy=remedy)
        )
    return plain


def files_in(shard: bytes) -> dict[str, FileRecord]:
    """The files in a shard, by path."""
    return {
        path: FileRecord(sha256=sha256, size=size, media_type=kind)
        for path, (sha256, size, kind) in json.loads(shard).items()
    }


def _split_files(files: Mapping[str, FileRecord]) -> Iterable[dict[str, FileRecord]]:
    digits = 0
    while len(files) > FILES_IN_A_SHARD * 16**digits:
        digits += 1
    shards: dict[str, dict[str, FileRecord]] = defaultdict(dict)
    for path in sorted(files):
        shards[digest(path.encode())[:digits]][path] = files[path]
    return [shards[key] for key in sorted(shards)]


def _encoded(shard: Mapping[str, FileRecord]) -> bytes:
    rows = {path: [each.sha256, each.size, each.media_type] for path, each in shard.items()}
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _split_ledger(ledger: bytes) -> Sequence[bytes]:
    # A ledger grows at its end: all pieces but the last stay as they are.
    lines = ledger.splitlines(keepends=True)
    return [
        b"".join(lines[start : start + LINES_IN_A_PIECE])
        for start in range(0, len(lines), LINES_IN_A_PIECE)
    ]
