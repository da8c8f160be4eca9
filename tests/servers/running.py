"""Starts a program that serves, waits until it answers, and stops it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from feedpub.settings import Target

USER, PASSWORD = "curator", "a pass/word: 1"
PATIENCE = 20.0


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server that runs: what to push to, who logs in, and where anybody may read."""

    target: Target
    environ: Mapping[str, str]
    public: str
    log: Path
    root: Path = field(default_factory=Path)


def program(name: str, package: str) -> str:
    """The path of a program; without it the test is skipped, but never under CI."""
    places = (os.environ.get("PATH", ""), "/usr/sbin", str(Path(sys.executable).parent))
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None and os.environ.get("CI") != "true":
        pytest.skip(f"{name} is not installed; it comes with {package}")
    assert found is not None, f"{name} is not installed; it comes with {package}"
    return found


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@contextlib.contextmanager
def running(command: Sequence[str], log: Path, url: str) -> Iterator[None]:
    """Runs `command` until the block is over; it answers at `url` when the block begins."""
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
    try:
        _wait_for(process, url, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(url, timeout=2)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{process.args!r} does not answer: {log.read_text(errors='replace')}")
