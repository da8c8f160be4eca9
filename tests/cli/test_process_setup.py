"""What a command makes of a process whose streams or locale are not as they should be."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ..workshop import CONFIG_WITH_LINKS, Workshop

ARTICLE = "A title\n\nA paragraph of text that stands in the feed.\n"


def feedpub(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `command`, words for a shell, as a process of its own."""
    return subprocess.run(
        ["sh", "-c", f'"$PYTHON" -m feedpub {command}'],
        cwd=folder,
        env={"PYTHON": sys.executable, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("command", ["build <&-", "build >&-", "status >&-", "build -v 2>&-"])
def test_nobody_misses_a_stream_that_is_closed(tmp_path: Path, command: str) -> None:
    Workshop(tmp_path).start(CONFIG_WITH_LINKS, a_txt=ARTICLE)
    done = feedpub(tmp_path, command)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_names_of_articles_are_the_same_in_every_locale(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path).start(CONFIG_WITH_LINKS)
    workshop.article("żółw – 🐢.txt", ARTICLE)
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = feedpub(tmp_path, "build", **plain)
    assert (done.returncode, done.stderr) == (0, "")
    assert "new: żółw – 🐢.txt" in done.stdout
    assert "żółw – 🐢.txt" in feedpub(tmp_path, "status 'żółw – 🐢.txt'", **plain).stdout
    assert "gone" not in workshop.build().stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no /dev/full")
@pytest.mark.parametrize("command", ["build", "build --json", "status", "--help"])
def test_an_output_that_is_full_is_told_in_a_sentence(tmp_path: Path, command: str) -> None:
    Workshop(tmp_path).start(CONFIG_WITH_LINKS, a_txt=ARTICLE)
    done = feedpub(tmp_path, f"{command} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == "feedpub: what it says can't be written: No space left on device\n"
