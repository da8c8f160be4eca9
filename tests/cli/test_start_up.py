"""What a command does not need is not loaded."""

from __future__ import annotations

import subprocess
import sys

from ..test_structure import DOORS


def loaded_by(*arguments: str) -> set[str]:
    program = (
        "import sys\n"
        f"sys.argv = ['feedpub', *{list(arguments)!r}]\n"
        "from feedpub.cli.app import run\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def test_the_version_is_told_without_any_heavy_library() -> None:
    assert loaded_by("--version") & DOORS.keys() == {"typer"}
