"""The head of a manifest, `.feedpub/manifest.json`: what a target holds, and what is left to do."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ...errors import Diagnostic, TargetError
from ...parsing.dates import in_utc
from ..serving import STATE
from .concurrency import Concurrency
from .objects import object_path

HEAD = f"{STATE}manifest.json"
"""The path of the head on a target."""

_VERSION = 1
"""Of the format of the manifest; another one is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The state of a target; whoever writes a new one makes the next generation.

    `nonce` is that of the push which wrote it, `writers` what keeps machines apart that push here.
    `shards` and `pieces` are digests, in order. `pending` names files that this generation writes
    and `leaving` those that it removes, until all that is done; `unannounced` are feeds that hubs
    are still to be told of, by path. `retired` are objects that only older generations need. `at`
    is when it was written, and `by` the host that did. The names of the fields are keys of the
    file.
    """

    generation: int
    nonce: str
    writers: Concurrency
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


def write_head(head: Head, at: datetime) -> bytes:
    """The bytes of the head as it stands on the target, written at `at`."""
    values = asdict(head) | {"at": in_utc(at)}
    kept = {key: value for key, value in values.items() if value not in ((), "")}
    return json.dumps({"feedpub_manifest": _VERSION, **kept}, indent=0).encode() + b"\n"


def read_head(content: bytes, place: str) -> Head:
    """The head from what stands at `place`; raises TargetError where `content` is no head that this
    feedpub knows."""
    try:
        stated = json.loads(content)
        version = stated.pop("feedpub_manifest")
        head = _checked_head(stated) if version == _VERSION else None
    except (ValueError, KeyError, TypeError, AttributeError):
        problem = "is not a manifest of feedpub"
        remedy = "Push to an empty folder, or remove it if nothing else needs it."
        raise TargetError(
            Diagnostic(code="manifest-invalid", place=place, problem=problem, remedy=remedy)
        ) from None
    if head is None:
        problem = f"was written by another feedpub (version {version} of the manifest)"
        remedy = "Install the newest one."
        raise TargetError(
            Diagnostic(code="manifest-version", place=place, problem=problem, remedy=remedy)
        )
    return head


def is_inside(path: str) -> bool:
    """Whether `path` stays below the folder of a target, whoever has written it there."""
    return not path.startswith("/") and ".." not in path.split("/")


def _checked_head(stated: dict[str, Any]) -> Head:
    """Raises ValueError, KeyError, TypeError where these are no values of a head."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in stated.items()
    }
    head = Head(**values | {"writers": Concurrency(stated["writers"])})
    objects = map(object_path, (*head.shards, *head.pieces, *head.retired))
    paths = (*objects, *head.pending, *head.leaving, *head.unannounced)
    if not isinstance(head.generation, int) or not all(map(is_inside, paths)):
        raise ValueError
    return head
