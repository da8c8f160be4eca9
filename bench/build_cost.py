"""Takes the time of a build: the first one of a folder, and one that finds nothing new.

    python bench/build_cost.py [ARTICLES ...]          (1000 10000, if you don't say)

Articles are Markdown of three paragraphs, with a title and a date each; every build is a process of
its own, as with cron. Times are seconds of CPU; memory is the most that one build held.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

CONFIG = """\
[site]
title = "Many"
url = "https://example.org/feeds/"
language = "en"
author = "Ada Example"
"""
ARTICLE = """\
---
title: Number {number}
published: {moment:%Y-%m-%dT%H:%M:%SZ}
tags: [all, tenth-{tenth}]
---
The ferry number {number} left the harbour at dawn, with *{number} crates* of lamps on board.

It came back at [dusk](https://example.org/ferry/{number}) without them; nobody had asked why.

- The keeper wrote {number} into his book.
- The gulls took no notice.
"""
START = datetime(2000, 1, 1)


def write_folder(root: Path, articles: int) -> None:
    """Makes config.toml and as many articles, an hour apart."""
    (root / "config.toml").write_text(CONFIG, encoding="utf-8")
    for number in range(articles):
        file = root / "articles" / f"{number // 1000:03}" / f"{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        moment = START + timedelta(hours=number)
        text = ARTICLE.format(number=number, moment=moment, tenth=number % 10)
        file.write_text(text, encoding="utf-8")


def build(root: Path) -> float:
    """Builds, and gives the seconds of CPU that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "feedpub", "build", "-q"], cwd=root, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    for articles in [int(each) for each in sys.argv[1:]] or [1000, 10000]:
        with tempfile.TemporaryDirectory() as folder:
            write_folder(Path(folder), articles)
            first, again = build(Path(folder)), build(Path(folder))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(
            f"{articles:,} articles: first {first:.1f} s, nothing new {again:.1f} s, "
            f"at most {memory:.0f} MB"
        )


if __name__ == "__main__":
    main()
