"""Runs feedpub on a terminal of its own, and gives what it prints there."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path


def on_terminal(*arguments: str, folder: Path, **environment: str) -> str:
    """What `feedpub` prints in `folder`, on stdout and stderr, escape sequences included."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "feedpub", *arguments],
        cwd=folder,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", **environment},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    printed = b""
    try:
        while chunk := os.read(ours, 65536):
            printed += chunk
    except OSError:
        # Linux says EIO when the last process has closed its side.
        pass
    finally:
        os.close(ours)
    process.wait()
    return printed.decode()
