"""Repairs what a process inherits: closed standard streams, and a locale that is not UTF-8."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def open_closed_streams() -> None:
    """Opens the standard streams that are closed to /dev/null, in the order of their numbers.

    Else the next file that is opened gets the descriptor of one, and what is printed goes into it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def restart_in_utf8_mode() -> None:
    """Starts the process again in Python's UTF-8 mode where the locale has another encoding.

    The names of articles are UTF-8 in every locale, and so is what the messages repeat of them.
    """
    if sys.getfilesystemencoding() != "utf-8":
        program, *arguments = sys.orig_argv
        os.execv(sys.executable, [program, "-X", "utf8", *arguments])


def respect_no_color() -> None:
    """Makes help and errors about the call plain text where NO_COLOR is set (no-color.org).

    Typer passes on to Rich whether to style at all, and Rich takes NO_COLOR for colours only.
    """
    if os.environ.get("NO_COLOR"):
        os.environ.setdefault("_TYPER_FORCE_DISABLE_TERMINAL", "1")
