"""Two machines push to one target at the same time, and die now and then; readers notice nothing.

Each machine adds an entry to its ledger, makes feeds of all the entries that it knows, and pushes;
where the target knows more, it pulls and tries again. A quarter of the pushes die between two
requests. A feed says how many entries it has and ends with the digest of what it says, so that a
reader sees what is torn, and what is older than what it has read before. The control does the same
without the protocol, to show that these readers do see it.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from feedpub.errors import BehindError, UnreachableError
from feedpub.hosts.credentials import Credentials
from feedpub.hosts.destinations import ANYHOW, Condition, Destination, Stored, Upload, connect
from feedpub.hosts.push import session
from feedpub.hosts.push.compare import remote_ledger
from feedpub.hosts.push.documents import LocalDocument
from feedpub.hosts.push.job import PushJob
from feedpub.hosts.push.objects import FileRecord, digest
from feedpub.hosts.serving import media_type
from feedpub.http.client import make_client
from feedpub.ledger.merge import merge
from feedpub.settings import Target

from ..servers import Server, apache_dav, lighttpd_dav, nginx_dav, seaweedfs

pytestmark = pytest.mark.real

NOW = datetime(2026, 6, 15, tzinfo=UTC)
PUBLISHES = 40
PATHS = ("atom.xml", "index.html", "rss.xml")
LEASE = 1.0


class Killed(BaseException):
    """The machine stopped between two requests."""


@dataclass
class Mortal:
    """A destination that is cut off after some requests, for good."""

    inner: Destination
    lives: int

    @property
    def label(self) -> str:
        return self.inner.label

    @property
    def conditional_writes(self) -> bool:
        return self.inner.conditional_writes

    def _next(self) -> Destination:
        if self.lives == 0:
            raise Killed
        self.lives -= 1
        return self.inner

    def read(self, path: str) -> Stored | None:
        return self._next().read(path)

    def etag(self, path: str) -> str | None:
        return self._next().etag(path)

    def write(self, upload: Upload, when: Condition) -> str:
        return self._next().write(upload, when)

    def remove(self, path: str) -> None:
        self._next().remove(path)

    def make_folder_exclusively(self, path: str) -> bool | None:
        return self._next().make_folder_exclusively(path)

    def move_folder(self, path: str, to: str) -> bool:
        return self._next().move_folder(path, to)

    def remove_folder(self, path: str) -> None:
        self._next().remove_folder(path)

    def close(self) -> None:
        self.inner.close()


def feed_of(ledger: bytes) -> bytes:
    """A document of all entries in `ledger`, whatever the order of its lines."""
    lines = sorted(set(ledger.splitlines()))
    body = b"%d\n" % len(lines) + b"\n".join(lines) + b"\n" + b"padding " * 2000
    return body + b"\n" + hashlib.sha256(body).hexdigest().encode()


def entries_in(document: bytes) -> int:
    """How many entries a document has; raises AssertionError where it is torn."""
    body, _, seal = document.rstrip(b"\n").rpartition(b"\n")
    assert hashlib.sha256(body).hexdigest().encode() == seal, "torn"
    return int(body.partition(b"\n")[0])


def document(path: str, content: bytes) -> LocalDocument:
    record = FileRecord(sha256=digest(content), size=len(content), media_type=media_type(path))
    return LocalDocument(path=path, record=record, read=lambda: content)


@dataclass
class Machine:
    """One of the two; `dice` decides when it dies."""

    name: str
    destination: Destination
    target: Target
    dice: random.Random
    ledger: bytes = b'{"ledger":1}\n'
    pushed: int = 0
    killed: int = 0

    def publish(self, number: int) -> None:
        self.ledger += f'{{"entry":"{self.name}-{number}"}}\n'.encode()
        dies = self.dice.random() < 0.25
        self.push(self.dice.randrange(1, 20) if dies else -1)

    def push(self, lives: int = -1) -> None:
        """Pushes until it has worked, or the machine is dead."""
        mortal = Mortal(self.destination, lives)
        with contextlib.suppress(Killed):
            while not self._pushed(mortal):
                pass
            self.pushed += 1
            return
        self.killed += 1

    def _pushed(self, mortal: Mortal) -> bool:
        content = feed_of(self.ledger)
        job = PushJob(
            target=self.target,
            destination=mortal,
            clients=make_client,
            documents={path: document(path, content) for path in PATHS},
            ledger=self.ledger,
            now=NOW,
            lease=LEASE,
        )
        with contextlib.suppress(UnreachableError):
            try:
                session.push_documents(job)
                return True
            except BehindError:
                self.ledger = merge(self.ledger, remote_ledger(mortal)).content
        return False


@dataclass
class Careless(Machine):
    """Without the protocol: every file is sent as it is, the index last."""

    def _pushed(self, mortal: Mortal) -> bool:
        content = feed_of(self.ledger)
        for path in ("atom.xml", "rss.xml", "index.html"):
            mortal.write(Upload.of(path, content), ANYHOW)
        return True


@dataclass
class Reader:
    """Reads all the time, and writes down what should not be."""

    public: str
    reads: int = 0
    faults: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def read_on(self) -> None:
        newest = dict.fromkeys(PATHS, 0)
        with httpx.Client() as client:
            while not self.over.is_set():
                for path in PATHS:
                    self._read(client, path, newest)

    def _read(self, client: httpx.Client, path: str, newest: dict[str, int]) -> None:
        reply = client.get(self.public + path)
        if reply.status_code == 404 and newest[path] == 0:
            return
        self.reads += 1
        if reply.status_code != 200:
            self.faults.append(f"{path}: {reply.status_code}")
            return
        try:
            entries = entries_in(reply.content)
        except AssertionError:
            self.faults.append(f"{path}: torn")
            return
        if entries < newest[path]:
            self.faults.append(f"{path}: {entries} entries after {newest[path]}")
        newest[path] = entries


@contextlib.contextmanager
def readers(public: str) -> Iterator[list[Reader]]:
    both = [Reader(public), Reader(public)]
    threads = [threading.Thread(target=each.read_on) for each in both]
    for thread in threads:
        thread.start()
    try:
        yield both
    finally:
        for each in both:
            each.over.set()
        for thread in threads:
            thread.join()


def race(server: Server, kind: type[Machine], seed: int) -> tuple[list[Machine], list[Reader]]:
    machines = [
        kind(
            name=name,
            destination=connect(server.target, Credentials(server.environ), make_client),
            target=server.target,
            dice=random.Random(f"{seed}{name}"),
        )
        for name in ("ada", "grace")
    ]

    def work(machine: Machine) -> None:
        for number in range(PUBLISHES):
            machine.publish(number)
            time.sleep(machine.dice.uniform(0, 0.05))

    with readers(server.public) as watching:
        with ThreadPoolExecutor() as pool:
            list(pool.map(work, machines))
        for machine in (*machines, *machines):
            machine.push()
    for machine in machines:
        machine.destination.close()
    return machines, watching


@pytest.fixture(params=[seaweedfs, nginx_dav, apache_dav, lighttpd_dav])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    with request.param(tmp_path) as server:
        yield server


def test_nobody_reads_a_torn_or_an_older_feed_and_no_entry_is_lost(server: Server) -> None:
    machines, watching = race(server, Machine, seed=1)
    assert [fault for reader in watching for fault in reader.faults] == []
    assert sum(reader.reads for reader in watching) > 500
    assert sum(machine.killed for machine in machines) > PUBLISHES // 4
    everything = {
        f'{{"entry":"{name}-{number}"}}'.encode()
        for name in ("ada", "grace")
        for number in range(PUBLISHES)
    }
    for machine in machines:
        assert everything <= set(machine.ledger.splitlines())
    expected = feed_of(machines[0].ledger)
    for path in PATHS:
        assert httpx.get(server.public + path).content.rstrip(b"\n") == expected


def test_without_the_protocol_these_readers_do_see_older_feeds(tmp_path: Path) -> None:
    with seaweedfs(tmp_path) as server:
        machines, watching = race(server, Careless, seed=1)
        final = entries_in(httpx.get(server.public + "atom.xml").content)
    assert any("entries after" in fault for reader in watching for fault in reader.faults)
    assert final < 2 * PUBLISHES
    assert len(machines) == 2


@dataclass
class Overtaken(Mortal):
    """Runs `meanwhile` when the document at `path` is first read back."""

    path: str = ""
    meanwhile: Callable[[], object] = list

    def read(self, path: str) -> Stored | None:
        if path == self.path:
            self.path = ""
            self.meanwhile()
        return super().read(path)


def test_a_late_removal_spares_what_another_machine_has_brought_back(tmp_path: Path) -> None:
    with seaweedfs(tmp_path) as server:
        place = connect(server.target, Credentials(server.environ), make_client)

        def push(ledger: bytes, text: bytes, *paths: str, destination: Destination = place) -> None:
            session.push_documents(
                PushJob(
                    target=server.target,
                    destination=destination,
                    clients=make_client,
                    documents={path: document(path, text) for path in paths},
                    ledger=ledger,
                    now=NOW,
                )
            )

        one, two = b'{"ledger":1}\n', b'{"ledger":1}\n{"entry":"of the other"}\n'
        push(one, b"first", "atom.xml", "page.html")
        overtaken = Overtaken(
            place,
            lives=-1,
            path="atom.xml",
            meanwhile=lambda: push(two, b"third", "atom.xml", "page.html"),
        )
        with pytest.raises(BehindError):
            push(one, b"second", "atom.xml", destination=overtaken)
        place.close()
        assert httpx.get(server.public + "page.html").content == b"third"
