"""What a push is going to do: what goes up, in which order, and what is removed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ...text.wording import counted
from ..serving import DocumentKind, document_kind
from .manifest import Head
from .objects import FileRecord


class UploadReason(StrEnum):
    """Why a document goes up; UNFINISHED ones an earlier push has not been seen to end with."""

    NEW = "new"
    CHANGED = "changed"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A document that goes up; its `size` is in bytes."""

    path: str
    size: int
    why: UploadReason

    @property
    def document_kind(self) -> DocumentKind:
        """When it goes up."""
        return document_kind(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a push is going to do: `uploads` in order, `removals` last.

    `skipped_removals` are files that should go but are too many for `max_delete`; `archived` ones
    stay for ever, as subscribers may come back to them. The manifest keeps both. `kept` counts the
    documents that stand there already.
    """

    uploads: tuple[Step, ...] = ()
    removals: tuple[str, ...] = ()
    skipped_removals: tuple[str, ...] = ()
    archived: tuple[str, ...] = ()
    kept: int = 0

    @property
    def problems(self) -> tuple[str, ...]:
        """What is not going to be done, a sentence each."""
        return skipped_removals_problem(self.skipped_removals)


def skipped_removals_problem(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Says that the files at `paths` are too many to be removed; nothing where there are none."""
    if not paths:
        return ()
    return (
        f"{counted(len(paths), 'file')} that are gone here stay on the host, as that is more than "
        f"max_delete allows, such as {paths[0]}. If that is right, raise max_delete.",
    )


def make_plan(
    here: Mapping[str, FileRecord],
    there: Mapping[str, FileRecord],
    head: Head | None,
    *,
    unchanged: Collection[str] = (),
    max_delete: int,
) -> Plan:
    """Compares the files `here` with those `there`, by path; the second need hold only what may
    differ, and not the files that are `unchanged`."""
    unfinished = set(head.pending if head else ())
    uploads = [
        Step(path=path, size=record.size, why=_why(record, there.get(path)))
        for path, record in here.items()
        if path in unfinished or (path not in unchanged and _differs(record, there.get(path)))
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


def _why(here: FileRecord, there: FileRecord | None) -> UploadReason:
    if there is None:
        return UploadReason.NEW
    return UploadReason.CHANGED if _differs(here, there) else UploadReason.UNFINISHED
