"""Old feeds to adopt, and what is asked of a folder that adopts them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..judges import read_with_feedparser
from ..workshop import Said, Workshop

SAMPLES = Path(__file__).parent / "feeds"
CONFIG = """\
[site]
title = "Harbour notes"
url = "https://harbour.example/"
language = "en"
author = "Ada Example"
"""
GENERATORS = {
    "hugo": "rss.xml",
    "jekyll": "atom.xml",
    "wordpress": "rss.xml",
    "feedgen": "rss.xml",
}
BELL = "2024-06-03-the-bell-of-the-customs-house.html"
EMPTY = (
    '<rss version="2.0"><channel><title>T</title><link>https://a.example/</link></channel></rss>'
)


def sample(name: str) -> str:
    return str(SAMPLES / f"{name}.xml")


def rss(*items: str) -> str:
    return EMPTY.replace(
        "</channel>", "".join(f"<item>{each}</item>" for each in items) + "</channel>"
    )


def dates(feed: bytes) -> dict[str, tuple[Any, Any]]:
    """What a feed says of each id: published and updated, which RSS has not."""
    return {
        each["id"]: (
            each.get("published_parsed"),
            # Its own `get` would give `published` in the place of what is not there.
            dict.get(each, "updated_parsed"),
        )
        for each in read_with_feedparser(feed).entries
    }


def ledger(workshop: Workshop) -> list[dict[str, Any]]:
    file = workshop.root / ".feedpub" / "ledger.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [json.loads(line) for line in lines[1:]]


def adopt(workshop: Workshop, feed: str, *options: str) -> Said:
    result = workshop.run("adopt", feed, *options)
    assert result.code == 0, result.stderr
    return result


def found(result: Said) -> dict[str, str]:
    """The id that each article would have."""
    return {each["path"]: each["id"] for each in json.loads(result.stdout)["matches"]}


def write_feed(workshop: Workshop, content: str) -> str:
    """Writes a feed into the folder, and gives its path."""
    file = workshop.root / "old.xml"
    file.write_text(content, encoding="utf-8")
    return str(file)


def refused(workshop: Workshop, feed: str, code: int = 2) -> str:
    """The message with which the feed is refused."""
    result = workshop.run("adopt", feed, "--yes")
    assert result.code == code
    assert result.stdout == ""
    return result.stderr
