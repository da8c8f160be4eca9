"""When each file of a folder was first and last committed to git."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

# A commit is `@`, its author date in seconds, and a line feed; a file is its status and one path,
# or two for a rename. All end with NUL.
_LOG = ("log", "-z", "-M", "--name-status", "--diff-filter=AMR", "--format=format:@%at")
# What a hook sets for the git commands that it runs itself.
_OF_HOOKS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitDates:
    """The author dates of the first and the last commit of a file."""

    first: datetime
    last: datetime


class GitError(Exception):
    """Git can't tell the dates; the text continues a sentence that begins with the folder."""


def commit_dates(folder: Path, *, now: datetime) -> Mapping[str, CommitDates]:
    """The dates of the committed files below `folder`, by their paths there, with `/` and in NFC.

    Renames are followed, also from outside of `folder`; a commit later than `now` does not count.
    Raises GitError where there is no git or no repository, and for a shallow clone, whose first
    commits are missing.
    """
    answer = _git(folder, "rev-parse", "--is-shallow-repository", "--show-prefix").split("\n")
    is_shallow, prefix = answer[0], unicodedata.normalize("NFC", answer[1])
    if is_shallow == "true":
        raise GitError("is in a shallow clone, which lacks the first commits")
    moments: dict[str, list[int]] = {}
    for path, seconds in _commits(_git(folder, *_LOG)):
        if path.startswith(prefix) and 0 <= seconds <= now.timestamp():
            moments.setdefault(path.removeprefix(prefix), []).append(seconds)
    return {
        path: CommitDates(first=_moment(min(each)), last=_moment(max(each)))
        for path, each in moments.items()
    }


def _commits(log: str) -> Iterator[tuple[str, int]]:
    """The path that each committed file has now, with the date of the commit, newest first."""
    newest_name: dict[str, str] = {}
    seconds = 0
    tokens = iter(log.split("\0"))
    for token in tokens:
        date, _, status = token.rpartition("\n")
        if date:
            seconds = int(date.removeprefix("@"))
        if not status or status.startswith("@"):
            continue
        path = unicodedata.normalize("NFC", next(tokens))
        if status.startswith("R"):
            old, path = path, unicodedata.normalize("NFC", next(tokens))
            # From here on, back in time, the old name is this file.
            newest_name[old] = newest_name.get(path, path)
        yield newest_name.get(path, path), seconds


def _git(folder: Path, *words: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in _OF_HOOKS}
    try:
        done = subprocess.run(
            ["git", "-c", "log.showSignature=false", *words],
            cwd=folder,
            env={**environment, "LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
    except OSError:
        raise GitError("can't be asked for its commits: there is no git on this machine") from None
    if done.returncode != 0:
        reason = done.stderr.decode(errors="replace").strip().split("\n")[0]
        raise GitError(f"can't be asked for its commits: {reason.removeprefix('fatal: ')}")
    return done.stdout.decode(errors="surrogateescape")


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
