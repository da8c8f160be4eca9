"""What a target holds, as feedpub writes it down there: a head, and objects named by their content.

`.feedpub/manifest.json` is the head. It names objects, `.feedpub/objects/SHA256`, which never
change: shards, that hold the files with their digests, and pieces of the ledger. One file more
among a hundred thousand changes one shard, one piece and the head.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from ...errors import Diagnostic, TargetError
from ...parsing.dates import in_utc
from ..serving import STATE

HEAD = f"{STATE}manifest.json"
VERSION = 1
FILES_IN_A_SHARD = 1024
LINES_IN_A_PIECE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """One file on the target: the digest of its bytes, in hexadecimal, and their number."""

    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The state of a target; whoever writes a new one makes the next generation.

    `shards` and `pieces` are digests, in order. `pending` names files that this generation writes
    and `leaving` those that it removes, until all that is done; `unannounced` are addresses that
    hubs are still to be told of. `retired` are objects that only older generations need. `writers`
    says how writers keep out of each other's way here: "cas", "lock" or "single".
    """

    generation: int
    nonce: str
    writers: str
    shards: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    unannounced: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    at: str = ""
    by: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do for this generation."""
        return not (self.pending or self.leaving or self.unannounced)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectSet:
    """What one side holds: shards and pieces, by digest, each in order."""

    shards: Mapping[str, bytes] = field(default_factory=dict)
    pieces: Mapping[str, bytes] = field(default_factory=dict)


def object_path(digest: str) -> str:
    """Where the object of this digest stands."""
    return f"{STATE}objects/{digest}"


def object_set(files: Mapping[str, FileRecord], ledger: bytes) -> ObjectSet:
    """The objects that say what this folder would publish."""
    shards = [_encoded(shard) for shard in _dealt(files)]
    pieces = _cut(ledger)
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
    """An object as it is sent; its name is the digest of what is in it."""
    return zlib.compress(content, 9)


def unpacked(content: bytes, name: str, place: str) -> bytes:
    """The object of this name; raises TargetError where it is something else."""
    try:
        plain = zlib.decompress(content)
    except zlib.error:
        plain = b""
    if digest(plain) != name:
        problem = "does not hold what its name says"
        remedy = "Something else than feedpub has written there: push to an empty folder."
        raise TargetError(Diagnostic(place=place, problem=problem, remedy=remedy))
    return plain


def files_in(shard: bytes) -> dict[str, FileRecord]:
    """The files in a shard, by path."""
    return {
        path: FileRecord(sha256=sha256, size=size, media_type=kind)
        for path, (sha256, size, kind) in json.loads(shard).items()
    }


def write_head(head: Head, at: datetime) -> bytes:
    """The head as it stands on the target, written at `at`."""
    said = asdict(head) | {"at": in_utc(at)}
    kept = {key: value for key, value in said.items() if value not in ((), "")}
    return json.dumps({"feedpub_manifest": VERSION, **kept}, indent=0).encode() + b"\n"


def read_head(content: bytes, place: str) -> Head:
    """Raises TargetError where `content` is no head that this feedpub knows."""
    try:
        said = json.loads(content)
        version = said.pop("feedpub_manifest")
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in said.items()
        }
        head = _sound(Head(**values)) if version == VERSION else None
    except (ValueError, KeyError, TypeError, AttributeError):
        problem = "is not a manifest of feedpub"
        remedy = "Push to an empty folder, or remove it if nothing else needs it."
        raise TargetError(Diagnostic(place=place, problem=problem, remedy=remedy)) from None
    if head is None:
        problem = f"was written by another feedpub (version {version} of the manifest)"
        raise TargetError(
            Diagnostic(place=place, problem=problem, remedy="Install the newest one.")
        )
    return head


def is_inside(path: str) -> bool:
    """Whether `path` stays below the folder of a target, whoever has written it there."""
    return not path.startswith("/") and ".." not in path.split("/")


def _sound(head: Head) -> Head:
    objects = map(object_path, (*head.shards, *head.pieces, *head.retired))
    paths = (*objects, *head.pending, *head.leaving, *head.unannounced)
    if not isinstance(head.generation, int) or not all(map(is_inside, paths)):
        raise ValueError
    return head


def _dealt(files: Mapping[str, FileRecord]) -> Iterable[dict[str, FileRecord]]:
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


def _cut(ledger: bytes) -> Sequence[bytes]:
    # A ledger grows at its end: all pieces but the last stay as they are.
    lines = ledger.splitlines(keepends=True)
    return [
        b"".join(lines[start : start + LINES_IN_A_PIECE])
        for start in range(0, len(lines), LINES_IN_A_PIECE)
    ]
