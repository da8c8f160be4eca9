"""What a target holds, compared with this folder; of the target only what may differ is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...errors import BehindError, Diagnostic, TargetError
from ...text.wording import counted
from ..destinations import Conflict, Destination
from .concurrency import Concurrency
from .manifest import HEAD, Head, is_inside, read_head
from .objects import FileRecord, ObjectSet, files_in, object_path, object_set, unpacked
from .plan import Plan, make_plan
from .retry_on_conflict import retry_on_conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """The head of a target and its etag; no head where feedpub never pushed."""

    head: Head | None = None
    etag: str = ""

    @property
    def concurrency(self) -> Concurrency | None:
        """What keeps machines apart there, as far as earlier pushes have found it out."""
        return self.head.writers if self.head else None

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
        """The objects that the target doesn't have, by name."""
        objects = {**self.state.shards, **self.state.pieces}
        return {name: objects[name] for name in objects.keys() - set(self.remote.objects)}

    def retired_objects(self) -> tuple[str, ...]:
        """The names of the objects that the target has and doesn't need any more."""
        needed = self.state.shards.keys() | self.state.pieces.keys()
        return tuple(name for name in self.remote.objects if name not in needed)


def read_remote(destination: Destination) -> Remote:
    """Reads the head, in one request; raises TargetError."""
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
    """Compares the files here, by path, and the bytes of the `ledger` with what `remote` names.

    Raises TargetError, BehindError where the target's ledger knows what `ledger` does not, and
    Conflict where another machine has replaced the objects meanwhile.
    """
    state = object_set(records, ledger)
    _refuse_if_behind(remote, destination, state, ledger)
    there = _files(remote, destination, state)
    may_differ: dict[str, FileRecord] = {}
    for name in state.shards.keys() - set(remote.objects):
        may_differ |= files_in(state.shards[name])
    plan = make_plan(
        records,
        there,
        remote.head,
        unchanged=records.keys() - may_differ.keys(),
        max_delete=max_delete,
    )
    staying = {
        path: there[path] for path in (*plan.skipped_removals, *plan.archived) if path in there
    }
    return Comparison(remote=remote, plan=plan, state=object_set({**records, **staying}, ledger))


def remote_ledger(destination: Destination) -> bytes:
    """The whole ledger that the target knows, empty where feedpub never pushed; raises
    TargetError."""

    def read() -> bytes:
        remote = read_remote(destination)
        pieces = remote.head.pieces if remote.head else ()
        return b"".join(_object(name, remote, destination) for name in pieces)

    return retry_on_conflict(read, destination.label)


def _files(remote: Remote, destination: Destination, state: ObjectSet) -> dict[str, FileRecord]:
    """The files in those shards of the target that are not the same here."""
    files: dict[str, FileRecord] = {}
    for name in remote.head.shards if remote.head else ():
        if name not in state.shards:
            files |= files_in(_object(name, remote, destination))
    if outside := sorted(path for path in files if not is_inside(path)):
        place = destination.label + HEAD
        problem = f"names a file outside of this folder: {outside[0]}"
        raise TargetError(Diagnostic(code="manifest-invalid", place=place, problem=problem))
    return files


def _refuse_if_behind(
    remote: Remote, destination: Destination, state: ObjectSet, ledger: bytes
) -> None:
    pieces = remote.head.pieces if remote.head else ()
    differing = [name for name in pieces if name not in state.pieces]
    if not differing:
        return
    known = set(ledger.splitlines())
    unknown = [
        line
        for name in differing
        for line in _object(name, remote, destination).splitlines()
        if line not in known
    ]
    if unknown:
        raise BehindError(
            Diagnostic(
                code="ledger-behind",
                place=destination.label,
                problem=f"its ledger has {counted(len(unknown), 'line')} that this folder does not "
                "know: another machine has pushed there",
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
    place = destination.label + path
    problem = "is gone, though the manifest there needs it: somebody has removed it"
    remedy = f"Put it back. If that can't be done, remove {HEAD} there: the next push sends all."
    raise TargetError(
        Diagnostic(code="object-missing", place=place, problem=problem, remedy=remedy)
    )
