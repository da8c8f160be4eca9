"""Builds every folder of tests/cases with the code of a revision and with that of this tree, pushes
each to a folder, and shows what differs in feeds, ledger and manifest.

    python bench/compare_outputs.py REVISION

Exit code 0: nothing differs. 1: something does, and it is printed. The moments, host names and
nonces that a push writes are left out of the comparison.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"
# What differs from push to push: it does not say what is on the target.
OF_ONE_PUSH = ("nonce", "at", "by")
RUN = """
import sys, pathlib
from datetime import UTC, datetime
from feedpub.cli import clock
from feedpub.cli.app import run

clock.now = lambda: datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
run()
"""


def feedpub(code: Path, folder: Path, *arguments: str) -> str:
    """What a command says in `folder`, run with the package below `code`."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", RUN, *arguments],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(code), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return said.replace(str(folder), "FOLDER")


def outputs(code: Path, case: Path, folder: Path) -> dict[str, bytes]:
    """The feeds, the ledger and the pushed files of one case, by path, and what was said."""
    shutil.copytree(case, folder)
    target = folder / "target"
    config = folder / "config.toml"
    with config.open("a", encoding="utf-8") as stream:
        stream.write(f'\n[[target]]\nname = "here"\nurl = "{target.as_uri()}/"\n')
    said = [feedpub(code, folder, "build", "-v"), feedpub(code, folder, "push")]
    found = {"said.txt": "\n".join(said).encode()}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.is_file() and path.startswith(("feeds/", ".feedpub/", "target/")):
            found[path] = comparable(path, file.read_bytes())
    return found


def comparable(path: str, content: bytes) -> bytes:
    if path.endswith(".feedpub/manifest.json"):
        head = json.loads(content)
        return json.dumps({key: head[key] for key in head if key not in OF_ONE_PUSH}).encode()
    return zlib.decompress(content) if "/objects/" in path else content


def main() -> int:
    revision = sys.argv[1]
    differing = compared = 0
    with tempfile.TemporaryDirectory() as scratch:
        before = Path(scratch) / "before"
        before.mkdir()
        archive = subprocess.run(
            ["git", "archive", revision, "feedpub"], cwd=ROOT, capture_output=True, check=True
        )
        subprocess.run(["tar", "-x", "-C", before], input=archive.stdout, check=True)
        for case in sorted(path for path in CASES.iterdir() if path.is_dir()):
            old, new = (
                outputs(code, case, Path(scratch) / name / case.name)
                for code, name in ((before, "old"), (ROOT, "new"))
            )
            compared += len(old)
            for path in sorted(old.keys() | new.keys()):
                if old.get(path) != new.get(path):
                    differing += 1
                    print(f"{case.name}/{path} differs")
    print(f"{compared} files compared, {differing} differ")
    return min(differing, 1)


if __name__ == "__main__":
    sys.exit(main())
