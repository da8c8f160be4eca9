"""What pip has to be told to install this version of feedpub on another machine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib import metadata

from ..errors import Diagnostic, Severity
from ..version import VERSION
from .job import Job
from .kind import SchedulerKind

_PACKAGE = "feedpub"
# `name==1.0`, a file with the version in its name, or an address of git with a revision.
_PINNED = re.compile(
    r"==|\.(whl|zip|tar\.gz)\b|git\+\w+://(?:[^/@]+@)?[^/@]+/[^@]+@[^@\s#]+", re.IGNORECASE
)
_REMEDY = (
    'Set install = "git+https://host/feedpub.git@REVISION" under [publish], or the path of a wheel '
    "in the repository."
)


def requirement(job: Job) -> str:
    """The requirement of pip for the runs of `job`, with a version wherever it has a say."""
    return job.install or _installed_from(job.extras) or _with_extras(job.extras, f"=={VERSION}")


def install_notes(kind: SchedulerKind, job: Job) -> Iterator[Diagnostic]:
    """Notes on what a service can't install, or installs in another version each time."""
    if kind.is_local:
        return
    if not (job.install or _installed_from(job.extras)):
        yield _note(
            "install-unknown",
            "[publish] install",
            "is not set, and where this feedpub was installed from is no place for other machines",
        )
    elif job.install and not _PINNED.search(job.install):
        yield _note("install-not-pinned", "[publish] install", "names no version of feedpub")


def _note(code: str, place: str, problem: str) -> Diagnostic:
    return Diagnostic(
        code=code, severity=Severity.NOTE, place=place, problem=problem, remedy=_REMEDY
    )


def _installed_from(extras: tuple[str, ...]) -> str:
    try:
        recorded = metadata.distribution(_PACKAGE).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return ""
    if recorded is None:
        # Without the file, it came from an index (PEP 610), which has that version.
        return _with_extras(extras, f"=={VERSION}")
    url = direct_url(json.loads(recorded))
    return _with_extras(extras, f" @ {url}") if url else ""


def _with_extras(extras: tuple[str, ...], rest: str) -> str:
    return f"{_PACKAGE}[{','.join(extras)}]{rest}" if extras else f"{_PACKAGE}{rest}"


def direct_url(recorded: Mapping[str, object]) -> str:
    """The address in a direct_url.json (PEP 610), at its very commit or digest; "" for a folder or
    a file of this machine."""
    url, vcs, archive = str(recorded["url"]), recorded.get("vcs_info"), recorded.get("archive_info")
    if url.startswith("file:"):
        return ""
    if isinstance(vcs, dict):
        folder = recorded.get("subdirectory")
        fragment = f"#subdirectory={folder}" if folder else ""
        return f"{vcs['vcs']}+{url}@{vcs['commit_id']}{fragment}"
    if isinstance(archive, dict):
        digest = (archive.get("hashes") or {}).get("sha256")
        return f"{url}#sha256={digest}" if digest else url
    return ""
