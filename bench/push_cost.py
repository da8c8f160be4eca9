"""Counts the requests and bytes of a push: nothing changed, and one article changed.

    python bench/push_cost.py [FILES ...]          (100 10000 100000, if you don't say)

The target is a folder behind a counter, once as a store that compares and swaps (S3), once with a
lock (WebDAV); documents have 1 kB, the ledger has a line for each. What was sent is read back from
the target, as it has no public address.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from feedpub.hosts.destinations import Condition, Stored, Upload
from feedpub.hosts.destinations.directory import Directory
from feedpub.hosts.push import session
from feedpub.hosts.push.documents import local_documents
from feedpub.hosts.push.job import PushJob
from feedpub.http.client import make_client
from feedpub.settings import Target

NOW = datetime(2026, 6, 15, tzinfo=UTC)


@dataclass
class Counted:
    """A folder behind a counter of requests and of bytes in both directions."""

    inner: Directory
    conditional_writes: bool
    label: str = "counted:"
    requests: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    received: int = 0

    def read(self, path: str) -> Stored | None:
        self.requests["GET"] += 1
        stored = self.inner.read(path)
        self.received += len(stored.content) if stored else 0
        return stored

    def etag(self, path: str) -> str | None:
        self.requests["HEAD"] += 1
        return self.inner.etag(path)

    def write(self, upload: Upload, when: Condition) -> str:
        self.requests["PUT"] += 1
        self.sent += len(upload.content)
        return self.inner.write(upload, when)

    def remove(self, path: str) -> None:
        self.requests["DELETE"] += 1
        self.inner.remove(path)

    def make_folder_exclusively(self, path: str) -> bool | None:
        self.requests["MKCOL"] += 1
        return self.inner.make_folder_exclusively(path)

    def move_folder(self, path: str, to: str) -> bool:
        self.requests["MOVE"] += 1
        return self.inner.move_folder(path, to)

    def remove_folder(self, path: str) -> None:
        self.requests["DELETE"] += 1
        self.inner.remove_folder(path)

    def close(self) -> None:
        pass

    def __str__(self) -> str:
        kinds = ", ".join(f"{number} {verb}" for verb, number in sorted(self.requests.items()))
        return (
            f"{self.requests.total():>6} requests ({kinds}), "
            f"{self.sent:,} bytes sent, {self.received:,} received"
        )


def push(root: Path, ledger: bytes, *, conditional_writes: bool) -> Counted:
    counted = Counted(Directory(root / "served"), conditional_writes)
    session.push_documents(
        PushJob(
            target=Target(name="", url="file:///", parallel=1),
            destination=counted,
            clients=make_client,
            documents=local_documents(root / "feeds", ()),
            ledger=ledger,
            now=NOW,
        )
    )
    return counted


def line(number: int) -> bytes:
    digest = f"{number * 2654435761 % 2**32:08x}"
    return (
        f'{{"at":"2026-06-15T00:00:00Z","entry":"tag:example.org,2026-06-15:article-{number}",'
        f'"path":"2026/article-{number}.md","published":"2026-06-15T00:00:00Z",'
        f'"updated":"2026-06-15T00:00:00Z","source":"{digest * 3}","content":"{digest[::-1] * 3}",'
        f'"sketch":"{digest} {digest[::-1]}"}}\n'
    ).encode()


def measure(files: int, *, conditional_writes: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "feeds").mkdir()
        for number in range(files - 2):
            page = root / "feeds" / f"{number % 100:02}" / f"{number}.html"
            page.parent.mkdir(exist_ok=True)
            page.write_text(f"{number} " * (1000 // len(f"{number} ")), encoding="utf-8")
        for name in ("atom.xml", "rss.xml"):
            (root / "feeds" / name).write_text("entry " * 8000, encoding="utf-8")
        ledger = b'{"ledger":1}\n' + b"".join(map(line, range(files)))
        push(root, ledger, conditional_writes=conditional_writes)
        print(f"  no change     {push(root, ledger, conditional_writes=conditional_writes)}")
        for name in ("atom.xml", "rss.xml", "00/0.html"):
            (root / "feeds" / name).write_text("changed " * 6000, encoding="utf-8")
        counted = push(root, ledger + line(files), conditional_writes=conditional_writes)
        print(f"  one article   {counted}")


def main() -> None:
    for files in map(int, sys.argv[1:] or ("100", "10000", "100000")):
        for conditional_writes, kind in ((True, "compare and swap"), (False, "lock")):
            print(f"{files:,} files, {kind}")
            measure(files, conditional_writes=conditional_writes)


if __name__ == "__main__":
    main()
