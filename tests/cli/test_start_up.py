"""What a command does not need is not loaded."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ..test_structure import DOORS
from ..workshop import CONFIG, Workshop


def loaded_by(*arguments: str, folder: Path | None = None) -> set[str]:
    program = (
        "import sys\n"
        f"sys.argv = ['feedpub', *{list(arguments)!r}]\n"
        "from feedpub.cli.app import run\n"
        "try:\n    run()\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def test_the_version_is_told_without_any_heavy_library() -> None:
    assert loaded_by("--version") & DOORS.keys() == {"typer"}


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """A folder whose feeds are built and pushed to another one."""
    target = f'[push]\ntarget = "{(tmp_path / "served").as_uri()}"\npublic = ""\n'
    workshop = Workshop(tmp_path).start(CONFIG + target, a_txt="A title\n\nA text of it.\n")
    workshop.build()
    assert workshop.run("push").code == 0
    return workshop


@pytest.mark.parametrize("command", ["build", "push", "publish"])
def test_what_asks_no_web_server_loads_no_http_client(workshop: Workshop, command: str) -> None:
    loaded = loaded_by(command, folder=workshop.root)
    assert "feedpub.config" in loaded, "the command must have run"
    assert loaded & {"httpx", "stamina"} == set()
