"""Documents here and what the target holds to a plan: what goes up, in which order, what goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ..serving import DocumentKind, document_kind
from .manifest import FileRecord, Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A document that goes up; `why` is "new", "changed" or "unfinished"."""

    path: str
    size: int
    why: str

    @property
    def document_kind(self) -> DocumentKind:
        """When it goes up."""
        return document_kind(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a push is going to do: `uploads` in order, `removals` last.

    `skipped_removals` are files that should go but are too many for `max_delete`; `archived` ones
    stay for ever, as subscribers may come back to them. The manifest keeps both.
    """

    uploads: tuple[Step, ...] = ()
    removals: tuple[str, ...] = ()
    skipped_removals: tuple[str, ...] = ()
    archived: tuple[str, ...] = ()
    kept: int = 0


def make_plan(
    here: Mapping[str, FileRecord],
    there: Mapping[str, FileRecord],
    head: Head | None,
    *,
    alike: Collection[str] = (),
    max_delete: int,
) -> Plan:
    """Compares the files `here` with those `there`, which need hold only what may differ: files
    that are not among them are `alike`."""
    unfinished = set(head.pending if head else ())
    uploads = [
        Step(path=path, size=record.size, why=_why(record, there.get(path)))
        for path, record in here.items()
        if path in unfinished or (path not in alike and _differs(record, there.get(path)))
    ]
    surplus = sorted({*there, *(head.leaving if head else ())} - here.keys())
    archived = tuple(path for path in surplus if document_kind(path) is DocumentKind.IMMUTABLE)
    removals = tuple(path for path in surplus if document_kind(path) is not DocumentKind.IMMUTABLE)
    too_many = len(removals) > max_delete
    return Plan(
        uploads=tuple(sorted(uploads, key=lambda step: (step.document_kind, step.path))),
        removals=() if too_many else removals,
        skipped_removals=removals if too_many else (),
        archived=archived,
        kept=len(here) - len(uploads),
    )


def _differs(here: FileRecord, there: FileRecord | None) -> bool:
    return there is None or (here.sha256, here.media_type) != (there.sha256, there.media_type)


def _why(here: FileRecord, there: FileRecord | None) -> str:
    if there is None:
        return "new"
    return "changed" if _differs(here, there) else "unfinished"
