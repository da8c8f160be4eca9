"""A push: what goes up, what stays, what the target remembers, and what the next machine finds."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from feedpub.errors import BehindError, Diagnostic, OutputError, TargetError, UnreachableError
from feedpub.hosts.destinations import ABSENT, ANYHOW, Condition, Conflict, Unchanged, Upload
from feedpub.hosts.destinations.directory import Directory
from feedpub.hosts.push import session
from feedpub.hosts.push.compare import remote_ledger
from feedpub.hosts.push.concurrency import Concurrency
from feedpub.hosts.push.documents import local_documents
from feedpub.hosts.push.job import PushJob
from feedpub.hosts.push.manifest import HEAD, read_head
from feedpub.hosts.push.objects import digest, object_path, packed
from feedpub.hosts.push.plan import UploadReason
from feedpub.hosts.push.results import Receipt
from feedpub.hosts.serving import cache_control
from feedpub.http.client import make_client
from feedpub.settings import Target

from ...servers.scripted import Answer, Host, host

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
HOME = "https://example.org/feeds/"
TOPICS = {path: HOME + path for path in ("atom.xml", "rss.xml", "archive/atom.xml")}
LEASE = 0.5
ODD = b'{"feedpub_manifest":1,"generation":"1","nonce":"","writers":"lock"}'
LEDGER = b'{"ledger":1}\n'


class Killed(BaseException):
    """The machine stopped at this very moment."""


@dataclass
class Watched:
    """A destination that counts what is asked of it, and dies when it is told to."""

    inner: Directory
    requests: list[str] = field(default_factory=list)
    sent: int = 0
    dies_at: int = -1
    label: str = "watched:"
    conditional_writes: bool = False

    def _note(self, verb: str, path: str) -> None:
        if len(self.requests) == self.dies_at:
            raise Killed
        self.requests.append(f"{verb} {path}")

    def read(self, path: str):  # type: ignore[no-untyped-def]
        self._note("GET", path)
        return self.inner.read(path)

    def etag(self, path: str) -> str | None:
        self._note("HEAD", path)
        return self.inner.etag(path)

    def write(self, upload: Upload, when: Condition) -> str:
        self._note("PUT", upload.path)
        self.sent += len(upload.content)
        return self.inner.write(upload, when)

    def remove(self, path: str) -> None:
        self._note("DELETE", path)
        self.inner.remove(path)

    def make_folder_exclusively(self, path: str) -> bool | None:
        self._note("MKCOL", path)
        return self.inner.make_folder_exclusively(path)

    def move_folder(self, path: str, to: str) -> bool:
        self._note("MOVE", path)
        return self.inner.move_folder(path, to)

    def remove_folder(self, path: str) -> None:
        self._note("RMDIR", path)
        self.inner.remove_folder(path)

    def close(self) -> None:
        pass


@dataclass
class Stale(Watched):
    """A cache before the target still shows the old bytes of these documents."""

    stale: tuple[str, ...] = ()

    def read(self, path: str):  # type: ignore[no-untyped-def]
        stored = super().read(path)
        return replace(stored, content=b"old") if path in self.stale else stored


@dataclass
class ArticleCorpus:
    """A folder with feeds and a ledger, and a folder that is served."""

    root: Path
    ledger: bytes = LEDGER
    hubs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        (self.root / "feeds").mkdir(parents=True, exist_ok=True)

    @property
    def served(self) -> Path:
        return self.root.parent / "served"

    def write(self, **files: str) -> None:
        for name, text in files.items():
            path = self.root / "feeds" / ".".join(name.rsplit("_", 1)).replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def remember(self, line: str) -> None:
        self.ledger += line.encode() + b"\n"

    def job(self, destination: Directory | Watched | None = None, **stated: object) -> PushJob:
        target = Target(name="", url="file:///", parallel=1, **stated)  # type: ignore[arg-type]
        return PushJob(
            target=target,
            destination=destination or Directory(self.served),
            clients=make_client,
            documents=local_documents(self.root / "feeds", target.precompressed),
            ledger=self.ledger,
            now=NOW,
            topics=TOPICS if self.hubs else {},
            hubs=self.hubs,
            lease=LEASE,
        )

    def push(self, destination: Directory | Watched | None = None, **stated: object) -> Receipt:
        return session.push_documents(self.job(destination, **stated))

    def seen(self) -> Mapping[str, str]:
        return {
            file.relative_to(self.served).as_posix(): file.read_text(encoding="utf-8")
            for file in sorted(self.served.rglob("*"))
            if file.is_file() and ".feedpub" not in file.parts
        }


@pytest.fixture
def corpus(tmp_path: Path) -> ArticleCorpus:
    corpus = ArticleCorpus(tmp_path / "desk")
    corpus.write(
        atom_xml="<feed>1</feed>", rss_xml="<rss>1</rss>", index_html="home", about_html="us"
    )
    return corpus


@pytest.fixture
def hub(corpus: ArticleCorpus) -> Iterator[Host]:
    """A hub that is told of the feeds in `corpus`."""
    with host() as hub:
        corpus.hubs = (hub.url,)
        yield hub


def told(hub: Host) -> list[str]:
    """The paths of the feeds that the hub was told of, in order."""
    forms = [parse_qs(asked.body.decode()) for asked in hub.asked]
    return [form["hub.topic"][0].removeprefix(HOME) for form in forms]


def test_the_first_push_sends_everything_feeds_late_and_the_index_last(
    corpus: ArticleCorpus, hub: Host
) -> None:
    watched = Watched(Directory(corpus.served))
    receipt = corpus.push(watched)
    assert receipt.uploaded == ("about.html", "atom.xml", "rss.xml", "index.html")
    assert receipt.generation == 1
    assert corpus.seen() == {
        "about.html": "us",
        "atom.xml": "<feed>1</feed>",
        "index.html": "home",
        "rss.xml": "<rss>1</rss>",
    }
    puts = [each for each in watched.requests if each.startswith("PUT")]
    live = [each for each in puts if ".feedpub" not in each]
    assert live == ["PUT about.html", "PUT atom.xml", "PUT rss.xml", "PUT index.html"]
    assert puts.index(f"PUT {HEAD}") < puts.index("PUT about.html")
    assert told(hub) == ["atom.xml", "rss.xml"]
    assert not (corpus.served / ".feedpub" / "lock").exists()


def test_a_push_that_finds_nothing_new_is_one_request(corpus: ArticleCorpus) -> None:
    corpus.push()
    watched = Watched(Directory(corpus.served))
    receipt = corpus.push(watched)
    assert watched.requests == [f"GET {HEAD}"]
    assert (receipt.uploaded, receipt.kept, receipt.generation) == ((), 4, 1)


def test_only_what_changed_goes_up_and_only_changed_feeds_are_announced(
    corpus: ArticleCorpus, hub: Host
) -> None:
    corpus.push()
    hub.asked.clear()
    corpus.write(atom_xml="<feed>2</feed>")
    receipt = corpus.push()
    assert (receipt.uploaded, receipt.generation) == (("atom.xml",), 2)
    assert told(hub) == ["atom.xml"]
    assert corpus.seen()["atom.xml"] == "<feed>2</feed>"


def test_archives_and_hashed_files_go_up_before_anything_is_live_and_never_go(
    corpus: ArticleCorpus,
) -> None:
    corpus.write(archive__1_xml="old entries", **{"logo-0123456789abcdef_png": "picture"})
    watched = Watched(Directory(corpus.served))
    corpus.push(watched)
    order = [each for each in watched.requests if each.startswith("PUT")]
    assert order.index("PUT archive/1.xml") < order.index(f"PUT {HEAD}")
    assert order.index("PUT logo-0123456789abcdef.png") < order.index(f"PUT {HEAD}")
    (corpus.root / "feeds" / "archive" / "1.xml").unlink()
    (corpus.root / "feeds" / "about.html").unlink()
    assert corpus.push().removed == ("about.html",)
    assert "archive/1.xml" in corpus.seen()
    assert corpus.push().generation == 2


@pytest.mark.usefixtures("hub")
def test_a_feed_called_archive_and_a_page_with_a_date_in_its_name_are_live(
    corpus: ArticleCorpus,
) -> None:
    corpus.write(archive__atom_xml="<feed/>", **{"notes-20190502_html": "page"})
    receipt = corpus.push()
    assert "archive/atom.xml" in receipt.announced
    for path in ("archive/atom.xml", "notes-20190502.html"):
        assert "immutable" not in cache_control(path)
        (corpus.root / "feeds" / path).unlink()
    assert corpus.push().removed == ("archive/atom.xml", "notes-20190502.html")


def test_what_is_gone_here_goes_there_but_nothing_that_feedpub_did_not_put(
    corpus: ArticleCorpus,
) -> None:
    corpus.push()
    (corpus.served / "mine.txt").write_text("the curator's own", encoding="utf-8")
    (corpus.root / "feeds" / "about.html").unlink()
    receipt = corpus.push()
    assert receipt.removed == ("about.html",)
    assert "mine.txt" in corpus.seen()
    assert "about.html" not in corpus.seen()


def test_too_many_removals_are_spared_until_they_are_allowed(corpus: ArticleCorpus) -> None:
    corpus.write(**{f"page{n}_html": str(n) for n in range(5)})
    corpus.push()
    for n in range(5):
        (corpus.root / "feeds" / f"page{n}.html").unlink()
    receipt = corpus.push(max_delete=4)
    assert (receipt.removed, len(receipt.skipped_removals)) == ((), 5)
    assert "page0.html" in corpus.seen()
    corpus.write(atom_xml="<feed>2</feed>")
    assert len(corpus.push(max_delete=4).skipped_removals) == 5
    assert len(corpus.push(max_delete=5).removed) == 5
    assert "page0.html" not in corpus.seen()


def test_a_machine_that_died_at_any_request_is_made_good_by_the_next_push(
    corpus: ArticleCorpus, hub: Host, tmp_path: Path
) -> None:
    corpus.push()
    corpus.write(atom_xml="<feed>2</feed>", rss_xml="<rss>2</rss>", new_html="n")
    (corpus.root / "feeds" / "about.html").unlink()
    moment = 0
    finished = False
    while not finished:
        hub.asked.clear()
        copy = ArticleCorpus(tmp_path / f"{moment}" / "desk", corpus.ledger, corpus.hubs)
        shutil.copytree(corpus.root, copy.root, dirs_exist_ok=True)
        shutil.copytree(corpus.served, copy.served)
        try:
            copy.push(Watched(Directory(copy.served), dies_at=moment))
            finished = True
        except Killed:
            an_hour_later(copy)
            copy.push()
        assert copy.seen() == {
            "atom.xml": "<feed>2</feed>",
            "index.html": "home",
            "new.html": "n",
            "rss.xml": "<rss>2</rss>",
        }, f"after the machine died at request {moment}"
        assert set(told(hub)) == {"atom.xml", "rss.xml"}
        watched = Watched(Directory(copy.served))
        copy.push(watched)
        assert watched.requests == [f"GET {HEAD}"]
        moment += 1
    assert moment > 15


def an_hour_later(corpus: ArticleCorpus) -> None:
    """Ages what a machine that died has left, so that nobody need wait for its lease to end."""
    hour = 3600
    for file in (corpus.served / ".feedpub").rglob("owner.json"):
        os.utime(file, (file.stat().st_atime - hour, file.stat().st_mtime - hour))


def test_the_ledger_goes_along_and_only_its_end_goes_again(corpus: ArticleCorpus) -> None:
    for number in range(1500):
        corpus.remember(f'{{"entry":"tag:example.org,2026:{number}"}}')
    corpus.push()
    assert remote_ledger(Directory(corpus.served)) == corpus.ledger
    corpus.remember('{"entry":"tag:example.org,2026:new"}')
    watched = Watched(Directory(corpus.served))
    corpus.push(watched)
    objects = [each for each in watched.requests if each.startswith("PUT .feedpub/objects")]
    assert len(objects) == 1
    assert remote_ledger(Directory(corpus.served)) == corpus.ledger


@dataclass
class Overtaken(Watched):
    """Right after its head is read for the first time, another machine pushes twice."""

    others: tuple[ArticleCorpus, ...] = ()

    def read(self, path: str):  # type: ignore[no-untyped-def]
        stored = super().read(path)
        others, self.others = self.others, ()
        for each in others:
            each.push()
        return stored


def test_a_ledger_is_read_whole_while_another_machine_pushes(corpus: ArticleCorpus) -> None:
    corpus.push()
    ada = ArticleCorpus(corpus.root.parent / "ada", ledger=LEDGER + b'{"entry":"a"}\n')
    grace = ArticleCorpus(corpus.root.parent / "grace", ledger=ada.ledger + b'{"entry":"b"}\n')
    overtaken = Overtaken(Directory(corpus.served), others=(ada, grace))
    assert remote_ledger(overtaken) == grace.ledger
    assert overtaken.requests.count(f"GET {HEAD}") == 3


def test_a_target_that_knows_more_than_this_folder_stops_the_push(corpus: ArticleCorpus) -> None:
    corpus.push()
    other = ArticleCorpus(corpus.root.parent / "other", ledger=LEDGER + b'{"entry":"x"}\n')
    other.write(atom_xml="<feed>of the other</feed>")
    other.push()
    corpus.write(atom_xml="<feed>older</feed>")
    with pytest.raises(BehindError, match="feedpub pull"):
        corpus.push()
    assert corpus.seen()["atom.xml"] == "<feed>of the other</feed>"


def test_a_ledger_whose_lines_stand_in_another_order_knows_as_much(corpus: ArticleCorpus) -> None:
    corpus.remember('{"entry":"a"}')
    corpus.remember('{"entry":"b"}')
    corpus.push()
    corpus.ledger = LEDGER + b'{"entry":"b"}\n{"entry":"a"}\n{"entry":"c"}\n'
    assert corpus.push().generation == 2


def test_what_can_not_be_read_back_is_announced_by_a_later_push(
    corpus: ArticleCorpus, hub: Host
) -> None:
    stale = Stale(Directory(corpus.served), stale=("atom.xml",))
    for _ in range(2):
        receipt = corpus.push(stale)
        assert [each.place for each in receipt.unread] == ["atom.xml"]
        assert not receipt.is_complete
        assert told(hub) == ["rss.xml"], "of the other it must not fetch what is old"
    assert corpus.push().announced == ("atom.xml",)
    assert corpus.push().announced == ()


def test_hubs_are_not_told_of_compressed_copies_nor_of_a_feed_that_is_gone_by_now(
    corpus: ArticleCorpus, hub: Host
) -> None:
    corpus.write(atom_xml="<feed>" + "long " * 500 + "</feed>")
    hub.answer = lambda _: Answer(status=400)
    assert "atom.xml.gz" in corpus.push(precompressed=("gzip",)).uploaded
    (corpus.root / "feeds" / "rss.xml").unlink()
    hub.answer = lambda _: Answer()
    hub.asked.clear()
    corpus.push(precompressed=("gzip",))
    assert told(hub) == ["atom.xml"]


def test_a_hub_that_refused_is_told_again(corpus: ArticleCorpus, hub: Host) -> None:
    hub.answer = lambda _: Answer(status=400)
    receipt = corpus.push()
    assert [each.place for each in receipt.unannounced] == ["atom.xml", "rss.xml"]
    assert receipt.is_complete, "it can be read, which is what counts"
    hub.answer = lambda _: Answer()
    assert corpus.push().announced == ("atom.xml", "rss.xml")


def test_objects_that_no_generation_needs_go_after_one_more_push(corpus: ArticleCorpus) -> None:
    counts = []
    for number in range(5):
        corpus.write(atom_xml=f"<feed>{number}</feed>")
        corpus.remember(f'{{"entry":"{number}"}}')
        corpus.push()
        counts.append(len(list((corpus.served / ".feedpub" / "objects").iterdir())))
    assert counts == [2, 4, 4, 4, 4]


def test_a_lock_that_a_dead_machine_left_is_taken_over_when_its_time_is_over(
    corpus: ArticleCorpus,
) -> None:
    corpus.push()
    corpus.write(atom_xml="<feed>2</feed>")
    watched = Watched(Directory(corpus.served))
    watched.dies_at = 4
    with pytest.raises(Killed):
        corpus.push(watched)
    assert (corpus.served / ".feedpub" / "lock").exists()
    assert corpus.push().generation == 2
    assert not any((corpus.served / ".feedpub").glob("lock*"))


def test_what_keeps_machines_apart_is_found_out_anew_on_another_kind_of_host(
    corpus: ArticleCorpus,
) -> None:
    corpus.push()
    corpus.write(atom_xml="<feed>2</feed>")
    moved = Watched(Directory(corpus.served), conditional_writes=True)
    assert corpus.push(moved).concurrency is Concurrency.COMPARE_AND_SWAP
    assert not any(each.startswith("MKCOL") for each in moved.requests)
    corpus.write(atom_xml="<feed>3</feed>")
    assert corpus.push().concurrency is Concurrency.LOCK


def test_a_lock_holds_for_as_long_as_a_push_takes(corpus: ArticleCorpus) -> None:
    class SlowAndShaky(Watched):
        moods: tuple[str, ...] = ("", "busy", "away")

        def read(self, path: str):  # type: ignore[no-untyped-def]
            if path.endswith("owner.json") and self.moods[0] == "busy":
                self.moods = self.moods[1:]
                raise UnreachableError(
                    Diagnostic(code="host-unreachable", place=path, problem="is away for a moment")
                )
            return super().read(path)

        def write(self, upload: Upload, when: Condition) -> str:
            if upload.path == "archive/1.xml":
                self.moods = self.moods[1:]
                time.sleep(1.2)
            return super().write(upload, when)

    corpus.write(archive__1_xml="much")
    watched = SlowAndShaky(Directory(corpus.served))
    session.push_documents(replace(corpus.job(watched), lease=0.8))
    assert watched.moods == ("away",)
    assert watched.requests.count("PUT archive/1.xml") == 1


def test_a_lock_is_not_left_for_ever_where_the_target_tells_no_time(corpus: ArticleCorpus) -> None:
    class Timeless(Watched):
        def read(self, path: str):  # type: ignore[no-untyped-def]
            stored = super().read(path)
            return stored and replace(stored, date=None, modified=None)

    watched = Timeless(Directory(corpus.served))
    watched.dies_at = 12
    with pytest.raises(Killed):
        corpus.push(watched)
    assert (corpus.served / ".feedpub" / "lock" / "owner.json").exists()
    started = time.monotonic()
    assert corpus.push(Timeless(Directory(corpus.served))).generation == 2
    assert time.monotonic() - started < 5


def test_a_plan_writes_nothing(corpus: ArticleCorpus) -> None:
    plan = session.plan_push(corpus.job())
    first = plan.uploads[0]
    assert (first.path, first.why) == ("about.html", UploadReason.NEW)
    assert not corpus.served.exists()


def test_something_else_in_the_place_of_the_manifest_is_refused(corpus: ArticleCorpus) -> None:
    for content in (
        b"<html>",
        b'{"feedpub_manifest":99}',
        b"[]",
        b'{"feedpub_manifest":1,"x":2}',
        ODD,
        ODD.replace(b'"1"', b"1").replace(b"lock", b"quorum"),
    ):
        Directory(corpus.served).write(Upload.of(HEAD, content), ANYHOW)
        with pytest.raises(TargetError, match="manifest"):
            corpus.push()
    assert set(corpus.seen()) == set()


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("leaving", "../precious.txt"),
        ("leaving", "/precious.txt"),
        ("retired", "../../../precious.txt"),
        ("pending", "../precious.txt"),
    ],
)
def test_a_manifest_can_not_reach_out_of_its_folder(
    corpus: ArticleCorpus, key: str, path: str
) -> None:
    corpus.push()
    precious = corpus.root.parent / "precious.txt"
    precious.write_text("the curator's own", encoding="utf-8")
    manifest = corpus.served / HEAD
    stated = json.loads(manifest.read_bytes()) | {key: [path]}
    manifest.write_text(json.dumps(stated), encoding="utf-8")
    with pytest.raises(TargetError, match="is not a manifest of feedpub"):
        corpus.push()
    assert precious.exists()


def test_a_list_of_files_can_not_reach_out_of_its_folder(corpus: ArticleCorpus) -> None:
    corpus.push()
    evil = json.dumps({"../precious.txt": ["0" * 64, 1, "text/plain"]}).encode()
    (corpus.served / object_path(digest(evil))).write_bytes(packed(evil))
    manifest = corpus.served / HEAD
    stated = json.loads(manifest.read_bytes()) | {"shards": [digest(evil)]}
    manifest.write_text(json.dumps(stated), encoding="utf-8")
    with pytest.raises(TargetError, match="outside of this folder"):
        corpus.push()


def test_an_object_that_was_tampered_with_is_refused(corpus: ArticleCorpus) -> None:
    corpus.push()
    stored = Directory(corpus.served).read(HEAD)
    assert stored is not None
    name = read_head(stored.content, HEAD).shards[0]
    Directory(corpus.served).write(Upload.of(object_path(name), b"else"), ANYHOW)
    corpus.write(atom_xml="<feed>2</feed>")
    with pytest.raises(TargetError, match="does not hold what its name says"):
        corpus.push()


def test_an_object_that_somebody_has_removed_is_named_and_can_be_done_without(
    corpus: ArticleCorpus,
) -> None:
    corpus.remember('{"entry":"a"}')
    corpus.push()
    shutil.rmtree(corpus.served / ".feedpub" / "objects")
    corpus.write(atom_xml="<feed>2</feed>")
    for fails in (
        corpus.push,
        lambda: session.plan_push(corpus.job()),
        lambda: remote_ledger(Directory(corpus.served)),
    ):
        with pytest.raises(TargetError, match=r"is gone.*remove \.feedpub/manifest\.json"):
            fails()
    (corpus.served / HEAD).unlink()
    corpus.push()
    assert corpus.seen()["atom.xml"] == "<feed>2</feed>"
    assert remote_ledger(Directory(corpus.served)) == corpus.ledger


def test_compressed_copies_go_along_and_come_again_the_same(corpus: ArticleCorpus) -> None:
    corpus.write(atom_xml="<feed>" + "long " * 500 + "</feed>")
    precompressed = ("gzip", "brotli")
    receipt = corpus.push(precompressed=precompressed)
    assert {"atom.xml.gz", "atom.xml.br"} <= set(receipt.uploaded)
    assert "rss.xml.gz" not in receipt.uploaded
    assert corpus.push(precompressed=precompressed).uploaded == ()


def test_without_an_output_folder_there_is_nothing_to_push(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="feedpub build"):
        local_documents(tmp_path / "nowhere", ())


def test_what_can_not_be_read_or_has_no_address_is_named(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.html")
    (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match=r"caf\\xe9\.html: has a name that is not UTF-8"):
        local_documents(tmp_path, ())
    (tmp_path / name).unlink()
    (tmp_path / "round").symlink_to(".")
    with pytest.raises(OutputError, match="Too many levels of symbolic links"):
        local_documents(tmp_path, ())


def test_a_write_on_a_condition_that_does_not_hold_is_a_conflict(tmp_path: Path) -> None:
    place = Directory(tmp_path)
    etag = place.write(Upload.of("a.txt", b"1"), ABSENT)
    with pytest.raises(Conflict):
        place.write(Upload.of("a.txt", b"2"), ABSENT)
    with pytest.raises(Conflict):
        place.write(Upload.of("a.txt", b"2"), Unchanged('"other"'))
    place.write(Upload.of("a.txt", b"2"), Unchanged(etag))


def test_a_store_is_asked_for_many_files_at_once(corpus: ArticleCorpus) -> None:
    class Distant(Watched):
        def etag(self, path: str) -> str | None:
            meeting.wait(timeout=5)
            return super().etag(path)

    meeting = threading.Barrier(2)
    corpus.push(Watched(Directory(corpus.served), conditional_writes=True))
    corpus.write(atom_xml="<feed>2</feed>", rss_xml="<rss>2</rss>")
    job = corpus.job(Distant(Directory(corpus.served), conditional_writes=True))
    session.push_documents(replace(job, target=replace(job.target, parallel=2)))
    assert corpus.seen()["rss.xml"] == "<rss>2</rss>"
