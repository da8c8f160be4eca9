"""What a target holds, compared with this folder; of the target only what may differ is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...errors import BehindError, Diagnostic, TargetError
from ..destinations import Conflict, Destination
from .manifest import (
    HEAD,
    FileRecord,
    Head,
    ObjectSet,
    files_in,
    is_inside,
    object_path,
    object_set,
    read_head,
    unpacked,
)
from .plan import Plan, make_plan
from .retry import retry_on_conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """The head of a target and its etag; no head where feedpub never pushed."""

    head: Head | None = None
    etag: str = ""

    @property
    def objects(self) -> tuple[str, ...]:
        """The names of the objects that the head needs."""
        return (*self.head.shards, *self.head.pieces) if self.head else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The plan, and the objects that the target will need."""

    remote: Remote
    plan: Plan
    state: ObjectSet

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to write."""
        head = self.remote.head
        objects = (*self.state.shards, *self.state.pieces)
        return head is None or not head.is_settled or set(objects) != set(self.remote.objects)

    def new_objects(self) -> dict[str, bytes]:
        """The objects that the target doesn't have."""
        objects = {**self.state.shards, **self.state.pieces}
        return {name: objects[name] for name in objects.keys() - set(self.remote.objects)}

    def retired_objects(self) -> tuple[str, ...]:
        """The objects that the target has and doesn't need any more."""
        needed = self.state.shards.keys() | self.state.pieces.keys()
        return tuple(name for name in self.remote.objects if name not in needed)


def read_remote(destination: Destination) -> Remote:
    """One request; raises TargetError."""
    stored = destination.read(HEAD)
    if stored is None:
        return Remote()
    place = destination.label + HEAD
    return Remote(head=read_head(stored.content, place), etag=stored.etag)


def compare(
    remote: Remote,
    destination: Destination,
    records: Mapping[str, FileRecord],
    ledger: bytes,
    *,
    max_delete: int,
) -> Comparison:
    """Compares; raises BehindError where the target's ledger knows what `ledger` does not, Conflict
    where another machine has replaced the objects meanwhile."""
    here = object_set(records, ledger)
    _refuse_if_behind(remote, destination, here, ledger)
    theirs = _files(remote, destination, here)
    mine: dict[str, FileRecord] = {}
    for name in here.shards.keys() - set(remote.objects):
        mine |= files_in(here.shards[name])
    plan = make_plan(
        records,
        theirs,
        remote.head,
        alike=records.keys() - mine.keys(),
        max_delete=max_delete,
    )
    staying = {
        path: theirs[path] for path in (*plan.skipped_removals, *plan.archived) if path in theirs
    }
    return Comparison(remote=remote, plan=plan, state=object_set({**records, **staying}, ledger))


def remote_ledger(destination: Destination) -> bytes:
    """The whole ledger that the target knows; raises TargetError."""

    def read() -> bytes:
        remote = read_remote(destination)
        pieces = remote.head.pieces if remote.head else ()
        return b"".join(_object(name, remote, destination) for name in pieces)

    return retry_on_conflict(read, destination.label)


def _files(remote: Remote, destination: Destination, here: ObjectSet) -> dict[str, FileRecord]:
    files: dict[str, FileRecord] = {}
    for name in remote.head.shards if remote.head else ():
        if name not in here.shards:
            files |= files_in(_object(name, remote, destination))
    if outside := sorted(path for path in files if not is_inside(path)):
        problem = f"names a file outside of this folder: {outside[0]}"
        raise TargetError(Diagnostic(place=destination.label + HEAD, problem=problem))
    return files


def _refuse_if_behind(
    remote: Remote, destination: Destination, here: ObjectSet, ledger: bytes
) -> None:
    strangers = (
        [name for name in remote.head.pieces if name not in here.pieces] if remote.head else []
    )
    if not strangers:
        return
    known = set(ledger.splitlines())
    unknown = [
        line
        for name in strangers
        for line in _object(name, remote, destination).splitlines()
        if line not in known
    ]
    if unknown:
        lines = "1 line" if len(unknown) == 1 else f"{len(unknown)} lines"
        raise BehindError(
            Diagnostic(
                place=destination.label,
                problem=f"its ledger has {lines} that this folder does not know: "
                "another machine has pushed there",
                remedy="Run `feedpub pull`, then `feedpub build`, and push again.",
            )
        )


def _object(name: str, remote: Remote, destination: Destination) -> bytes:
    path = object_path(name)
    stored = destination.read(path)
    if stored is not None:
        return unpacked(stored.content, name, destination.label + path)
    if read_remote(destination).head != remote.head:
        raise Conflict(path)
    problem = "is gone, though the manifest there needs it: somebody has removed it"
    remedy = f"Put it back. If that can't be done, remove {HEAD} there: the next push sends all."
    raise TargetError(Diagnostic(place=destination.label + path, problem=problem, remedy=remedy))
