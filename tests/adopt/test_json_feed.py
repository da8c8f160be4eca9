"""JSON Feed 1.0 and 1.1 are adopted like any other feed."""

from __future__ import annotations

import pytest

from ..judges import read_with_feedparser
from ..workshop import Workshop
from .old_feeds import BELL, SAMPLES, adopt, dates


def test_it_is_adopted_like_any_other(settled: Workshop) -> None:
    adopt(settled, str(SAMPLES / "feed.json"), "--yes", "--import")
    settled.build()
    atom = {
        entry.id: (entry.published, entry.updated)
        for entry in read_with_feedparser(settled.feed()).entries
    }
    assert atom["https://harbour.example/notes/tides/"] == (
        "2024-07-02T07:30:00Z",
        "2024-07-03T06:00:00Z",
    )
    assert "4" in dates(settled.feed("rss.xml"))
    text = (settled.root / "articles" / BELL).read_text(encoding="utf-8")
    assert 'authors = [{ name = "Bea Example" }]' in text
    assert (
        'enclosure = [{ url = "https://harbour.example/bell.mp3", type = "audio/mpeg", '
        "length = 1200 }]"
    ) in text
    assert "<p>Nobody &lt;rings&gt; it.</p>" in text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("{", "is not JSON"), ('{"a": 1}', "is not a JSON Feed"), ("{}", "is not a JSON Feed")],
)
def test_other_json_is_refused(workshop: Workshop, text: str, sentence: str) -> None:
    (workshop.root / "x.json").write_text(text)
    result = workshop.run("adopt", "x.json")
    assert result.code == 2
    assert sentence in result.stderr
