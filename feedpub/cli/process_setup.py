"""What a process gets from whoever starts it, made good: its streams and its locale."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def open_closed_streams() -> None:
    """Opens the standard streams that are closed, in the order of their numbers.

    The next file that is opened would get the number of one, and what is meant for the stream.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def leave_other_encodings() -> None:
    """Starts again in Python's UTF-8 mode where the locale would have names in another encoding.

    The names of articles are UTF-8 in every locale, and so is what the messages repeat of them.
    """
    if sys.getfilesystemencoding() != "utf-8":
        program, *arguments = sys.orig_argv
        os.execv(sys.executable, [program, "-X", "utf8", *arguments])
