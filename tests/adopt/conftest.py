"""Folders that adopt a feed, a web server that has one, and a subscriber."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from reader import Reader, make_reader

from ..workshop import Workshop
from .host import Host
from .old_feeds import CONFIG, SAMPLES


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    workshop = Workshop(tmp_path / "folder").start(CONFIG)
    shutil.copytree(SAMPLES / "articles", workshop.root / "articles", dirs_exist_ok=True)
    return workshop


@pytest.fixture
def settled(workshop: Workshop) -> Workshop:
    """The same, without the article that the old feeds don't have."""
    (workshop.root / "articles" / "newcomer.md").unlink()
    return workshop


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    thread = threading.Thread(target=host.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield host
    host.server.shutdown()
    thread.join()
    host.server.server_close()


@pytest.fixture
def subscriber() -> Iterator[Reader]:
    with make_reader(":memory:") as reader:
        yield reader
