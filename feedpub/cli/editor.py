"""Opens files for a curator to edit."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Iterable
from pathlib import Path

import typer

from ..errors import Diagnostic, PageError


def open_in_editor(files: Iterable[Path]) -> None:
    """Opens `files` in the editor that VISUAL or EDITOR names, else as the desktop opens files.

    Raises PageError where the editor can't be run.
    """
    names = [str(file) for file in files]
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        for name in names:
            typer.launch(name)
        return
    try:
        subprocess.run([*shlex.split(editor), *names], check=False)
    except (OSError, ValueError) as error:
        problem, remedy = f"can't be run: {error}", "Correct VISUAL or EDITOR."
        raise PageError(
            Diagnostic(code="editor-unusable", place=editor, problem=problem, remedy=remedy)
        ) from None
